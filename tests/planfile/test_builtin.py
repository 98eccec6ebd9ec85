"""The plan shipped inside the package."""

import tomllib
from collections import Counter
from importlib import resources
from pathlib import Path

import pytest

from gongjian.plans.planfile.toml_format import parse_plan_file, write_plan_file

SHARED_KEY = Path(__file__).parents[2] / ".." / "shared" / "plan" / "reading-2020.toml"
TEXT = (resources.files("gongjian.plans") / "data" / "bda-2020.toml").read_text(encoding="utf-8")
PLAN = parse_plan_file(TEXT, "bda-2020.toml")


def test_it_holds_88_measures_in_three_plans():
    assert len(PLAN.plans) == 3
    assert Counter(measure.key[0] for measure in PLAN.measures) == {"A": 51, "W": 18, "S": 19}
    assert [measure.plan for measure in PLAN.measures] == sorted((m.plan for m in PLAN.measures), key=PLAN.plans.index)


def test_it_holds_154_commitments_of_all_seven_kinds():
    kinds = Counter(commitment.kind.value for measure in PLAN.measures for commitment in measure.commitments)
    assert kinds == {"target": 59, "loop": 26, "register": 22, "trend": 19, "duty": 16, "milestone": 11, "narrative": 1}
    assert all(measure.commitments for measure in PLAN.measures)


def test_every_department_named_in_it_is_in_its_directory():
    known = {entry.name for entry in PLAN.directory.departments} | set(PLAN.directory.groups)
    assert {party.name for measure in PLAN.measures for party in measure.lead + measure.support} == known


def test_every_measure_has_a_section_a_task_a_digest_and_a_lead():
    assert all(measure.section and measure.task and measure.digest and measure.lead for measure in PLAN.measures)


def test_it_is_written_the_way_we_write():
    assert write_plan_file(PLAN) == TEXT


@pytest.mark.shared
def test_it_says_what_the_careful_reading_says():
    if not SHARED_KEY.exists():
        pytest.skip("the shared folder is not beside the checkout")
    key = tomllib.loads(SHARED_KEY.read_text(encoding="utf-8"))
    assert [_as_keyed(measure) for measure in PLAN.measures] == [_normal(measure) for measure in _with_sections(key["measure"])]
    head = key["document"]
    assert (PLAN.head.number, PLAN.head.issuer, PLAN.head.signer, PLAN.head.date, PLAN.head.title, list(PLAN.plans)) == tuple(
        head[name] for name in ("number", "issuer", "signer", "date", "title", "plans")
    )
    assert len(PLAN.doubts) == len(head["lost_rows"])
    groups = key["aliases"].pop("groups")
    assert list(PLAN.directory.groups) == groups
    assert {alias: entry.name for entry in PLAN.directory.departments for alias in entry.aliases} == key["aliases"]


def _with_sections(measures):
    """The key writes a section once; every measure below stands in it."""
    section = ""
    for measure in measures:
        section = measure.get("section", section)
        yield measure | {"section": section}


def _normal(measure):
    return measure | {"ocr": measure.get("ocr", ""), "uncertain": measure.get("uncertain", [])}


def _as_keyed(measure):
    return {
        "key": measure.key,
        "section": measure.section,
        "task": measure.task,
        "digest": measure.digest,
        "deadline": measure.deadline.code(),
        "lead": [party.name for party in measure.lead],
        "support": [party.name for party in measure.support],
        "ocr": measure.damage,
        "uncertain": list(measure.uncertain),
        "commitments": [_commitment_as_keyed(commitment) for commitment in measure.commitments],
    }


def _commitment_as_keyed(commitment):
    fields = {name: getattr(commitment, name) for name in commitment.__slots__}
    said = {name: value for name, value in fields.items() if value not in ("", None, (), False) or (name == "value" and value == 0)}
    return {name: list(value) if isinstance(value, tuple) else value for name, value in said.items()}
