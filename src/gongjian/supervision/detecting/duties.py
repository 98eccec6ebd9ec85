"""Facts about what departments owe: reports, cases. One order for a department, however many there are. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from operator import attrgetter

from gongjian.supervision.detecting.scene import CaseSeen, Fact, MeasureSeen, Scene, Silent

NAMED = 12  # of many; the rest are counted


def late_reports(scene: Scene) -> Iterator[Fact]:
    """Departments that owe reports past their due day; how many working days the oldest is late."""
    owed: dict[int, list[tuple[MeasureSeen, Silent]]] = defaultdict(list)
    for seen in scene.measures:
        if seen.department is not None:
            owed[seen.department] += [(seen, silent) for silent in seen.silent if silent.late > 0]
    for department, items in owed.items():
        if items:
            yield _reports(department, sorted(items, key=lambda item: (item[1].due, item[0].key)))


def late_cases(scene: Scene) -> Iterator[Fact]:
    """Departments with cases past their time; how many days the oldest is."""
    late: dict[int, list[CaseSeen]] = defaultdict(list)
    for case in scene.cases:
        late[case.department].append(case)
    for department, cases in late.items():
        yield _cases(scene, department, sorted(cases, key=attrgetter("due", "pk")))


def _reports(department: int, items: list[tuple[MeasureSeen, Silent]]) -> Fact:
    _, oldest = items[0]
    named = "、".join(f"{seen.key}（{silent.month.month}月）" for seen, silent in items[:NAMED])
    more = "等" if len(items) > NAMED else ""
    only = items[0][0].pk if len({seen.pk for seen, _ in items}) == 1 else None
    due = f"{oldest.month.month}月进展报告应于{oldest.due.month}月{oldest.due.day}日报送"
    return Fact(
        cause=f"reports:{department}",
        department=department,
        since=oldest.due,
        amount=oldest.late,
        title=f"{len(items)}份进展报告逾期未报",
        words=f"{due}，已逾期{oldest.late}个工作日；逾期未报的共{len(items)}份：{named}{more}",
        values={"逾期未报份数": len(items), "最长逾期工作日": oldest.late},
        link=f"/measure/{items[0][0].pk}/#reports",
        measure=only,
    )


def _cases(scene: Scene, department: int, cases: list[CaseSeen]) -> Fact:
    oldest = cases[0]
    days = (scene.on - oldest.due).days
    named = "、".join(f"{case.number} {case.title}（{case.waits_for}）" for case in cases[:NAMED])
    more = "等" if len(cases) > NAMED else ""
    return Fact(
        cause=f"cases:{department}",
        department=department,
        since=oldest.due,
        amount=days,
        title=f"{len(cases)}件问题办理超时",
        words=f"超时最久的{oldest.number}应于{oldest.due.month}月{oldest.due.day}日前办理，已超时{days}天；超时的共{len(cases)}件：{named}{more}",
        values={"超时件数": len(cases), "最长超时天数": days},
        link=f"/cases/{oldest.pk}/" if len(cases) == 1 else f"/cases/list/?state=overdue&department={department}",
        case=oldest.pk if len(cases) == 1 else None,
    )
