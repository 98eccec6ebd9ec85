"""From the tables of a plan file to a plan document; the fields are described in docs/planfile.md."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar

from gongjian.kernel.deadlines import Deadline, DeadlineKind, deadline_from_code
from gongjian.plans.planfile.commitment_kinds import DAY_FORM, SHAPES, commitment_problem, is_day
from gongjian.plans.planfile.model import (
    DEPARTMENT_KINDS,
    DOUBT_FIELDS,
    Commitment,
    CommitmentKind,
    DepartmentEntry,
    Directory,
    Doubt,
    Measure,
    Party,
    Place,
    PlanDocument,
    PlanHead,
)
from gongjian.plans.planfile.toml_table import Table

KEY = re.compile(r"([A-Za-z]+)(\d+)\.(\d+)", re.ASCII)
FORMAT = 1
_HEADER = re.compile(r"^\s*\[\[\s*(\w+)\s*\]\]", re.MULTILINE)
_T = TypeVar("_T")


def document_from(data: Mapping[str, Any], text: str, name: str) -> PlanDocument:
    """The document that the parsed ``data`` of a plan file stands for; ``text`` is searched for line numbers, ``name`` names the file."""
    root = Table(dict(data), name)
    if root.whole("format", FORMAT) != FORMAT:
        root.fail(f"format 只认识 {FORMAT}")
    rows = _Rows(root, text, name)
    head = _head(root)
    letters = _plans(rows)
    directory = _directory(root, rows)
    groups = frozenset(directory.groups)
    measures = tuple(_measure(table, letters, groups) for table in rows.of("measure"))
    doubts = tuple(_doubt(table) for table in rows.of("doubt"))
    root.finish()
    return PlanDocument(head, tuple(letters), measures, doubts, directory)


class _Rows:
    """The repeated tables of a file, each with its line."""

    def __init__(self, root: Table, text: str, name: str) -> None:
        self._root, self._name = root, name
        self._lines: dict[str, list[int]] = {}
        for found in _HEADER.finditer(text):
            self._lines.setdefault(found[1], []).append(text.count("\n", 0, found.start(1)) + 1)

    def of(self, kind: str) -> list[Table]:
        """The tables headed ``[[kind]]``."""
        items = self._root.items(kind)
        lines = self._lines.get(kind, [])
        known = len(lines) == len(items)  # a header inside a text would confuse the count: then no line is better than a wrong one
        return [Table(item, self._where(kind, at, lines[at] if known else None, item)) for at, item in enumerate(items)]

    def _where(self, kind: str, at: int, line: int | None, item: object) -> str:
        key = item.get("key") if isinstance(item, dict) else None
        told = f"措施 {key}" if kind == "measure" and isinstance(key, str) else f"第{at + 1}个 [[{kind}]]"
        return f"{self._name} 第{line}行 {told}" if line else f"{self._name} {told}"


def _head(root: Table) -> PlanHead:
    table = root.table("document")
    if table is None:
        root.fail("缺少 [document] 一节")
    head = PlanHead(
        table.text("number", ""), table.text("issuer", ""), table.text("signer", ""), table.day("date"), table.text("title", "")
    )
    table.finish()
    return head


def _plans(rows: _Rows) -> dict[str, str]:
    """Titles of the plans in order, each with its letter ("" where it has none)."""
    letters: dict[str, str] = {}
    for table in rows.of("plan"):
        title, letter = table.text("title"), table.text("letter", "")
        table.finish()
        if title in letters:
            table.fail(f"分计划“{title}”写了两次")
        if letter and letter in letters.values():
            table.fail(f"字头“{letter}”已用于另一个分计划")
        letters[title] = letter
    return letters


def _directory(root: Table, rows: _Rows) -> Directory:
    table = root.table("directory")
    groups = table.texts("groups") if table else ()
    if table:
        table.finish()
    seen: set[str] = set()
    return Directory(tuple(_department(entry, seen) for entry in rows.of("department")), groups)


def _department(table: Table, seen: set[str]) -> DepartmentEntry:
    entry = DepartmentEntry(table.text("name"), table.text("kind", "bureau"), table.texts("aliases"))
    table.finish()
    if entry.kind not in DEPARTMENT_KINDS:
        table.fail(f"部门类型“{entry.kind}”不认识，可用的是 {'、'.join(DEPARTMENT_KINDS)}")
    for name in (entry.name, *entry.aliases):
        if name in seen:
            table.fail(f"部门名称或别名“{name}”重复")
        seen.add(name)
    return entry


def _measure(table: Table, letters: Mapping[str, str], groups: frozenset[str]) -> Measure:
    key = table.text("key")
    plan, task_no, measure_no = _numbering(table, key, letters)
    measure = Measure(
        key=key,
        plan=plan,
        section=table.text("section", ""),
        task_no=task_no,
        task=table.text("task", ""),
        measure_no=measure_no,
        deadline=_deadline(table),
        text=table.text("text", ""),
        digest=table.text("digest", ""),
        lead=tuple(_party(table, item, groups) for item in table.items("lead")),
        support=tuple(_party(table, item, groups) for item in table.items("support")),
        source=_place(table.table("source")),
        doubts=_each(table, "doubts", _doubt),
        commitments=_each(table, "commitments", _commitment),
        damage=table.text("ocr", ""),
        uncertain=table.texts("uncertain"),
    )
    table.finish()
    _check(table, measure)
    return measure


def _check(table: Table, measure: Measure) -> None:
    if strange := [name for name in measure.uncertain if name not in DOUBT_FIELDS]:
        table.fail(f"uncertain 里的“{strange[0]}”不认识，可用的是 {'、'.join(DOUBT_FIELDS)}")
    for name in ("section", "task"):
        if not table.has(name):
            table.fail(f"缺少字段“{name}”（每条措施都要写明，没有的写空文字）")


def _numbering(table: Table, key: str, letters: Mapping[str, str]) -> tuple[str, int | None, int]:
    """Plan, task number and measure number: as the key implies, unless written out."""
    found = KEY.fullmatch(key)
    by_letter = {letter: title for title, letter in letters.items() if letter}
    plan = table.text("plan", by_letter.get(found[1], "") if found else "")
    if plan not in letters:
        table.fail(f"看不出属于哪个分计划（plan“{plan}”、编号字头均与 [[plan]] 对不上）")
    task_no = table.whole("task_no", (int(found[2]) or None) if found else None)
    measure_no = table.whole("measure_no", (int(found[3]) or None) if found else None)
    if measure_no is None:
        table.fail("编号里看不出措施序号，须写明 measure_no")
    return plan, task_no if table.flag("numbered", default=True) else None, measure_no


def _deadline(table: Table) -> Deadline:
    code, text = table.text("deadline"), table.text("deadline_text", "")
    codes = [kind.value for kind in DeadlineKind if kind is not DeadlineKind.DATE]
    if code not in codes and not is_day(code):
        table.fail(f"完成时限“{code}”不认识，可用的是 {'、'.join(codes)} 或 {DAY_FORM} 形式的日期")
    return deadline_from_code(code, text)


def _party(table: Table, item: object, groups: frozenset[str]) -> Party:
    if isinstance(item, str) and item.strip():
        return Party(item, item, group=item in groups)
    if not isinstance(item, dict):
        table.fail("lead、support 里应是部门名称，或 { name = …, printed = … }")
    inner = Table(item, f"{table.where}的责任部门")
    name = inner.text("name")
    party = Party(name, inner.text("printed", name), group=inner.flag("group", default=name in groups))
    inner.finish()
    return party


def _place(table: Table | None) -> Place | None:
    if table is None:
        return None
    sheet = table.text("sheet", "") if table.has("sheet") else None
    column = table.text("column", "") if table.has("column") else None
    place = Place(table.whole("line"), table.whole("page"), sheet, table.whole("table"), table.whole("row"), column)
    table.finish()
    return place


def _doubt(table: Table) -> Doubt:
    field = table.text("field") if table.has("field") else None
    doubt = Doubt(table.text("code"), table.text("message"), _place(table.table("place")) or Place(), field)
    table.finish()
    return doubt


def _commitment(table: Table) -> Commitment:
    written = table.text("kind")
    if written not in list(CommitmentKind):
        table.fail(f"考核点类型“{written}”不认识，可用的是 {'、'.join(CommitmentKind)}")
    kind = CommitmentKind(written)
    if problem := commitment_problem(kind, table.rest()):
        table.fail(problem)
    fields = {name: _TAKERS.get(name, _text)(table, name) for name in SHAPES[kind].fields if table.has(name)}
    return Commitment(kind, **fields)


def _text(table: Table, name: str) -> Any:
    return table.text(name, "")


_TAKERS: Mapping[str, Callable[[Table, str], Any]] = {
    "value": Table.number,
    "published": lambda table, name: table.flag(name, default=False),
    "states": Table.texts,
}


def _each(table: Table, name: str, read: Callable[[Table], _T]) -> tuple[_T, ...]:
    items: Sequence[object] = table.items(name)
    return tuple(read(Table(item, f"{table.where}的“{name}”第{at}项")) for at, item in enumerate(items, start=1))
