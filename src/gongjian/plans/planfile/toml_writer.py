"""From a plan document to a plan file: one tidy way to write everything, so that the same document always gives the same bytes."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import fields
from datetime import date

from gongjian.plans.planfile.commitment_kinds import SHAPES
from gongjian.plans.planfile.model import Commitment, DepartmentEntry, Doubt, Measure, Party, Place, PlanDocument, PlanHead
from gongjian.plans.planfile.toml_reader import FORMAT, KEY

_HEADING = "# 攻坚方案文件，格式见 docs/planfile.md。\n"
_WIDE = 120  # a list longer than this is written one item a line
_EXACT = 2**53  # whole numbers below it are the same as floats
_DEFAULTS = {field.name: field.default for field in fields(Commitment)}

Value = str | bool | int | float | date | Sequence["Value"] | Mapping[str, "Value"]


def written(document: PlanDocument) -> str:
    """The whole file."""
    letters = plan_letters(document)
    groups = frozenset(document.directory.groups)
    blocks = [
        _HEADING + _fields({"format": FORMAT}),
        _block("[document]", _head(document.head)),
        *(_block("[[plan]]", _plan(title, letters[title])) for title in document.plans),
        _block("[directory]", {"groups": document.directory.groups}) if groups else "",
        *(_block("[[department]]", _department(entry)) for entry in document.directory.departments),
        *(_block("[[doubt]]", _doubt(doubt)) for doubt in document.doubts),
        *(_block("[[measure]]", _measure(measure, letters, groups)) for measure in document.measures),
    ]
    return "\n".join(block for block in blocks if block)


def plan_letters(document: PlanDocument) -> dict[str, str]:
    """Plan title → the letter all keys of that plan share; "" where they share none or another plan has it."""
    found: dict[str, set[str]] = {title: set() for title in document.plans}
    for measure in document.measures:
        match = KEY.fullmatch(measure.key)
        found.setdefault(measure.plan, set()).add(match[1] if match else "")
    alone = {title: next(iter(letters)) if len(letters) == 1 else "" for title, letters in found.items()}
    return {title: letter if list(alone.values()).count(letter) == 1 else "" for title, letter in alone.items()}


def _head(head: PlanHead) -> Mapping[str, Value]:
    said = {"number": head.number, "issuer": head.issuer, "signer": head.signer, "title": head.title}
    dated: dict[str, Value] = {"date": head.date} if head.date else {}
    return {name: value for name, value in said.items() if value} | dated


def _plan(title: str, letter: str) -> Mapping[str, Value]:
    return {"letter": letter, "title": title} if letter else {"title": title}


def _department(entry: DepartmentEntry) -> Mapping[str, Value]:
    aliases: dict[str, Value] = {"aliases": entry.aliases} if entry.aliases else {}
    return {"name": entry.name, "kind": entry.kind} | aliases


def _measure(measure: Measure, letters: Mapping[str, str], groups: frozenset[str]) -> Mapping[str, Value]:
    said: dict[str, Value] = {"key": measure.key}
    said |= _numbering(measure, letters)
    said |= {"section": measure.section, "task": measure.task}
    said |= _said(digest=measure.digest, text=measure.text)
    said["deadline"] = measure.deadline.code()
    said |= _said(deadline_text=measure.deadline.text)
    said["lead"] = [_party(party, groups) for party in measure.lead]
    said["support"] = [_party(party, groups) for party in measure.support]
    if measure.source:
        said["source"] = _place(measure.source)
    said |= _said(ocr=measure.damage, uncertain=measure.uncertain)
    said |= _said(doubts=[_doubt(doubt) for doubt in measure.doubts])
    return said | _said(commitments=[_commitment(commitment) for commitment in measure.commitments])


def _said(**values: Value) -> dict[str, Value]:
    """Only what is not empty."""
    return {name: value for name, value in values.items() if value}


def _numbering(measure: Measure, letters: Mapping[str, str]) -> dict[str, Value]:
    """What the key does not already say."""
    found = KEY.fullmatch(measure.key)
    said: dict[str, Value] = {}
    if not found or letters.get(measure.plan) != found[1]:
        said["plan"] = measure.plan
    implied = (int(found[2]) or None, int(found[3]) or None) if found else (None, None)
    if measure.task_no != implied[0]:
        said |= {"numbered": False} if measure.task_no is None else {"task_no": measure.task_no}
    return said if measure.measure_no == implied[1] else said | {"measure_no": measure.measure_no}


def _party(party: Party, groups: frozenset[str]) -> Value:
    said: dict[str, Value] = {"name": party.name}
    if party.printed != party.name:
        said["printed"] = party.printed
    if party.group != (party.name in groups):
        said["group"] = party.group
    return said if len(said) > 1 else party.name


def _place(place: Place) -> Mapping[str, Value]:
    parts = {field.name: getattr(place, field.name) for field in fields(place)}
    return {name: value for name, value in parts.items() if value is not None}


def _doubt(doubt: Doubt) -> Mapping[str, Value]:
    said: dict[str, Value] = {"code": doubt.code}
    if doubt.field is not None:
        said["field"] = doubt.field
    said["message"] = doubt.message
    place = _place(doubt.place)
    return said | {"place": place} if place else said


def _commitment(commitment: Commitment) -> Mapping[str, Value]:
    values = {name: getattr(commitment, name) for name in SHAPES[commitment.kind].fields}
    return {"kind": commitment.kind.value} | {name: value for name, value in values.items() if value != _DEFAULTS[name]}


def _block(header: str, said: Mapping[str, Value]) -> str:
    return f"{header}\n{_fields(said)}"


def _fields(said: Mapping[str, Value]) -> str:
    return "".join(f"{name} = {_top(value)}\n" for name, value in said.items())


def _top(value: Value) -> str:
    """A value on its own line or lines: a list of tables, or a wide list, goes one item a line."""
    line = _value(value)
    tables = isinstance(value, Sequence) and not isinstance(value, str) and any(isinstance(item, Mapping) for item in value)
    if isinstance(value, Mapping | str) or not (tables or (line[0] == "[" and len(line) > _WIDE)):
        return line
    return "[\n" + "".join(f"  {item},\n" for item in _items(value)) + "]"


def _items(value: Value) -> Iterator[str]:
    return (_value(item) for item in value) if isinstance(value, Iterable) else iter(())


def _value(value: Value) -> str:
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")  # TOML's basic string is JSON's, but for DEL
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return str(int(value)) if abs(value) < _EXACT and value == int(value) else repr(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return "{ " + ", ".join(f"{name} = {_value(inner)}" for name, inner in value.items()) + " }" if value else "{}"
    return "[" + ", ".join(_items(value)) + "]"
