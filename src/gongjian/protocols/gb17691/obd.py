"""The OBD information, type 01."""

from __future__ import annotations

import struct
from typing import Final, NamedTuple

_FIXED: Final = struct.Struct(">BBHH17s18s18s36sB")
SIZE: Final = _FIXED.size  # bytes up to the trouble codes
_CODE: Final = 4  # bytes of a trouble code
_MOST: Final = 253  # trouble codes; FE and FF say "invalid" and "not available"


class Obd(NamedTuple):
    """What the on-board diagnosis tells. ``lamp`` is MIL: 0 off, 1 on, 2 short, or not available. Texts are as sent, padding and all.

    ``codes`` is None where the vehicle says it cannot tell its trouble codes.
    """

    protocol: int
    lamp: int
    support: int
    ready: int
    vin: str
    calibration: str
    verification: str
    iupr: bytes
    codes: tuple[int, ...] | None


def read_obd(data: bytes) -> tuple[Obd, int]:
    """The information at the front of ``data`` and how many bytes it took; ValueError where it is cut short."""
    if len(data) < SIZE:
        msg = f"OBD information has at least {SIZE} bytes, not {len(data)}"
        raise ValueError(msg)
    protocol, lamp, support, ready, vin, calibration, verification, iupr, count = _FIXED.unpack_from(data)
    told = count <= _MOST
    end = SIZE + (_CODE * count if told else 0)
    if len(data) < end:
        msg = f"{count} trouble codes need {end} bytes, not {len(data)}"
        raise ValueError(msg)
    codes = struct.unpack_from(f">{count}I", data, SIZE) if told else None
    return Obd(protocol, lamp, support, ready, _text(vin), _text(calibration), _text(verification), iupr, codes), end


def obd_bytes(obd: Obd) -> bytes:
    """The information on the wire; ValueError for texts that do not have their length, or too many codes."""
    texts = [each.encode("latin-1") for each in (obd.vin, obd.calibration, obd.verification)]
    if [len(each) for each in (*texts, obd.iupr)] != [17, 18, 18, 36] or len(obd.codes or ()) > _MOST:
        msg = "VIN, CALID, CVN and IUPR have 17, 18, 18 and 36 bytes, and there are at most 253 trouble codes"
        raise ValueError(msg)
    codes = obd.codes or ()
    count = 0xFF if obd.codes is None else len(codes)
    return _FIXED.pack(obd.protocol, obd.lamp, obd.support, obd.ready, *texts, obd.iupr, count) + struct.pack(f">{len(codes)}I", *codes)


def _text(data: bytes) -> str:
    return data.decode("latin-1")
