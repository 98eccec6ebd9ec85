"""A condition means the same to every engine."""

from datetime import date, timedelta

import pytest
from declared import enter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from indicator_sample.models import Check

from gongjian.indicators.compiling import compiled
from gongjian.indicators.conditions import ALWAYS, All, Any, Compare, CompareFields, Field, Known, Not, OneOf, compared_fields, named_fields

OPS = {
    "==": lambda a, b: a == b,
    "!=": lambda a, b: a != b,
    "<": lambda a, b: a < b,
    "<=": lambda a, b: a <= b,
    ">": lambda a, b: a > b,
    ">=": lambda a, b: a >= b,
}


def read(record, path):
    for part in path.split("__"):
        record = getattr(record, part)
    return record


def holds(condition, record):  # noqa: PLR0911 - one arm for each node
    """A second engine: the same tree over a plain object."""
    match condition:
        case Compare(path=path, op=op, value=value):
            found = read(record, path)
            return found is not None and OPS[op](found, value)
        case CompareFields(path=path, op=op, other=other):
            one, two = read(record, path), read(record, other)
            return one is not None and two is not None and OPS[op](one, two)
        case OneOf(path=path, values=values):
            return read(record, path) in values and read(record, path) is not None
        case Known(path=path):
            return read(record, path) is not None
        case All(parts=parts):
            return all(holds(part, record) for part in parts)
        case Any(parts=parts):
            return any(holds(part, record) for part in parts)
        case Not(part=part):
            return not holds(part, record)


WORDS = st.sampled_from(["柴油", "汽油", "荣华", "电"])
NUMBERS = st.sampled_from([0.0, 1.0, 2.5])
DAYS = st.sampled_from([date(2020, 1, day) for day in range(1, 5)])
LEAVES = st.one_of(
    st.builds(Compare, st.sampled_from(["fuel", "street"]), st.sampled_from(list(OPS)), WORDS),
    st.builds(Compare, st.just("nox"), st.sampled_from(list(OPS)), NUMBERS),
    st.builds(Compare, st.just("on"), st.sampled_from(list(OPS)), DAYS),
    st.builds(Compare, st.just("passed"), st.sampled_from(["==", "!="]), st.booleans()),
    st.builds(Compare, st.just("entry__use"), st.sampled_from(list(OPS)), st.sampled_from(["bus", "truck"])),
    st.builds(CompareFields, st.just("fuel"), st.sampled_from(list(OPS)), st.just("street")),
    st.builds(OneOf, st.sampled_from(["fuel", "entry__use"]), st.lists(WORDS, max_size=2).map(tuple)),
    st.builds(Known, st.sampled_from(["fuel", "nox", "passed", "entry__plate"])),
    st.just(ALWAYS),
)
CONDITIONS = st.recursive(
    LEAVES,
    lambda inner: st.one_of(
        st.builds(Not, inner),
        st.lists(inner, max_size=3).map(lambda parts: All(tuple(parts))),
        st.lists(inner, max_size=3).map(lambda parts: Any(tuple(parts))),
    ),
    max_leaves=6,
)


@pytest.fixture
def records(db):
    fuels, numbers = [None, "柴油", "汽油"], [None, 0.0, 1.0, 2.5]
    for index in range(24):
        enter(
            date(2020, 1, 1) + timedelta(index % 4),
            use="bus" if index % 2 else "truck",
            fuel=fuels[index % 3],
            street=[None, "荣华", "柴油"][index // 3 % 3],
            passed=[None, True, False][index // 2 % 3],
            nox=numbers[index // 5 % 4],
        )
    return list(Check.objects.select_related("entry"))


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(condition=CONDITIONS)
def test_the_database_and_plain_python_agree_on_every_condition(records, condition):
    expected = {record.pk for record in records if holds(condition, record)}
    assert set(Check.objects.filter(compiled(condition)).values_list("pk", flat=True)) == expected


def test_fields_speak_as_they_are_written():
    condition = (Field("passed") == True) & ~Field("fuel").isin(["电"]) | Field("nox").missing()  # noqa: E712 - it declares
    assert condition == Any((All((Compare("passed", "==", True), Not(OneOf("fuel", ("电",))))), Not(Known("nox"))))
    assert compared_fields(condition) == {"passed", "fuel"}
    assert named_fields(condition) == {"passed", "fuel", "nox"}


@pytest.mark.parametrize("path", ["a__b__c", "a b", "", "entry__use__"])
def test_a_path_reaches_across_one_relation_at_most(path):
    with pytest.raises(ValueError, match="not a field"):
        Field(path)


def test_a_condition_is_never_taken_for_true_or_false():
    with pytest.raises(TypeError, match="joined with"):
        assert (Field("a") == 1) and (Field("b") == 2)  # noqa: PT018 - the mistake itself
    with pytest.raises(TypeError, match="missing"):
        assert Field("a") == None  # noqa: E711 - the mistake itself
