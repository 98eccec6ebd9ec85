"""Things that hold for a time: declarations over them, quick ways to enter them, and what plain Python reads from them."""

from dataclasses import dataclass
from datetime import date
from functools import cache

from declared import at, in_force
from hypothesis import strategies as st
from indicator_sample.models import Entry, Holding, Paper, Truck, Visit
from test_conditions import holds, read

from gongjian.indicators.conditions import compared_fields
from gongjian.indicators.grammar import (
    Better,
    Count,
    Coverage,
    Distinct,
    Field,
    Indicator,
    Mean,
    PeriodKind,
    Ratio,
    RatioOf,
    Records,
    Share,
    Split,
    Sum,
)

HELD = Records("indicator_sample.Holding", "valid_from", until="valid_to")
VISITS = Records("indicator_sample.Visit", "on")
SPLITS = (Split("use", "用途", "entry__use"), Split("street", "街道", "entry__street"), Split("clean", "新能源", "clean"))


def declare(code, formula, unit="辆", **said):
    said = {"better": Better.UP, "about": "在册车辆", "records": HELD, "splits": SPLITS, "open_rows": True} | said
    return Indicator(code=f"held.{code}", title=f"存量{code}", unit=unit, formula=formula, **said)


CLEAN, DIGS = Field("clean") == True, Field("entry__use") == "dig"  # noqa: E712 - it declares
STOCKS = (
    declare("count", Count()),
    declare("dig", Count(DIGS)),
    declare("power", Sum("power", CLEAN), "千瓦"),
    declare("mean_power", Mean("power", DIGS), "千瓦"),
    declare("clean", Ratio(CLEAN, Field("entry__street") != "荣华"), "%"),
    declare("share", Share("power", CLEAN), "%"),
    declare("of_due", RatioOf("power", "due", ~DIGS), "%"),
    declare("trucks", Distinct("entry", Field("power").known())),
    declare("quarterly", Count(CLEAN), period=PeriodKind.QUARTER),
)
PASSED = Field("passed") == True  # noqa: E712 - it declares
COVERED = declare("covered", Coverage(VISITS), "%")
COVERAGES = (
    COVERED,
    declare("passed", Coverage(VISITS, where=PASSED, among=DIGS), "%"),
    declare("anytime", Coverage(VISITS, anytime=True), "%", period=PeriodKind.QUARTER),
    declare("yearly", Coverage(VISITS, where=Field("entry__street") != "", among=~CLEAN, anytime=True), "%", period=PeriodKind.YEAR),
)


def truck(name, use="dig", street="荣华"):
    return Truck.objects.get_or_create(name=name, defaults={"use": use, "street": street})[0]


def hold(name="A", since=date(2020, 1, 1), until=None, *, entered=None, replaced=None, use="dig", street="荣华", **said):
    everything.cache_clear()
    moments = {"entered_at": at(entered or since), "replaced_at": at(replaced) if replaced else None}
    said = {"clean": True, "power": 100.0, "due": 10} | said
    return Holding.objects.create(entry=truck(name, use, street), valid_from=since, valid_to=until, **moments, **said)


def visit(name, on, *, entered=None, replaced=None, passed=True):
    everything.cache_clear()
    moments = {"entered_at": at(entered or on), "replaced_at": at(replaced) if replaced else None}
    return Visit.objects.create(entry=truck(name).entry_ptr, on=on, passed=passed, **moments)


EDGES = [date(year, month, day) for year in (2019, 2020) for month, day in ((1, 1), (3, 31), (4, 1), (6, 30), (7, 1), (12, 31))]
DAYS = st.sampled_from(EDGES) | st.dates(date(2019, 1, 1), date(2020, 12, 31))  # whatever goes wrong goes wrong at an edge
VERSION = st.fixed_dictionaries(
    {
        "since": DAYS,
        "until": st.none() | DAYS,
        "clean": st.sampled_from([True, False, None]),
        "power": st.sampled_from([None, 0.0, 1.0, 2.5]),
        "due": st.sampled_from([None, 0, 3]),
    }
)
THING = st.fixed_dictionaries(
    {
        "use": st.sampled_from(["dig", "haul"]),
        "street": st.sampled_from(["荣华", "博兴", ""]),
        "moments": st.lists(DAYS, min_size=4, max_size=4, unique=True).map(sorted),
        "versions": st.lists(VERSION, min_size=1, max_size=3),
        "withdrawn": st.booleans(),
    }
)
THINGS = st.lists(THING, max_size=5)
SEEN = st.lists(
    st.fixed_dictionaries(
        {
            "name": st.sampled_from("ABCDE"),
            "on": DAYS,
            "entered": DAYS,
            "replaced": st.none() | DAYS,
            "passed": st.sampled_from([True, False, None]),
        }
    ),
    max_size=10,
)


def refill(things, visits=()):
    """Each thing in versions that follow one another; visits of those that are there."""
    everything.cache_clear()
    Holding.objects.all().delete()
    Paper.objects.all().delete()
    Entry.objects.all().delete()
    for name, thing in zip("ABCDE", things, strict=False):
        last = len(thing["versions"]) - 1
        for number, version in enumerate(thing["versions"]):
            replaced = thing["moments"][number + 1] if number < last or thing["withdrawn"] else None
            hold(name, use=thing["use"], street=thing["street"], entered=thing["moments"][number], replaced=replaced, **version)
    for seen in visits:
        if seen["name"] in "ABCDE"[: len(things)]:
            visit(**seen)


@cache
def everything(model):
    """All rows of a table, read once for as long as nothing is entered."""
    return list(model.objects.select_related("entry"))


def known_by(row, as_of):
    return row.replaced_at is None if as_of is None else in_force(row, as_of)


def there(first, last, as_of):
    """The things that hold at some time from one day to another, by plain Python."""
    return [
        row
        for row in everything(Holding)
        if known_by(row, as_of) and row.valid_from <= last and (row.valid_to is None or row.valid_to > first)
    ]


@dataclass(frozen=True)
class Read:
    value: float | None
    expected: int
    present: int


def over(top, bottom, scale=1.0):
    return scale * top / bottom if bottom else None


def read_by_hand(indicator, period, as_of, only=lambda _: True):  # noqa: PLR0911 - one arm for each kind
    """What an indicator comes to, by plain Python over the rows."""
    formula = indicator.formula
    if isinstance(formula, Coverage):
        return covered_by_hand(formula, period, as_of, only)
    rows = [row for row in there(period.last, period.last, as_of) if only(row)]
    among = [row for row in rows if holds(formula.where if hasattr(formula, "where") else formula.among, row)]

    def telling(*paths):
        return [row for row in among if all(read(row, path) is not None for path in paths)]

    match formula:
        case Count():
            return Read(len(among) if rows else None, len(among), len(among))
        case Sum(of=of):
            told = telling(of)
            there_is = told or (rows and not among)
            return Read(sum(read(row, of) for row in told) if there_is else None, len(among), len(told))
        case Mean(of=of):
            told = telling(of)
            return Read(over(sum(read(row, of) for row in told), len(told)), len(among), len(told))
        case Distinct(of=of):
            told = {read(row, f"{of}_id") for row in among}
            return Read(len(told) if rows else None, len(among), len(among))
        case RatioOf(sum_of=top, over=bottom):
            told = telling(top, bottom)
            return Read(over(sum(read(r, top) for r in told), sum(read(r, bottom) for r in told), 100), len(among), len(told))
        case Share(of=of, part=part):
            told = telling(of, *compared_fields(part))
            return Read(over(sum(read(r, of) for r in told if holds(part, r)), sum(read(r, of) for r in told), 100), len(among), len(told))
        case Ratio(passed=passed):
            told = telling(*compared_fields(passed))
            return Read(over(sum(holds(passed, row) for row in told), len(told), 100), len(among), len(told))
    raise TypeError(formula)


def covered_by_hand(formula, period, as_of, only):
    first = period.first if formula.anytime else period.last
    things = [row for row in there(first, period.last, as_of) if only(row) and holds(formula.among, row)]
    seen = {row.entry_id for row in everything(Visit) if known_by(row, as_of) and row.on in period and holds(formula.where, row)}
    return Read(over(sum(row.entry_id in seen for row in things), len(things), 100), len(things), len(things))


WORDS = {"dig": "挖掘", "haul": "运输", True: "是", False: "否", None: "未填写", "": "未填写"}
PATHS = {"use": "entry__use", "street": "entry__street", "clean": "clean"}


def keyed(split, key):
    """Whether a row is of the part called ``key``."""
    return lambda row: WORDS.get(found := read(row, PATHS[split]), found) == key
