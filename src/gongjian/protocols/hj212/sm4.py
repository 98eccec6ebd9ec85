"""The block cipher SM4 (GB/T 32907-2016), whole blocks one by one (ECB)."""

from __future__ import annotations

from typing import Final

from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import SM4
from cryptography.hazmat.primitives.ciphers.modes import ECB

BLOCK: Final = 16  # bytes


def _cipher(data: bytes, key: bytes) -> Cipher[ECB]:
    if len(data) % BLOCK or not data:
        msg = f"SM4 takes whole blocks of 16 bytes, not {len(data)} bytes"
        raise ValueError(msg)
    if len(key) != BLOCK:
        msg = f"a key of SM4 has 16 bytes, not {len(key)}"
        raise ValueError(msg)
    return Cipher(SM4(key), ECB())  # noqa: S305 - the wire's choice, not ours # nosec B305


def encrypted(data: bytes, key: bytes) -> bytes:
    """The cipher text of whole blocks; ValueError for a part of a block or a key that is not of 16 bytes."""
    worker = _cipher(data, key).encryptor()
    return worker.update(data) + worker.finalize()


def decrypted(data: bytes, key: bytes) -> bytes:
    """The plain text of whole blocks; ValueError as ``encrypted``."""
    worker = _cipher(data, key).decryptor()
    return worker.update(data) + worker.finalize()
