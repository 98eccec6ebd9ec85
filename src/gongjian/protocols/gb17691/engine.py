"""The engine stream, information type 02: 37 bytes, physical value = raw × factor + offset.

The factors stand here by their reciprocals, all of which a float holds exactly, so that values come out correctly rounded.

A raw value of all FF, or any above FAFF (one byte: FA; four bytes: FAFFFFFF), says "not available" and never becomes a number. With the
satellite fix lost a vehicle repeats its last position and sets bit 0 of the position state: then longitude and latitude are not available.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Final, NamedTuple

SIZE: Final = 37


class Absent(StrEnum):
    """Why there is no number."""

    NOT_AVAILABLE = "not-available"
    NO_FIX = "no-fix"


class Quantity(NamedTuple):
    """Where a value stands in the stream and what it means: ``raw / steps + offset`` in ``unit``; ``steps`` is 1 / factor."""

    at: int
    size: int
    steps: float
    offset: float
    unit: str

    @property
    def highest(self) -> int:
        """The highest raw value that is a number: FA, FAFF or FAFFFFFF."""
        return (0xFB << 8 * (self.size - 1)) - 1


QUANTITIES: Final = {
    "speed": Quantity(0, 2, 256, 0, "km/h"),
    "barometric_pressure": Quantity(2, 1, 2, 0, "kPa"),
    "net_torque": Quantity(3, 1, 1, -125, "%"),
    "friction_torque": Quantity(4, 1, 1, -125, "%"),
    "engine_speed": Quantity(5, 2, 8, 0, "rpm"),
    "fuel_flow": Quantity(7, 2, 20, 0, "L/h"),
    "nox_upstream": Quantity(9, 2, 20, -200, "ppm"),
    "nox_downstream": Quantity(11, 2, 20, -200, "ppm"),
    "reagent_level": Quantity(13, 1, 2.5, 0, "%"),
    "intake_air": Quantity(14, 2, 20, 0, "kg/h"),
    "scr_inlet_temperature": Quantity(16, 2, 32, -273, "℃"),
    "scr_outlet_temperature": Quantity(18, 2, 32, -273, "℃"),
    "dpf_pressure_drop": Quantity(20, 2, 10, 0, "kPa"),
    "coolant_temperature": Quantity(22, 1, 1, -40, "℃"),
    "fuel_level": Quantity(23, 1, 2.5, 0, "%"),
    "longitude": Quantity(25, 4, 1_000_000, 0, "°"),
    "latitude": Quantity(29, 4, 1_000_000, 0, "°"),
    "distance": Quantity(33, 4, 10, 0, "km"),
}
_STATE: Final = 24
_LOST, _SOUTH, _WEST = 1, 2, 4  # bits of the position state
_SIGNS: Final = {"longitude": _WEST, "latitude": _SOUTH}


class EngineStream(NamedTuple):
    """The values by name; ``values[name]`` is None exactly where ``absent`` says why. ``position_state`` is the raw byte.

    West and south are negative degrees.
    """

    values: Mapping[str, float | None]
    absent: Mapping[str, Absent]
    position_state: int


def read_engine(data: bytes) -> EngineStream:
    """The stream in 37 bytes; ValueError for another length."""
    if len(data) != SIZE:
        msg = f"an engine stream has {SIZE} bytes, not {len(data)}"
        raise ValueError(msg)
    state = data[_STATE]
    values: dict[str, float | None] = {}
    absent: dict[str, Absent] = {}
    for name, quantity in QUANTITIES.items():
        raw = int.from_bytes(data[quantity.at : quantity.at + quantity.size], "big")
        if raw > quantity.highest:
            absent[name] = Absent.NOT_AVAILABLE
        elif name in _SIGNS and state & _LOST:
            absent[name] = Absent.NO_FIX
        values[name] = None if name in absent else _physical(name, quantity, raw, state)
    return EngineStream(values, absent, state)


def _physical(name: str, quantity: Quantity, raw: int, state: int) -> float:
    value = raw / quantity.steps + quantity.offset
    return -value if state & _SIGNS.get(name, 0) else value


def engine_bytes(values: Mapping[str, float | None], *, fix: bool = True) -> bytes:
    """The stream of these values, FF where one is None or missing; ValueError where one does not fit its bytes.

    The signs of longitude and latitude become bits of the position state; ``fix`` False sets the bit that says the position is old.
    """
    data = bytearray(b"\xff" * SIZE)
    state = 0 if fix else _LOST
    for name, quantity in QUANTITIES.items():
        value = values.get(name)
        if value is None:
            continue
        if name in _SIGNS and value < 0:
            state, value = state | _SIGNS[name], -value
        raw = round((value - quantity.offset) * quantity.steps)
        if not 0 <= raw <= quantity.highest:
            msg = f"{name} {value} {quantity.unit} does not fit its {quantity.size} bytes"
            raise ValueError(msg)
        data[quantity.at : quantity.at + quantity.size] = raw.to_bytes(quantity.size, "big")
    data[_STATE] = state
    return bytes(data)
