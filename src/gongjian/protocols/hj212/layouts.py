"""How the fields of a CP stand: which piece is a value of which factor, which its flag, which belongs to none."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import lru_cache
from itertools import pairwise
from operator import itemgetter
from typing import Any, Final, NamedTuple

from gongjian.protocols.hj212.codes import Statistic
from gongjian.protocols.hj212.events import Columns, Reason
from gongjian.protocols.hj212.refusing import Fault, shown
from gongjian.protocols.hj212.tolerances import Tolerance

Picker = Callable[[Sequence[Any]], tuple[Any, ...]]
_REGULAR: Final = re.compile(rb"=(?:[,;]=)*")
_PIECES: Final = re.compile(rb"[^,;]+")
_SEPARATORS: Final = re.compile(rb"[,;]+")
_STATISTICS: Final = {statistic.value: statistic for statistic in Statistic}
_BESIDE: Final = ("Flag", "EFlag", "SampleTime")  # what is said of a factor beside its values
_KEY: Final = re.compile(r"[\x21-\x7e\u0080-\uffff]{1,64}")
ABSENT: Final = -1  # the place past the last piece, where None stands
NO_FIELDS: Final = Columns()


class Layout(NamedTuple):
    """Where what stands among the pieces of a body, split at every separator. ``needed`` is the mask of tolerances it takes.

    ``has_more`` tells whether any EFlag or SampleTime is there.
    """

    time: int | None
    factors: tuple[str, ...]
    statistics: tuple[Statistic, ...]
    values: Picker
    flags: Picker
    eflags: Picker
    sampled: Picker
    has_more: bool
    others: tuple[tuple[str, int], ...]
    needed: int


@lru_cache(maxsize=1024)
def layout_of(skeleton: bytes, keys: bytes) -> Layout | None:
    """The layout of bodies with these separators and these keys (joined by ``;``).

    None where empty pieces disturb the order of key and value; Fault for keys that stand twice or are none.
    """
    if not _REGULAR.fullmatch(skeleton):
        return None
    names = [key.decode("gb18030", "replace") for key in keys.split(b";")]
    if wrong := next((name for name in names if not _KEY.fullmatch(name)), None):
        raise Fault(Reason.FIELD, f"字段名“{shown(wrong.encode())}”不合规定")
    if len(set(names)) < len(names):
        twice = next(name for name in names if names.count(name) > 1)
        raise Fault(Reason.REPEATED, f"字段 {shown(twice.encode())} 出现两次")
    return _laid_out({name: 2 * place + 1 for place, name in enumerate(names)}, _joints(skeleton, names))


def _laid_out(places: dict[str, int], needed: int) -> Layout:
    parted = [(*name.rpartition("-")[::2], at) for name, at in places.items()]
    readings = [(factor, statistic, at) for factor, statistic, at in parted if factor and statistic in _STATISTICS]
    measured = {factor for factor, _, _ in readings}
    beside = {name for factor in measured for what in _BESIDE if (name := f"{factor}-{what}") in places}
    taken = beside | {f"{factor}-{statistic}" for factor, statistic, _ in readings} | {"DataTime"}
    flags, eflags, sampled = (_picker([places.get(f"{factor}-{what}", ABSENT) for factor, _, _ in readings]) for what in _BESIDE)
    return Layout(
        time=places.get("DataTime"),
        factors=tuple(factor for factor, _, _ in readings),
        statistics=tuple(_STATISTICS[statistic] for _, statistic, _ in readings),
        values=_picker([at for _, _, at in readings]),
        flags=flags,
        eflags=eflags,
        sampled=sampled,
        has_more=any(not name.endswith("-Flag") for name in beside),
        others=tuple((name, at) for name, at in places.items() if name not in taken),
        needed=needed,
    )


def _picker(places: list[int]) -> Picker:
    """Picks these pieces, always as a tuple."""
    if len(places) == 1:
        only = places[0]
        return lambda pieces: (pieces[only],)
    return itemgetter(*places) if places else lambda _: ()


def _joints(skeleton: bytes, names: list[str]) -> int:
    """The mask for separators in the wrong place: ``,`` joins fields of one group, ``;`` parts groups."""
    groups = [name.partition("-")[0] for name in names]
    between = skeleton.replace(b"=", b"")
    needed, closed = 0, set[str]()
    for joint, (before, after) in zip(between, pairwise(groups), strict=True):
        if joint == ord(","):
            needed |= Tolerance.COMMA_FOR_SEMICOLON.value if before != after else 0
        else:
            closed.add(before)
            needed |= Tolerance.SEMICOLON_FOR_COMMA.value if after in closed else 0
    return needed


def tidied(text: bytes) -> tuple[bytes, int]:
    """The body without empty pieces and the mask that takes; Fault where what is left is still no list of fields."""
    kept = _PIECES.findall(text)
    if wrong := next((piece for piece in kept if piece.count(b"=") != 1 or b"&" in piece), None):
        raise Fault(Reason.FIELD, f"数据区中“{shown(wrong)}”不是“字段=值”")
    trailing = text.endswith(b";") and not text.endswith((b",;", b";;"))
    inner = text[:-1] if trailing else text
    stray = any(len(run) > 1 for run in _SEPARATORS.findall(inner)) or inner[:1] in (b",", b";") or inner[-1:] in (b",", b";")
    joints = [b";" if b";" in run else b"," for run in _SEPARATORS.findall(text.strip(b",;"))]
    clean = b"".join(piece + joint for piece, joint in zip(kept, [*joints, b""], strict=True)) if kept else b""
    return clean, (Tolerance.TRAILING_SEPARATOR.value if trailing else 0) | (Tolerance.STRAY_SEPARATOR.value if stray else 0)
