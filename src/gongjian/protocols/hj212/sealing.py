"""CP sealed with SM4-ECB, as the 2025 edition is said to have it: second-hand, the standard's text was not seen.

Between the two ``&&`` stands the cipher text in hexadecimal, padded to blocks by PKCS#7; the check code is taken over the plain segment,
the length over what is sent. ECB hides no repetition and proves no sender: it is what others' code does, not what we would choose.
"""

from __future__ import annotations

from typing import Final

from gongjian.protocols.hj212.events import Reason
from gongjian.protocols.hj212.refusing import Fault
from gongjian.protocols.hj212.sm4 import BLOCK, decrypted, encrypted

_OPENING: Final = b"CP=&&"
_SHOWN: Final = 2 * BLOCK  # hexadecimal digits of the shortest cipher text


def is_sealed(segment: bytes) -> bool:
    """Whether CP looks like cipher text: a plain one has ``=`` before so many letters and digits."""
    begin = segment.find(_OPENING) + len(_OPENING)
    front = segment[begin : begin + _SHOWN]
    return begin >= len(_OPENING) and len(front) == _SHOWN and front.isalnum()


def is_bare(segment: bytes) -> bool:
    """Whether CP says something and says it in plain text."""
    _, opening, rest = segment.partition(_OPENING)
    return bool(opening) and rest[:-2] != b"" and not is_sealed(segment)


def unsealed(segment: bytes, key: bytes) -> bytes:
    """The plain data segment; Fault where the seal does not open. An empty CP is sent as it is."""
    front, opening, rest = segment.partition(_OPENING)
    inner = rest[:-2]
    if not inner:
        return segment
    try:
        plain = decrypted(bytes.fromhex(inner.decode("ascii")), key)
    except ValueError:
        raise Fault(Reason.SEAL, "CP 不是按 SM4 加密的十六进制密文") from None
    pad = plain[-1]
    if not 1 <= pad <= BLOCK or plain[-pad:] != bytes([pad]) * pad:
        raise Fault(Reason.SEAL, "CP 用本设备的密钥解不开")
    return front + opening + plain[:-pad] + b"&&"


def sealed(segment: bytes, key: bytes) -> bytes:
    """The data segment with its CP sealed."""
    front, opening, rest = segment.partition(_OPENING)
    inner = rest[:-2]
    if not inner:
        return segment
    pad = BLOCK - len(inner) % BLOCK
    return front + opening + encrypted(inner + bytes([pad]) * pad, key).hex().upper().encode() + b"&&"
