"""Scenes for the detectors: made up, or drawn at random."""

from datetime import date, timedelta

from hypothesis import strategies as st

from gongjian.kernel.months import Month
from gongjian.plans.lights import Light
from gongjian.supervision.detecting.scene import CaseSeen, MeasureSeen, Point, Scene, Series, Silent

ON = date(2020, 10, 31)
MONTHS = [date(2020, 7, 31), date(2020, 8, 31), date(2020, 9, 30), ON]


def series(*values, lights=None, better="up", cumulative=False, title="合格率"):
    lights = lights or [Light.GREEN] * len(values)
    points = tuple(Point(*each) for each in zip(MONTHS[-len(values) :], lights, values, strict=True))
    return Series("code", title, "%", better, cumulative, points)


def measure(pk=1, **said):
    return MeasureSeen(**{"pk": pk, "key": f"A{pk}.1", "title": "某措施", "department": 7} | said)


def scene(*measures, cases=()):
    return Scene(ON, measures, tuple(cases))


def silent(month, late):
    return Silent(Month(2020, month), date(2020, month + 1, 5), late)


def late_case(pk, days, department=7):
    return CaseSeen(pk, f"2020-{pk:06d}", "裸土未苫盖", "待签收", ON - timedelta(days), department)


LIGHTS = st.sampled_from(list(Light))
VALUES = st.none() | st.floats(0, 1000, allow_nan=False)
POINTS = st.lists(st.tuples(LIGHTS, VALUES), max_size=4).map(
    lambda drawn: tuple(Point(day, *one) for day, one in zip(MONTHS[len(MONTHS) - len(drawn) :], drawn, strict=True))
)
SERIES = st.builds(Series, st.just("code"), st.text(max_size=5), st.just("%"), st.sampled_from(["up", "down", ""]), st.booleans(), POINTS)
DEPARTMENTS = st.none() | st.integers(1, 4)
SILENCES = st.lists(st.builds(silent, st.integers(3, 9), st.integers(0, 60)), max_size=3).map(tuple)
SINCE = st.none() | st.integers(0, 60).map(lambda days: ON - timedelta(days))


@st.composite
def scenes(draw):
    found = [
        measure(
            pk,
            department=draw(DEPARTMENTS),
            red_since=draw(SINCE),
            red_longer=draw(st.booleans()),
            reasons=("差距较大",),
            silent=draw(SILENCES),
            series=tuple(draw(st.lists(SERIES, max_size=2))),
        )
        for pk in range(1, draw(st.integers(0, 6)) + 1)
    ]
    cases = [late_case(pk, draw(st.integers(1, 40)), draw(st.integers(1, 4))) for pk in range(1, draw(st.integers(0, 20)) + 1)]
    return scene(*found, cases=cases)
