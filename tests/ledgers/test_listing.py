"""Lists show what is asked for, all of it and nothing else, in the order asked for."""

from datetime import date, timedelta
from decimal import Decimal
from urllib.parse import parse_qsl

import pytest
from django.db import connection
from ledger_sample.declarations import VISITS, YARDS
from sampled import company, department, visit, yard
from stage import at

from gongjian.ledgers.actions import entries, records
from gongjian.ledgers.queries import choosing
from gongjian.ledgers.queries import listing as module
from gongjian.ledgers.queries.asking import asked
from gongjian.ledgers.queries.listing import listing, whole
from gongjian.ledgers.queries.sieves import terms

pytestmark = pytest.mark.django_db
ON = date(2020, 10, 31)


def codes(given="", table=YARDS, on=ON, **said):
    found = listing(asked(table, said | dict(part.split("=") for part in given.split("&") if part), on, past=on != ON))
    return [row.cells[0].words for row in found.rows]


@pytest.fixture
def yards(town):
    plant = company(name="甲厂", street="滨河街道")
    first = yard("A", sort="roofed", use="coal", grade=2, capacity=300, area=1.5, dust=Decimal("2.50"), street="滨河街道", keeper="王五")
    yard("B", sort="open", capacity=20, covered=False, paved=True, enterprise=plant, opened_on=date(2019, 5, 1))
    yard("C", capacity=9000, dust=Decimal(0), beside=first, department=department("水务局"))
    gone = yard("D", capacity=5)
    entries.withdraw(YARDS, gone, date(2020, 6, 1), "拆除", version=1, by=None, at=at(6, 2))


@pytest.mark.parametrize(
    ("given", "found"),
    [
        ("", "ABC"),
        ("status=withdrawn", "D"),
        ("status=all", "ABCD"),
        ("status=active", "ABC"),
        ("status=suspended", ""),
        ("sort=nothing", "ABC"),
        ("sort=roofed", "A"),
        ("sort-by=x", "ABC"),
        ("use=coal", "A"),
        ("use=-", "BC"),
        ("use=gold", "ABC"),
        ("grade=2", "A"),
        ("grade=-", "BC"),
        ("covered=0", "B"),
        ("paved=1", "B"),
        ("paved=-", "AC"),
        ("street=滨河街道", "A"),
        ("street=-", "BC"),
        ("capacity-from=100", "AC"),
        ("capacity-to=299.5", "B"),
        ("capacity-from=nan", "ABC"),
        ("dust-from=0&dust-to=1", "C"),
        ("opened_on-from=2019-05-01", "B"),
        ("opened_on-to=2019-04-30", ""),
        ("opened_on-to=yesterday", "ABC"),
        ("enterprise=甲厂", "B"),
        ("enterprise=乙厂", ""),
        ("enterprise=-", "AC"),
        ("beside=A", "C"),
        ("keeper=王", "A"),
        ("text=河东堆", "ABC"),
        ("text=王五", "A"),
        ("text=甲厂", "B"),
        ("use=coal&covered=1&street=滨河街道", "A"),
        ("use=coal&covered=0", ""),
        ("department=x", "ABC"),
    ],
)
def test_a_filter_leaves_exactly_what_it_says(yards, given, found):
    assert "".join(codes(given)) == found


def test_departments_are_chosen_by_id(yards):
    assert codes(department=str(department("水务局").pk)) == ["C"]


@pytest.mark.parametrize(
    ("sort", "found"),
    [
        ("-code", "CBA"),
        ("capacity", "BAC"),
        ("-capacity", "CAB"),
        ("dust", "CAB"),
        ("-dust", "ACB"),
        ("enterprise", "BAC"),
        ("shape", "ABC"),
    ],
)
def test_a_column_sorts_with_empty_ones_last(yards, sort, found):
    assert "".join(codes(**{"sort-by": sort})) == found


def test_a_past_day_shows_the_ledger_as_it_was_known_then(yards):
    assert codes(on=date(2020, 3, 9)) == []
    assert codes(on=date(2020, 5, 31)) == ["A", "B", "C", "D"]
    entry = YARDS.model.objects.get(code="A")
    entries.amend(YARDS, entry, {"capacity": 7, "use": "sand"}, version=1, by=None, at=at(7, 1))
    assert codes("use=coal", on=date(2020, 6, 30)) == ["A"]
    assert codes("use=coal", on=date(2020, 7, 1)) == []
    assert codes("text=河东&status=withdrawn", on=date(2020, 7, 1)) == ["D"]


@pytest.fixture
def visits(yards):
    visit("A", date(2020, 5, 1), passed=True, depth=3)
    visit("A", date(2020, 6, 1), passed=False, way="drone")
    visit("B", date(2020, 4, 1), passed=True)
    visit("野外", date(2020, 7, 1))
    visit("A", date(2019, 7, 1), moment=at(7, 2, year=2019))


def days(given="", on=ON, **said):
    return [day[5:] for day in codes(given, VISITS, on, **said)]


@pytest.mark.parametrize(
    ("given", "found"),
    [
        ("", ["07-01", "06-01", "05-01", "04-01"]),
        ("on-from=all", ["07-01", "06-01", "05-01", "04-01", "07-01"]),
        ("on-to=2019-12-31", ["07-01"]),
        ("passed=1", ["05-01", "04-01"]),
        ("passed=-", ["07-01"]),
        ("passed=1&way=walk&depth-from=1", ["05-01"]),
        ("passed=1&way=drone", []),
        ("text=A", ["06-01", "05-01"]),
        ("text=甲厂", ["04-01"]),
        ("text=野", ["07-01"]),
        ("sort-by=on", ["04-01", "05-01", "06-01", "07-01"]),
        ("sort-by=depth", ["05-01", "07-01", "06-01", "04-01"]),
    ],
)
def test_records_are_this_year_s_and_the_newest_come_first(visits, given, found):
    assert days(given) == found


@pytest.mark.parametrize("few", [1, 2, 100])
def test_whichever_index_is_gone_by_the_same_is_found(visits, monkeypatch, few):
    monkeypatch.setattr(choosing, "FEW", few)
    assert days("passed=1&way=walk") == ["05-01", "04-01"]
    assert days("passed=1&way=walk&depth-from=1") == ["05-01"]
    assert days("passed=1&way=walk&text=A") == ["05-01"]
    assert days("passed=-&street=-&text=野") == ["07-01"]


def test_filters_that_hold_for_many_are_decided_within_one_index(visits, monkeypatch):
    """SQLite is told so; PostgreSQL, which counts by itself, is told nothing."""
    monkeypatch.setattr(choosing, "FEW", 1)
    said = asked(VISITS, {"passed": "1", "way": "walk", "street": "-"}, ON)
    found = [*terms(VISITS, said.given, ON)]
    told = choosing.conditions(found, VISITS.model.objects.filter(replaced_at=None))
    if connection.vendor == "sqlite":
        assert told == [found[0].plain, *(term.beside for term in found[1:])]
        plan = module._ordered(said, module._query(said), "")[:51].explain()
        assert "USING COVERING INDEX visit_listed (on>? AND on<?)" in plan
        assert "TEMP B-TREE" not in plan
    else:
        assert told == [term.plain for term in found]


def test_records_of_one_entry_are_of_all_years(visits):
    entry = YARDS.model.objects.get(code="A")
    assert days(entry=str(entry.pk)) == ["06-01", "05-01", "07-01"]


def test_a_corrected_record_shows_once_and_on_a_past_day_as_it_was(visits):
    row = VISITS.model.objects.get(on=date(2020, 5, 1))
    records.correct(VISITS, row, {"passed": False}, "录错", by=None, at=at(8, 1))
    assert days("passed=1") == ["04-01"]
    assert days("passed=1", on=date(2020, 7, 31)) == ["05-01", "04-01"]
    records.strike(VISITS, VISITS.model.objects.get(on=date(2020, 4, 1)), "重复", by=None, at=at(8, 2))
    assert days("passed=1") == []


def test_beyond_the_most_the_list_says_so_and_keeps_its_order(visits, monkeypatch):
    monkeypatch.setattr(module, "MOST", 3)
    monkeypatch.setattr(module, "SIZE", 2)
    found = listing(asked(VISITS, {"page": "9", "sort-by": "depth"}, ON))
    assert (found.total, found.more, found.page, found.pages) == (3, True, 2, 2)
    assert [row.cells[0].words for row in found.rows] == ["2020-05-01"]
    assert "请先用筛选缩小范围" in found.notes[0]


def test_the_whole_list_is_the_pages_together(yards, monkeypatch):
    for number in range(120):
        yard(f"E{number:03}", sort=["open", "roofed"][number % 2], opened_on=date(2020, 1, 1) + timedelta(number))
    monkeypatch.setattr(module, "CHUNK", 7)
    wanted = {"sort-by": "-opened_on", "text": "河东"}
    pages = [row.cells for page in "123" for row in listing(asked(YARDS, wanted | {"page": page}, ON)).rows]
    assert len(pages) == 123
    assert [cells for _, cells in whole(asked(YARDS, wanted, ON))] == pages


def test_the_canonical_query_asks_for_the_same_again(yards):
    for given in ({"use": "coal", "text": "王五", "sort-by": "-code"}, {"cols": "code,dust"}, {"capacity-from": "1", "nonsense": "2"}):
        first = asked(YARDS, given, ON)
        again = asked(YARDS, dict(parse_qsl(first.query())), ON)
        assert again.columns == first.columns
        assert again.query() == first.query()
