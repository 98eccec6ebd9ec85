"""Rows of a live store made for tests."""

from gongjian.telemetry.live.packing import DAY, MICRO, Content, body_of, extra_of, flag_bytes, packed, shape_number
from gongjian.telemetry.live.port import Column, Stream
from gongjian.telemetry.live.schema import NAMES

COD, PH = Column("w01018", "Avg"), Column("w01001", "Avg")
NOON = 1_717_214_400
NOW = (NOON + 9 * DAY) * MICRO
SHAPES = {shape_number(shape): shape for shape in ((COD, PH), (COD,), (PH,))}


def row(values, flags=None, *, device=1, moment=NOON, stream=Stream.MINUTE, shape=(COD, PH), extra=()):
    """An upload of minute values of COD and pH."""
    content = Content(shape_number(shape), body_of(values, flag_bytes(flags or "N" * len(values))), extra_of(extra))
    return packed(device, stream, moment, NOW, content)


def emptied(store):
    """Nothing in any table of a live store on tables."""
    with store._transaction():
        for name in NAMES:
            store._run(f"DELETE FROM {name}")  # noqa: S608 - own names
