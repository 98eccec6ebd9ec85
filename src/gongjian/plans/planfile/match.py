"""Which measure of a new reading is which measure of the old one, whatever their numbers say.

First a global alignment in document order (Needleman and Wunsch 1970, no cost for a gap), then the left-over ones that say the same
elsewhere: those were moved.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from gongjian.plans.planfile.likeness import Likeness, likeness, traits_of
from gongjian.plans.planfile.model import Measure

ALIKE = 0.45  # total likeness from which two measures may be the same one
SAME_WORDS = 0.30  # and of the wording alone, so that a new measure in an old one's place is new
CONDENSED_WORDS = 0.25  # the same, where a digest is held against a text
MOVED_WORDS = 0.50  # out of its place, a measure is known by its wording only

Grid = Sequence[Sequence[Likeness]]


@dataclass(frozen=True, slots=True)
class Pair:
    """An old measure beside the new one it became; ``old`` None is an added, ``new`` None a withdrawn one.

    ``score`` from 0 to 1 tells how alike they are, ``why`` says it in Chinese; ``moved`` when the order of the document changed.
    """

    old: Measure | None
    new: Measure | None
    score: float
    why: str
    moved: bool = False


def match_measures(old: Sequence[Measure], new: Sequence[Measure]) -> list[Pair]:
    """Pairs in the order of ``new``, then the withdrawn in the order of ``old``. Every measure is in exactly one pair."""
    traits = [traits_of(measure) for measure in new]
    grid = [[likeness(mine, theirs) for theirs in traits] for mine in map(traits_of, old)]
    kept = dict(_aligned(grid, len(new)))
    moved = dict(_moved(grid, kept, len(new)))
    came_from = {there: here for here, there in (kept | moved).items()}
    pairs = [_added(measure) for measure in new]
    for there, here in came_from.items():
        like, out_of_order = grid[here][there], here in moved
        pairs[there] = Pair(old[here], new[there], like.total, _why(like, moved=out_of_order), out_of_order)
    gone = (measure for here, measure in enumerate(old) if here not in kept and here not in moved)
    return [*pairs, *(Pair(measure, None, 0.0, "撤销：新文件中没有相近的措施") for measure in gone)]


def _aligned(grid: Grid, width: int) -> Iterator[tuple[int, int]]:
    """The pairs, in order on both sides, whose likeness above the threshold adds up to the most."""
    best = [[0.0] * (width + 1)]
    for row, likes in enumerate(grid, start=1):
        line = [0.0]
        for column, like in enumerate(likes, start=1):
            line.append(max(best[row - 1][column - 1] + _gain(like), best[row - 1][column], line[column - 1]))
        best.append(line)
    row, column = len(grid), width
    while row and column:
        gain = _gain(grid[row - 1][column - 1])
        if gain > 0 and best[row][column] == best[row - 1][column - 1] + gain:
            row, column = row - 1, column - 1
            yield row, column
        elif best[row][column] == best[row - 1][column]:
            row -= 1
        else:
            column -= 1


def _gain(like: Likeness) -> float:
    words = CONDENSED_WORDS if like.condensed else SAME_WORDS
    return like.total - ALIKE if like.wording >= words and like.total > ALIKE else 0.0


def _moved(grid: Grid, kept: dict[int, int], width: int) -> Iterator[tuple[int, int]]:
    """Left-over measures that say the same out of order, the likest first."""
    taken = set(kept.values())
    here_left = [here for here in range(len(grid)) if here not in kept]
    there_left = [there for there in range(width) if there not in taken]
    ranked = sorted(((grid[here][there], here, there) for here in here_left for there in there_left), key=_rank)
    gone: set[int] = set()
    for like, here, there in ranked:
        if like.wording >= MOVED_WORDS and like.total > ALIKE and here not in gone and there not in taken:
            gone.add(here)
            taken.add(there)
            yield here, there


def _rank(candidate: tuple[Likeness, int, int]) -> tuple[float, int, int]:
    like, here, there = candidate
    return -like.total, here, there


def _added(measure: Measure) -> Pair:
    return Pair(None, measure, 0.0, "新增：原计划中没有相近的措施")


def _why(like: Likeness, *, moved: bool) -> str:
    """What the pairing rests on, most telling first."""
    near = f"摘要见于原文{like.wording:.0%}" if like.condensed else f"文字相近{like.wording:.0%}"
    told = "文字相同" if like.wording == 1 and not like.condensed else near
    named = (("任务", like.task), ("章节", like.section), ("牵头", like.lead), ("协办", like.support), ("时限", like.deadline))
    same = "、".join(name for name, alike in named if alike == 1)
    differing = "、".join(name for name, alike in named if alike < 1)
    parts = (told, same and f"{same}相同", differing and f"{differing}有别", "次序" + ("已移动" if moved else "一致"))
    return "，".join(part for part in parts if part)
