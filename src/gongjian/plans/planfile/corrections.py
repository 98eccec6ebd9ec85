"""What a person corrects in a reading before confirming it: measure key → field → value, applied to a copy."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from gongjian.kernel.deadlines import Deadline, DeadlineKind, deadline_from_code, parse_deadline
from gongjian.plans.planfile.commitment_kinds import is_day
from gongjian.plans.planfile.model import Directory, Measure, Party, PlanDocument, PlanFileError

Corrections = Mapping[str, Mapping[str, object]]
_BETWEEN = re.compile(r"[、，,;；\s]+")
_CODES = tuple(kind.value for kind in DeadlineKind if kind is not DeadlineKind.DATE)
_TASK_NO = re.compile(r"[1-9][0-9]{0,3}")
LONGEST = 200  # characters of a section or a task


class CorrectionError(PlanFileError):
    """Corrections that cannot be applied; ``problems`` lists (measure key, field, Chinese sentence) for each, ``str()`` joins them."""

    def __init__(self, problems: list[tuple[str, str, str]]) -> None:
        super().__init__("".join(sentence for _, _, sentence in problems))
        self.problems = tuple(problems)


def apply_corrections(document: PlanDocument, corrections: Corrections) -> PlanDocument:
    """A copy of ``document`` with the corrections made; the doubts about a corrected field are settled by it and go.

    Fields: text, digest, section, task (words); task_no (a number, blank where the page has none); deadline (as printed, or a code);
    lead, support (names in a list, or in one line separated by 、).

    Raises ``CorrectionError`` naming every one that cannot be made; then none is.
    """
    problems = [
        (key, "", f"没有编号为 {key} 的措施，请刷新后再改。") for key in corrections if key not in {m.key for m in document.measures}
    ]
    measures = []
    for measure in document.measures:
        changes, faults = _changes(measure, corrections.get(measure.key, {}), document.directory)
        problems += [(measure.key, field, sentence) for field, sentence in faults]
        measures.append(_settled(replace(measure, **changes), set(changes)))
    if problems:
        raise CorrectionError(problems)
    return replace(document, measures=tuple(measures))


def _changes(measure: Measure, wanted: Mapping[str, object], directory: Directory) -> tuple[dict[str, Any], list[tuple[str, str]]]:
    changes: dict[str, Any] = {}
    faults: list[tuple[str, str]] = []
    for field, value in wanted.items():
        try:
            changes[field] = _corrected(measure, field, value, directory)
        except ValueError as fault:
            faults.append((field, f"措施 {measure.key}：{fault}。"))
    return changes, faults


def _corrected(measure: Measure, field: str, value: object, directory: Directory) -> object:
    if field not in FIELDS:
        msg = f"“{field}”一栏不能更正，可更正的是 {'、'.join(FIELDS)}"
        raise ValueError(msg)
    return FIELDS[field](measure, field, value, directory)


def _words(measure: Measure, field: str, value: object, _directory: Directory) -> str:
    words = value.strip() if isinstance(value, str) else ""
    if not words and getattr(measure, field):
        msg = f"{TITLES[field]}不能改成空白，请填写文字"
        raise ValueError(msg)
    if field in ("section", "task") and len(words) > LONGEST:
        msg = f"{TITLES[field]}有{len(words)}个字，最多{LONGEST}个，请缩短"
        raise ValueError(msg)
    return words


def _task_no(_measure: Measure, _field: str, value: object, _directory: Directory) -> int | None:
    said = str(value if value is not None else "").strip()
    if said and not _TASK_NO.fullmatch(said):
        msg = f"任务序号“{said}”不是1到9999的整数，请改正或留空"
        raise ValueError(msg)
    return int(said) if said else None


def _deadline(_measure: Measure, _field: str, value: object, _directory: Directory) -> Deadline:
    said = value.strip() if isinstance(value, str) else ""
    if understood := parse_deadline(said):
        return understood
    if said in _CODES or is_day(said):
        return deadline_from_code(said)
    msg = f"完成时限“{said}”看不懂，请写作“年底前”“长期实施”“按时间节点完成”或“6月30日前”"
    raise ValueError(msg)


def _parties(measure: Measure, field: str, value: object, directory: Directory) -> tuple[Party, ...]:
    names = list(_names(value))
    if field == "lead" and not names:
        msg = "牵头部门不能为空，请至少填写一个"
        raise ValueError(msg)
    printed = {party.name: party.printed for party in measure.lead + measure.support}
    parties = [_party(name, directory, printed) for name in names]
    return tuple({party.name: party for party in parties}.values())


def _names(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield from filter(None, _BETWEEN.split(value))
    elif isinstance(value, list | tuple) and all(isinstance(name, str) for name in value):
        yield from filter(None, (name.strip() for name in value))
    else:
        msg = "部门应是名称的列表，请用顿号隔开"
        raise ValueError(msg)


def _party(written: str, directory: Directory, printed: Mapping[str, str]) -> Party:
    if written in directory.groups:
        return Party(written, printed.get(written, written), group=True)
    name = next((entry.name for entry in directory.departments if written in (entry.name, *entry.aliases)), None)
    if name is None and directory.departments:
        msg = f"“{written}”不在部门名录中，请改用名录里的名称，或先把它加入名录"
        raise ValueError(msg)
    name = name or written
    return Party(name, printed.get(name, written))


def _settled(measure: Measure, fields: set[str]) -> Measure:
    if not fields:
        return measure
    doubts = tuple(doubt for doubt in measure.doubts if doubt.field not in fields)
    return replace(measure, doubts=doubts, uncertain=tuple(name for name in measure.uncertain if name not in fields))


TITLES = {
    "text": "原文",
    "digest": "摘要",
    "section": "章节",
    "task": "重点任务",
    "deadline": "完成时限",
    "lead": "牵头",
    "support": "协办",
}
FIELDS: Mapping[str, Callable[[Measure, str, object, Directory], object]] = {
    "text": _words,
    "digest": _words,
    "section": _words,
    "task": _words,
    "task_no": _task_no,
    "deadline": _deadline,
    "lead": _parties,
    "support": _parties,
}
