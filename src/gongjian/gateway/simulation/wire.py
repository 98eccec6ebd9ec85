"""What a made-up device says. Everything follows from its name and the moment, so that what arrived can be checked. Pure."""

from __future__ import annotations

from datetime import datetime
from functools import lru_cache
from hashlib import sha256
from typing import Final
from zlib import crc32

from gongjian.protocols.gb17691 import contents, engine, frames
from gongjian.protocols.gb17691.layouts import Layout, Report, engine_item
from gongjian.protocols.hj212.codes import Command, DataFlag, Statistic
from gongjian.protocols.hj212.crc import crc_text
from gongjian.protocols.hj212.events import Reading
from gongjian.protocols.hj212.moments import BEIJING
from gongjian.protocols.hj212.profiles import KEY
from gongjian.protocols.hj212.sealing import sealed

PASSWORD: Final = "123456"  # noqa: S105 - of made-up devices # nosec B105
FACTORS: Final = {  # code: lowest, highest
    "w01018": (12.0, 48.0),
    "w21003": (0.2, 4.8),
    "w21011": (0.05, 0.48),
    "w21001": (3.0, 14.0),
    "w01001": (6.5, 8.4),
    "w00000": (2.0, 30.0),
    "w01010": (8.0, 26.0),
    "w01014": (400.0, 1600.0),
    "w01009": (3.0, 9.0),
    "w01019": (2.0, 9.0),
    "w01003": (1.0, 20.0),
}
UNITS: Final = {
    "w01018": "mg/L",
    "w21003": "mg/L",
    "w21011": "mg/L",
    "w21001": "mg/L",
    "w01001": "",
    "w00000": "L/s",
    "w01010": "℃",
    "w01014": "µS/cm",
    "w01009": "mg/L",
    "w01019": "mg/L",
    "w01003": "NTU",
}
_STATISTICS: Final = {Command.REALTIME: "Rtd"}
_HALF: Final = 2_147_483_648
_SCALES: Final = tuple((code, low, (high - low) / 1000) for code, (low, high) in FACTORS.items())


def mn(number: int) -> str:
    """The name of a made-up device, 24 characters."""
    return f"SIM{number:021d}"


def key_of(name: str) -> bytes:
    """The SM4 key of a made-up device that seals."""
    return sha256(f"simulated {name}".encode()).digest()[:KEY]


def vin(number: int) -> str:
    """The VIN of a made-up vehicle."""
    return f"LSIM{number:013d}"


def value(of: str, moment: int, code: str) -> float:
    """What a device measured of a factor at a moment (seconds), with three decimals."""
    return dict(zip(FACTORS, _values(of, moment), strict=True))[code]


def _values(of: str, moment: int) -> list[float]:
    draw = crc32(b"%d" % moment, _seed(of))
    found = []
    for _, low, step in _SCALES:
        draw = (draw * 1_103_515_245 + 12_345) % _HALF
        found.append(round(low + step * (draw >> 21), 3))
    return found


@lru_cache(maxsize=65_536)
def _seed(of: str) -> int:
    return crc32(of.encode())


def readings(of: str, moment: int, command: Command) -> list[Reading]:
    """The same as readings."""
    statistic = Statistic(_STATISTICS.get(command, "Avg"))
    return [Reading(code, statistic, each, DataFlag.NORMAL) for code, each in zip(FACTORS, _values(of, moment), strict=True)]


@lru_cache(maxsize=64)
def _body(statistic: str) -> str:
    return ";".join(f"{code}-{statistic}=%.3f,{code}-Flag=N" for code in FACTORS)


def upload_frame(of: str, qn: str, moment: int, command: Command = Command.MINUTE, key: bytes | None = None) -> bytes:
    """An upload that wants an answer, sealed where there is a key; the check code is of the plain segment.

    Built by hand, because a load generator must cost less than what it loads.
    """
    at = _digits(moment)
    body = _body(_STATISTICS.get(command, "Avg")) % tuple(_values(of, moment))
    segment = f"QN={qn};ST=32;CN={command.value};PW={PASSWORD};MN={of};Flag=5;CP=&&DataTime={at};{body}&&".encode()
    sent = segment if key is None else sealed(segment, key)
    return b"##%04d%b%b\r\n" % (len(sent), sent, crc_text(segment))


@lru_cache(maxsize=8192)
def _digits(moment: int) -> str:
    return datetime.fromtimestamp(moment, BEIJING).strftime("%Y%m%d%H%M%S")


def qn_of(micro: int) -> str:
    """A QN: 17 digits of a moment in microseconds."""
    return f"{_digits(micro // 1_000_000)}{micro // 1000 % 1000:03d}"


def answered_qn(frame: bytes) -> str | None:
    """The QN an acknowledgement (without CR LF) is of; None where it is no 9014 or its length or check code is wrong."""
    segment = frame[6:-4]
    if b";CN=9014;" not in segment or crc_text(segment) != frame[-4:] or frame[:6] != b"##%04d" % len(segment):
        return None
    return segment[3:20].decode()


def login_frame(number: int, at: datetime) -> bytes:
    """A vehicle logs in."""
    data = contents.content_bytes(contents.Login(at, 1, f"{number:020d}"), Layout.SERIAL_FIRST)
    return _vehicle(number, frames.Command.LOGIN, data)


def logout_frame(number: int, at: datetime) -> bytes:
    """A vehicle logs out."""
    return _vehicle(number, frames.Command.LOGOUT, contents.content_bytes(contents.Logout(at, 1), Layout.SERIAL_FIRST))


def second_frame(number: int, at: datetime) -> bytes:
    """A second of a vehicle: one engine stream."""
    draw = crc32(f"{number}{at:%H%M%S}".encode())
    stream: dict[str, float | None] = {
        "speed": draw % 90,
        "barometric_pressure": 101.0,
        "engine_speed": 800 + draw % 1200,
        "nox_upstream": 300 + draw % 500,
        "nox_downstream": 20 + draw % 80,
        "reagent_level": 40.0,
        "longitude": 116.5 + draw % 1000 / 10_000,
        "latitude": 39.8 + draw % 997 / 10_000,
        "distance": 12_345.0 + draw % 100,
    }
    item = engine_item(engine.engine_bytes(stream))
    return _vehicle(number, frames.Command.REALTIME, contents.content_bytes(Report(at, 1, (item,)), Layout.SERIAL_FIRST))


def _vehicle(number: int, command: frames.Command, data: bytes) -> bytes:
    return frames.frame_bytes(frames.Frame(b"##", command.value, vin(number), 1, frames.Encryption.NONE.value, data))
