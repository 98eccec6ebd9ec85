"""Plan documents for property tests."""

from datetime import date

from hypothesis import strategies as st

from gongjian.kernel.deadlines import Deadline, DeadlineKind
from gongjian.plans.planfile.commitment_kinds import CHOICES, SHAPES
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

ANY_TEXT = st.text(st.characters(codec="utf-8"), max_size=12)  # quotes, breaks and control characters included
WORDS = ANY_TEXT.filter(str.strip)
COUNT = st.integers(1, 9999)
DAYS = st.dates(date(2020, 1, 1), date(2020, 12, 31)).map(lambda day: f"{day:%m-%d}")
DEADLINES = st.one_of(
    st.builds(Deadline, st.sampled_from([kind for kind in DeadlineKind if kind is not DeadlineKind.DATE]), text=ANY_TEXT),
    st.dates(date(2020, 1, 1), date(2020, 12, 31)).flatmap(
        lambda day: st.builds(Deadline, st.just(DeadlineKind.DATE), st.just(day.month), st.just(day.day), ANY_TEXT),
    ),
)
PLACES = st.builds(Place, *(st.none() | part for part in (COUNT, COUNT, ANY_TEXT, COUNT, COUNT, ANY_TEXT)))
DOUBTS = st.builds(Doubt, WORDS, WORDS, PLACES, st.none() | st.sampled_from(DOUBT_FIELDS))
PARTIES = st.builds(Party, WORDS, ANY_TEXT, st.booleans())
FIELDS = {
    **{name: st.sampled_from(values) for name, values in CHOICES.items()},
    "value": st.floats(allow_nan=False, allow_infinity=False),
    "published": st.booleans(),
    "states": st.lists(ANY_TEXT, max_size=3).map(tuple),
    "due": DAYS,
}


def _commitments(kind):
    shape = SHAPES[kind]
    needed = (*shape.required, *(shape.optional if kind is CommitmentKind.DUTY else ()))
    optional = [name for name in shape.fields if name not in needed]
    return st.fixed_dictionaries(
        {name: FIELDS.get(name, WORDS) for name in needed},
        optional={name: FIELDS.get(name, ANY_TEXT) for name in optional},
    ).map(lambda fields: Commitment(kind, **fields))


COMMITMENTS = st.sampled_from(list(CommitmentKind)).flatmap(_commitments)
KEYS = st.one_of(st.builds("{}{}.{}".format, st.sampled_from("AWS"), st.integers(0, 30), st.integers(0, 9)), WORDS)


def measures(plans):
    return st.builds(
        Measure,
        key=KEYS,
        plan=st.sampled_from(plans),
        section=ANY_TEXT,
        task_no=st.none() | COUNT,
        task=ANY_TEXT,
        measure_no=COUNT,
        deadline=DEADLINES,
        text=ANY_TEXT,
        digest=ANY_TEXT,
        lead=st.lists(PARTIES, max_size=3).map(tuple),
        support=st.lists(PARTIES, max_size=3).map(tuple),
        source=st.none() | PLACES,
        doubts=st.lists(DOUBTS, max_size=2).map(tuple),
        commitments=st.lists(COMMITMENTS, max_size=3).map(tuple),
        damage=ANY_TEXT,
        uncertain=st.lists(st.sampled_from(DOUBT_FIELDS), max_size=2).map(tuple),
    )


HEADS = st.builds(PlanHead, ANY_TEXT, ANY_TEXT, ANY_TEXT, st.none() | st.dates(), ANY_TEXT)
DIRECTORIES = st.builds(
    Directory,
    st.lists(st.builds(DepartmentEntry, WORDS, st.sampled_from(DEPARTMENT_KINDS)), max_size=4, unique_by=lambda entry: entry.name).map(
        tuple
    ),
    st.lists(WORDS, max_size=3).map(tuple),
)


@st.composite
def documents(draw):
    plans = draw(st.lists(WORDS, min_size=1, max_size=3, unique=True))
    drawn = draw(st.lists(measures(plans), max_size=4, unique_by=lambda measure: measure.key))
    return PlanDocument(draw(HEADS), tuple(plans), tuple(drawn), draw(st.lists(DOUBTS, max_size=2).map(tuple)), draw(DIRECTORIES))
