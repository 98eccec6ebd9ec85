"""The check code of HJ 212-2017 Annex A, folded instead of walked.

The annex gives, for each byte, ``crc = (crc >> 8) ^ byte`` and eight right shifts with A001: in table form ``crc = T[(crc >> 8) ^ byte]``.
It is not CRC-16/MODBUS. Only the high byte of the register lives on, so the register is one byte under a linear map, and that map
has order 8: applied eight times it changes nothing. So bytes eight apart meet the same map, a text of any length may first be folded
by xor into its last eight bytes, and eight look-ups finish it. A Python integer folds in C, some ten times faster than a loop.

The price of the annex's design, for whoever relies on it: one damaged frame in 256 passes, and blocks of eight bytes that
change places always do. Length, end and every field are therefore checked as well.
"""

from __future__ import annotations

from typing import Final


def _entry(byte: int) -> int:
    for _ in range(8):
        byte = (byte >> 1) ^ (0xA001 if byte & 1 else 0)
    return byte


TABLE: Final = tuple(_entry(byte) for byte in range(256))
_STEP: Final = bytes(entry >> 8 for entry in TABLE)  # the register's high byte after one more byte
_TEXTS: Final = tuple(b"%04X" % entry for entry in TABLE)
_LONG: Final = 1024  # bytes that the low folds bring down to eight
_FOLDS: Final = tuple((64 << step, (1 << (64 << step)) - 1) for step in range(10, -1, -1))  # bits: 65,536 down to 64
_LOW_FOLDS: Final = tuple(fold for fold in _FOLDS if fold[0] <= 4 * _LONG)


def crc_text(data: bytes) -> bytes:
    """The check code as it stands on the wire: four upper-case hexadecimal digits, high byte first; FFFF of nothing."""
    size = len(data)
    if not size:
        return b"FFFF"
    word = int.from_bytes(data, "big") ^ (0xFF << (8 * size - 8))  # the register begins with FFFF: its high byte meets the first byte
    for bits, mask in _FOLDS if size > _LONG else _LOW_FOLDS:
        while word > mask:
            word = (word >> bits) ^ (word & mask)
    a, b, c, d, e, f, g, last = word.to_bytes(8, "big")
    step = _STEP
    return _TEXTS[step[step[step[step[step[step[step[a] ^ b] ^ c] ^ d] ^ e] ^ f] ^ g] ^ last]


def crc(data: bytes) -> int:
    """The check code as a number."""
    return int(crc_text(data), 16)


def modbus(data: bytes) -> int:
    """CRC-16/MODBUS, which some instruments send in place of the annex's: only to recognise it."""
    register = 0xFFFF
    for byte in data:
        register = (register >> 8) ^ TABLE[(register ^ byte) & 0xFF]
    return register
