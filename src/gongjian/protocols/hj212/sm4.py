"""The block cipher SM4 (GB/T 32907-2016), whole blocks one by one (ECB). Slow, and enough for a few packets a minute."""

from __future__ import annotations

import struct
from functools import lru_cache
from itertools import accumulate
from typing import Final

BLOCK: Final = 16  # bytes
_WORD: Final = 0xFFFFFFFF
_FIELD: Final = 0x1F5  # x⁸+x⁷+x⁶+x⁵+x⁴+x²+1, the field the substitution inverts in
_MATRIX, _OFFSET = 0xA7, 0xD3  # its affine map: first row, and what is added before and after
_SYSTEM: Final = (0xA3B1BAC6, 0x56AA3350, 0x677D9197, 0xB27022DC)  # FK


def _times(left: int, right: int) -> int:
    product = 0
    while right:
        product ^= left if right & 1 else 0
        left = left << 1 ^ (_FIELD if left & 0x80 else 0)
        right >>= 1
    return product


def _affine(byte: int) -> int:
    rows = ((_MATRIX << bit | _MATRIX >> (8 - bit)) & 0xFF for bit in range(8))
    return sum(((row & byte).bit_count() & 1) << bit for bit, row in enumerate(rows)) ^ _OFFSET


def _inverse(byte: int) -> int:
    """The 254th power: the inverse in the field of 256, and 0 of 0."""
    return list(accumulate([byte] * 254, _times))[-1]


_SUBSTITUTES: Final = bytes(_affine(_inverse(_affine(byte))) for byte in range(256))


def _turn(word: int, bits: int) -> int:
    return (word << bits | word >> (32 - bits)) & _WORD


def _substituted(word: int) -> int:
    return int.from_bytes(word.to_bytes(4, "big").translate(_SUBSTITUTES), "big")


def _mixed(word: int) -> int:
    word = _substituted(word)
    return word ^ _turn(word, 2) ^ _turn(word, 10) ^ _turn(word, 18) ^ _turn(word, 24)


def _mixed_key(word: int) -> int:
    word = _substituted(word)
    return word ^ _turn(word, 13) ^ _turn(word, 23)


def _constant(number: int) -> int:
    """CK: bytes that rise by seven."""
    return int.from_bytes(bytes((28 * number + 7 * place) % 256 for place in range(4)), "big")


@lru_cache(maxsize=256)
def _round_keys(key: bytes) -> tuple[int, ...]:
    if len(key) != BLOCK:
        msg = f"a key of SM4 has 16 bytes, not {len(key)}"
        raise ValueError(msg)
    words = [word ^ system for word, system in zip(struct.unpack(">4I", key), _SYSTEM, strict=True)]
    for number in range(32):
        words.append(words[-4] ^ _mixed_key(words[-3] ^ words[-2] ^ words[-1] ^ _constant(number)))
    return tuple(words[4:])


def _block(data: bytes, keys: tuple[int, ...]) -> bytes:
    a, b, c, d = struct.unpack(">4I", data)
    for key in keys:
        a, b, c, d = b, c, d, a ^ _mixed(b ^ c ^ d ^ key)
    return struct.pack(">4I", d, c, b, a)


def _blocks(data: bytes, keys: tuple[int, ...]) -> bytes:
    if len(data) % BLOCK or not data:
        msg = f"SM4 takes whole blocks of 16 bytes, not {len(data)} bytes"
        raise ValueError(msg)
    return b"".join(_block(data[at : at + BLOCK], keys) for at in range(0, len(data), BLOCK))


def encrypted(data: bytes, key: bytes) -> bytes:
    """The cipher text of whole blocks; ValueError for a part of a block or a key that is not of 16 bytes."""
    return _blocks(data, _round_keys(key))


def decrypted(data: bytes, key: bytes) -> bytes:
    """The plain text of whole blocks; ValueError as ``encrypted``."""
    return _blocks(data, _round_keys(key)[::-1])
