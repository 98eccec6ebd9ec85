"""What is kept against what is found: how late, re-sent and corrected data change alarms that stand.

The episodes of a cause are a function of its series alone, in whatever order and how often it arrived. After something was written they are
found anew from a moment at which the cause was certainly quiet, and the alarms that stand are brought to agree.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from gongjian.alarms.engine.folding import Episode, Watch


class Move(StrEnum):
    """What becomes of an alarm."""

    OPENED = "opened"
    UPDATED = "updated"
    CLEARED = "cleared"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Kept:
    """An episode that stands as the alarm of this key."""

    key: int
    episode: Episode


@dataclass(frozen=True, slots=True)
class Change:
    """One change to be made; ``key`` None for an alarm to be opened."""

    move: Move
    key: int | None
    episode: Episode


def restart(kept: Sequence[Kept], touched: int, watch: Watch) -> int:
    """The moment after which labels must be judged anew once something was written at the label ``touched`` (seconds).

    As far back as a period counts; further, to where an alarm that lasts into that time began: what lies before its first bad period did
    not count for it.
    """
    after = touched - watch.reach - 1
    for one in sorted(kept, key=lambda one: one.episode.begin, reverse=True):
        if one.episode.begin <= after and (one.episode.ended is None or one.episode.ended > after):
            after = one.episode.begin
    return after


def changes(kept: Sequence[Kept], found: Sequence[Episode], after: int) -> list[Change]:
    """How what is kept comes to be what was found among the labels after a moment.

    Alarms over before that moment are left alone; others go on as the found episode they overlap, and those that overlap none are
    withdrawn. In the order in which the changes can be made without two of one cause lasting at once.
    """
    standing = sorted((one for one in kept if one.episode.ended is None or one.episode.ended > after), key=lambda one: one.episode.begin)
    made: list[Change] = []
    for episode in found:
        match = next((one for one in standing if _overlap(one.episode, episode)), None)
        if match is None:
            made.append(Change(Move.OPENED, None, episode))
            continue
        standing.remove(match)
        if match.episode != episode:
            cleared = episode.ended is not None and match.episode.ended is None
            made.append(Change(Move.CLEARED if cleared else Move.UPDATED, match.key, episode))
    withdrawn = [Change(Move.WITHDRAWN, one.key, one.episode) for one in standing]
    return [*withdrawn, *sorted(made, key=lambda change: (change.episode.ended is None, change.episode.begin))]


def _overlap(one: Episode, other: Episode) -> bool:
    return one.begin < other.last and other.begin < one.last
