"""What the circular says: paragraphs and tables, drafted from frozen scores alone, so that the same assessment always reads the same."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from gongjian.assessment.freezing import Terms
from gongjian.assessment.queries.ranking_page import Group, Line
from gongjian.assessment.scoring import Outcome, RowScore, Score
from gongjian.ui.figures import cn_date

FACTS = 3  # rows told of a department that is blamed
TITLE, REASON = 24, 60  # characters of a row's title and reason in running text
HEADS = ("名次", "部门", "得分", "评判事项（项）")


@dataclass(frozen=True, slots=True)
class Table:
    """A table with its heading row."""

    title: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Section:
    """A numbered part of the circular."""

    title: str
    paragraphs: tuple[str, ...] = ()
    tables: tuple[Table, ...] = ()


@dataclass(frozen=True, slots=True)
class Circular:
    """The whole text. ``mark`` says on its head that it is a draft, and of what."""

    title: str
    mark: str
    opening: str
    sections: tuple[Section, ...]
    note: str


@dataclass(frozen=True, slots=True)
class Told:
    """A department's line in the ranking with its score opened."""

    line: Line
    score: Score

    def rows(self, *kinds: str, led: bool = False) -> Iterator[RowScore]:
        """Its rows that counted for nothing at all, of items whose kind begins so; ``led`` leaves out what it only assists with."""
        for item in self.score.items:
            if item.weighing.kind.startswith(kinds):
                yield from (one for one in item.rows if one.credit == 0 and not (led and one.row.helps))

    def outcomes(self) -> dict[Outcome, int]:
        """How many of the rows that counted were kept, partly kept and broken."""
        counted = [one for item in self.score.items if item.share is not None for one in item.rows if one.credit is not None]
        return {
            Outcome.KEPT: sum(one.credit == 1 for one in counted),
            Outcome.PARTLY: sum(one.credit not in (0, 1) for one in counted),
            Outcome.BROKEN: sum(one.credit == 0 for one in counted),
        }


@dataclass(frozen=True, slots=True)
class Occasion:
    """What is told of the assessment itself."""

    period: str
    as_of: date
    basis: str
    public: bool
    objections: int
    corrected: int
    simulated: bool


def draft_circular(occasion: Occasion, terms: Terms, groups: Sequence[Group], told: Sequence[Told]) -> Circular:
    """The circular of an assessment. ``told`` holds every department of the groups."""
    by_key = {one.line.department: one for one in told}
    ranked = [by_key[line.department] for group in groups if group.among > 1 for line in group.lines if line.ranked]
    praised = [one for one in ranked if (one.line.total or Decimal(0)) >= terms.praise_from]
    blamed = [one for one in ranked if one.line.total is not None and one.line.total < terms.blame_below]
    return Circular(
        title=f"关于{occasion.period}污染防治攻坚战考核情况的通报",
        mark=_mark(occasion),
        opening=_opening(occasion, terms, groups),
        sections=(
            Section("得分和排名", tables=tuple(map(_ranking, groups))),
            Section("表扬", tuple(map(_praise, praised)) or (f"本期没有得分在{terms.praise_from}分以上、参加组内排名的部门。",)),
            Section("批评", tuple(map(_blame, blamed)) or (f"本期没有得分低于{terms.blame_below}分、参加组内排名的部门。",)),
            _red(told),
            _overdue(told),
            Section("工作要求", (_ASK,)),
        ),
        note=f"依据：{terms.title}（{terms.basis}）。样本不足{terms.least_rows}项的部门列出得分、不参加排名；得分相同的并列。",
    )


_ASK = (
    "请得分靠后和有未做到事项的部门对照所列事实逐项查明原因，明确责任人和完成时间，于通报印发后10个工作日内将整改情况报统筹办；"
    "逾期督办单和超时未办结的问题，请立即办理。"
)


def _mark(occasion: Occasion) -> str:
    state = "考核已公布" if occasion.public else "考核尚未公布"
    simulated = "；演示数据（模拟），不是真实公文" if occasion.simulated else ""
    return f"草稿：由系统按考核数据起草（{state}），须经审签后印发{simulated}"


def _opening(occasion: Occasion, terms: Terms, groups: Sequence[Group]) -> str:
    lines = [line for group in groups for line in group.lines]
    ranked = sum(line.ranked for line in lines)
    heard = f"征求意见期间收到异议{occasion.objections}条，其中采纳并更正{occasion.corrected}条。" if occasion.objections else ""
    return (
        f"按照《{terms.title.rstrip('》').lstrip('《')}》，对各部门{occasion.period}工作进行了考核，事实截至{cn_date(occasion.as_of)}。"
        f"本期考核{len(lines)}个部门，其中{ranked}个参加组内排名，{len(lines) - ranked}个因可评事项少列出得分、不排名。{heard}"
        "现将有关情况通报如下。"
    )


def _ranking(group: Group) -> Table:
    rows = tuple((line.place, line.name, _points(line.total), str(line.sample)) for line in group.lines)
    return Table(f"{group.title}（参加排名{group.among}个）", HEADS, rows)


def _praise(one: Told) -> str:
    return f"{one.line.name}：{_points(one.line.total)}分，{one.line.group}第{one.line.place}名。{_tally(one)}"


def _blame(one: Told) -> str:
    facts = sorted((row for item in one.score.items for row in item.rows if row.cost), key=lambda row: (-row.cost, row.row.title))
    seen = list(dict.fromkeys(f"{_short(row.row.title, TITLE)}：{_short(row.row.told, REASON)}" for row in facts))[:FACTS]
    told = "；".join(f"（{number}）{fact}" for number, fact in enumerate(seen, 1))
    return f"{one.line.name}：{_points(one.line.total)}分，{one.line.group}第{one.line.place}名。{_tally(one)}失分较多的是：{told}。"


def _tally(one: Told) -> str:
    counted = one.outcomes()
    parts = "、".join(f"{outcome.word}{number}项" for outcome, number in counted.items() if number)
    return f"评判事项{one.line.sample}项，{parts}。"


def _red(told: Sequence[Told]) -> Section:
    """Led promises that are red, each measure once, with everybody who leads it."""
    found: dict[str, tuple[str, list[str], list[str]]] = {}
    for one in told:
        for row in one.rows("commitment-", led=True):
            _, names, reasons = found.setdefault(row.row.about, (row.row.title, [], []))
            names.extend([] if one.line.name in names else [one.line.name])
            reasons.extend([] if row.row.told in reasons else [row.row.told])
    rows = tuple((title, "、".join(names), "；".join(reasons)) for title, names, reasons in sorted(found.values()))
    if not rows:
        return Section("未做到的考核点", ("期末没有未做到的考核点。",))
    return Section("未做到的考核点", (f"期末有{len(rows)}条措施的考核点未做到。",), (Table("", ("措施", "牵头部门", "情况"), rows),))


def _overdue(told: Sequence[Told]) -> Section:
    rows = tuple((one.line.name, row.row.title, row.row.told) for one in told for row in one.rows("orders", "cases-in-time"))
    if not rows:
        return Section("逾期的督办单和问题", ("期末没有逾期的督办单和超时未办结的问题。",))
    words = f"期末有{len(rows)}件督办单或问题逾期。"
    return Section("逾期的督办单和问题", (words,), (Table("", ("部门", "事项", "情况"), rows),))


def _short(words: str, most: int) -> str:
    """The first clause of a long title, and no more letters than fit."""
    clause = words.split("；", maxsplit=1)[0]
    return clause if len(clause) <= most else f"{clause[: most - 1]}…"


def _points(total: Decimal | None) -> str:
    return "—" if total is None else f"{total:.2f}"
