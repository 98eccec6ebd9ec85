"""docs/planfile.md says what the format is."""

import re
from pathlib import Path

from gongjian.plans.planfile.commitment_kinds import SHAPES
from gongjian.plans.planfile.model import DEPARTMENT_KINDS, DOUBT_FIELDS
from gongjian.plans.planfile.toml_format import parse_plan_file, write_plan_file

DOC = (Path(__file__).parents[2] / "docs" / "planfile.md").read_text(encoding="utf-8")
HEAD = 'format = 1\n\n[document]\n\n[[plan]]\nletter = "A"\ntitle = "蓝天"\n\n'


def test_the_example_of_a_measure_is_read_and_written_as_it_stands():
    (example,) = re.findall(r"```toml\n(.*?)```", DOC, re.DOTALL)
    assert write_plan_file(parse_plan_file(HEAD + example)).endswith(example)


def test_every_kind_of_commitment_is_listed_with_its_fields():
    for kind, shape in SHAPES.items():
        (row,) = re.findall(rf"^\| `{kind}` \|.*$", DOC, re.MULTILINE)
        assert all(f"`{name}`" in row for name in shape.required + shape.optional)


def test_the_kinds_of_department_and_the_fields_left_open_are_all_listed():
    assert all(f"`{kind}`" in DOC for kind in DEPARTMENT_KINDS)
    assert all(f"`{name}`" in DOC for name in DOUBT_FIELDS)
