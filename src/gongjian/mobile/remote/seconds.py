"""The engine streams of one vehicle as columns over time, decoded many at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from gongjian.protocols.gb17691 import engine, moments
from gongjian.protocols.gb17691.engine import QUANTITIES, EngineStream
from gongjian.protocols.gb17691.frames import Command, Encryption, Frame
from gongjian.protocols.gb17691.layouts import Layout, detect_layout, read_report
from gongjian.telemetry.live.port import Heard

SAMPLE: Final = 20  # frames by which the layout is told
DAY: Final = 86_400
BEIJING: Final = 8 * 3600
_ENGINE: Final = 2  # the type of an engine stream
_STATE: Final = 24  # where the position state stands in a stream
_LOST: Final = 1
_NEGATIVE: Final = {"longitude": 4, "latitude": 2}  # bits of the position state
Floats = NDArray[np.float64]
Wholes = NDArray[np.int64]
Bytes = NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class Seconds:
    """Moments (seconds since 1970) ascending, each once; beside them every quantity of ``QUANTITIES``, NaN where it is not available."""

    moments: Wholes
    values: Mapping[str, Floats]

    def __len__(self) -> int:
        return len(self.moments)

    def __getitem__(self, name: str) -> Floats:
        return self.values[name]

    def taken(self, which: NDArray[np.bool_] | NDArray[np.intp] | slice) -> Seconds:
        """Some of them, in their order."""
        return Seconds(self.moments[which], {name: values[which] for name, values in self.values.items()})


class _Streams(NamedTuple):
    """Streams as they were sent: moment and sequence of each, and its 37 bytes."""

    moments: Wholes
    seqs: Wholes
    bodies: Bytes


def layout_of(vin: str, heard: Sequence[Heard]) -> Layout:
    """The layout a vehicle speaks, by the latest of what was heard; the commonest where that does not tell."""
    plain = [one for one in heard if one.extra is None]
    found = detect_layout(Frame(b"##", Command.REALTIME, vin, 1, Encryption.NONE, one.body) for one in plain[-SAMPLE:])
    return found or Layout.SERIAL_FIRST


def read_seconds(heard: Sequence[Heard], layout: Layout) -> Seconds:
    """The engine streams in these uploads of one vehicle; what cannot be read, or is sealed, is left out.

    Of a frame with several streams each has its own moment in the layout that says it; in the others the first is of the frame's moment
    and the rest cannot be placed. What was heard later of a moment replaces what was heard before.
    """
    alike: dict[int, list[Heard]] = defaultdict(list)
    for one in heard:
        if one.extra is None:
            alike[len(one.body)].append(one)
    found = [each for rows in alike.values() for each in _streams(rows, layout)]
    return _standing(found)


def joined(parts: Iterable[Seconds]) -> Seconds:
    """Parts of one vehicle's time, in any order, as one; of a moment in several the part that comes last speaks."""
    told = [part for part in parts if len(part)]
    if not told:
        return nothing()
    values = {name: np.concatenate([part[name] for part in told]) for name in QUANTITIES}
    everything = Seconds(np.concatenate([part.moments for part in told]), values)
    return everything.taken(_last_of_each(everything.moments, np.arange(len(everything), dtype=np.int64)))


def nothing() -> Seconds:
    """No second at all."""
    return Seconds(np.zeros(0, np.int64), {name: np.zeros(0) for name in QUANTITIES})


def _streams(rows: Sequence[Heard], layout: Layout) -> list[_Streams]:
    """Of frames of one length: those that hold nothing but streams all at once, any other by itself."""
    front = moments.SIZE + (0 if layout is Layout.TYPE_SERIAL else 2)
    before = 1 + {Layout.TYPE_SERIAL: 2, Layout.SERIAL_FIRST: 0, Layout.TIMED: moments.SIZE}[layout]
    size, length = before + engine.SIZE, len(rows[0].body)
    count, rest = divmod(length - front, size)
    if count < 1 or rest:
        return [stream for row in rows if (stream := _by_itself(row, layout)) is not None]
    items = np.frombuffer(b"".join(row.body for row in rows), np.uint8).reshape(len(rows), length)[:, front:].reshape(-1, count, size)
    plain = (items[:, :, 0] == _ENGINE).all(axis=1)
    others = [stream for row, is_plain in zip(rows, plain, strict=True) if not is_plain and (stream := _by_itself(row, layout)) is not None]
    if not plain.any():
        return others
    heard_at = np.array([row.moment for row in rows], np.int64)[plain]
    seqs = np.array([row.seq for row in rows], np.int64)[plain]
    if layout is not Layout.TIMED:
        return [_Streams(heard_at, seqs, items[plain][:, 0, before:]), *others]
    taken = items[plain].reshape(-1, size)
    own = _own_moments(taken[:, 1:before], np.repeat(heard_at, count))
    return [_Streams(own, np.repeat(seqs, count), taken[:, before:]), *others]


def _by_itself(row: Heard, layout: Layout) -> _Streams | None:
    """The streams of a frame that holds other items too, or a signature."""
    items = [item for item in read_report(row.body, layout).items if isinstance(item.said, EngineStream)]
    if layout is not Layout.TIMED:
        items = items[:1]
    if not items:
        return None
    at = [row.moment if item.time is None else int(item.time.timestamp()) for item in items]
    near = [own if abs(own - row.moment) <= DAY else row.moment for own in at]
    bodies = np.frombuffer(b"".join(item.body for item in items), np.uint8).reshape(-1, engine.SIZE)
    return _Streams(np.array(near, np.int64), np.full(len(items), row.seq, np.int64), bodies)


def _own_moments(six: Bytes, heard_at: Wholes) -> Wholes:
    """Moments of six bytes, GMT+8; where they are none, or a day off the frame's, the frame's."""
    year, month, day, hour, minute, second = (six[:, place].astype(np.int64) for place in range(moments.SIZE))
    first = ((2000 - 1970 + year) * 12 + np.clip(month, 1, 12) - 1).astype("datetime64[M]")
    on = first.astype("datetime64[D]") + (np.clip(day, 1, 31) - 1)
    good = (month >= 1) & (month <= 12) & (day >= 1) & (hour < 24) & (minute < 60) & (second < 60)  # noqa: PLR2004 - a clock
    good &= (day <= 31) & (on.astype("datetime64[M]") == first)  # noqa: PLR2004 - a calendar
    own = on.astype(np.int64) * DAY + hour * 3600 + minute * 60 + second - BEIJING
    return np.where(good & (np.abs(own - heard_at) <= DAY), own, heard_at)


def _standing(found: Sequence[_Streams]) -> Seconds:
    if not found:
        return nothing()
    at = np.concatenate([each.moments for each in found])
    order = _last_of_each(at, np.concatenate([each.seqs for each in found]))
    return _physical(at[order], np.concatenate([each.bodies for each in found])[order])


def _last_of_each(at: Wholes, seqs: Wholes) -> NDArray[np.intp]:
    """Places of the moments ascending, of equal ones the last by sequence."""
    order = np.lexsort((np.arange(len(at)), seqs, at))
    ascending = at[order]
    last: NDArray[np.intp] = order[np.append(ascending[1:] != ascending[:-1], True)]
    return last


def _physical(at: Wholes, bodies: Bytes) -> Seconds:
    """What ``engine.read_engine`` says of each, NaN where it says that there is no number."""
    state = bodies[:, _STATE]
    values: dict[str, Floats] = {}
    for name, quantity in QUANTITIES.items():
        raw = np.zeros(len(bodies), np.int64)
        for place in range(quantity.size):
            raw = raw << 8 | bodies[:, quantity.at + place]
        value = raw / quantity.steps + quantity.offset
        absent = raw > quantity.highest
        if name in _NEGATIVE:
            value = np.where(state & _NEGATIVE[name], -value, value)
            absent = absent | (state & _LOST).astype(bool)
        values[name] = np.where(absent, np.nan, value)
    return Seconds(at, values)
