"""Every ledger and every kind of record keeps the same promises; a new declaration is held to them by being there."""

import csv
import io
import json
import re
from datetime import date
from urllib.parse import urlencode

import pytest
from contract import EXAMPLES, LEDGERS, NOTERS, READERS, RECORDS, STRANGERS, WRITERS, entered, noted, one_of, values
from django.db import connection
from django.test.utils import CaptureQueriesContext
from lxml.html import fromstring
from python_calamine import CalamineWorkbook
from stage import at

from gongjian.ledgers.actions import entries, records
from gongjian.ledgers.checking import checked
from gongjian.ledgers.fields import Kind, spec, specs
from gongjian.ledgers.models import Entry
from gongjian.ledgers.queries.asking import asked, sortable
from gongjian.ledgers.queries.cells import words
from gongjian.ledgers.queries.listing import listing
from gongjian.ledgers.queries.searching import search
from gongjian.ledgers.queries.sieves import EMPTY, Way, sieves, with_options
from gongjian.trail.models import Event

HAN = re.compile(r"[\u3400-\u9fff]")
ON = date(2020, 10, 31)
MOST_QUERIES = 12
TABLES = [*LEDGERS, *RECORDS]
each = pytest.mark.parametrize("table", TABLES, ids=lambda table: table.slug)
each_ledger = pytest.mark.parametrize("ledger", LEDGERS, ids=lambda table: table.slug)
each_kind = pytest.mark.parametrize("kind", RECORDS, ids=lambda table: table.slug)
pytestmark = pytest.mark.django_db


def shown(table, **given):
    return listing(asked(table, {"on-from": "all", "status": "all"} | given, ON))


def ids(table, **given):
    return [row.id for row in shown(table, **given).rows]


def as_asked(sieve, row):
    """The parameters that narrow a list to rows like this one."""
    name, value = sieve.name, getattr(row, sieve.name)
    if value in (None, ""):
        return {name: EMPTY} if sieve.way in (Way.CHOOSE, Way.ENTRY) and not sieve.spec.required else {}
    if sieve.way in (Way.DAYS, Way.NUMBERS):
        day = value.isoformat()[:10] if sieve.way is Way.DAYS else str(value)
        return dict.fromkeys(sieve.parameters, day)
    if sieve.spec.kind is Kind.BOOLEAN:
        return {name: "1" if value else "0"}
    if sieve.way is Way.ENTRY:
        return {name: value.code}
    return {name: str(getattr(value, "pk", value))}


def as_sent(answer):
    """What a browser sends when nothing is touched in the form of a page."""
    form = next(
        form for form in fromstring(answer.content.decode()).forms if form.method == "POST" and "csrfmiddlewaretoken" in form.fields
    )
    return {name: form.fields[name] or "" for name in form.fields}


@each
def test_there_is_an_example_that_can_be_entered(table, town):
    assert table.slug in EXAMPLES, f"tests/<room>/ledger_examples.py has no {table.slug}"
    assert set(EXAMPLES[table.slug]) <= set(specs(table))
    assert checked(table, values(table)).faults == {}
    row, _, _ = one_of(table)
    verb = "record.noted" if table in RECORDS else "entry.entered"
    assert Event.objects.filter(verb=verb, subject_type=row._meta.label_lower, subject_id=str(row.pk)).count() == 1


@each
def test_the_example_shows_what_most_fields_hold(table, town):
    """An example that leaves half of it empty would try nothing."""
    filled = [name for name, value in EXAMPLES[table.slug].items() if value not in (None, "")]
    assert len(filled) >= len(specs(table)) / 2


@each
def test_everything_a_person_reads_is_chinese(table):
    for said in (table.title, table.about, table.unit):
        assert HAN.search(said), said
    for one in specs(table).values():
        assert HAN.search(one.title), one.name
        assert not one.help or HAN.search(one.help), one.name
        for stored, word in one.choices:
            assert word not in ("", str(stored)), (one.name, stored)


@each
def test_it_is_listed_by_default_and_by_each_of_its_filters(table, town):
    row, _, _ = one_of(table)
    assert [found.id for found in listing(asked(table, {}, ON)).rows] == [row.pk]
    for sieve in with_options(sieves(table)):
        given = as_asked(sieve, row)
        assert ids(table, **given) == [row.pk], given
        for value, _ in sieve.options:
            if given and value not in (*given.values(), "all"):
                assert ids(table, **{sieve.name: value}) == [], (sieve.name, value)


@each
def test_it_can_be_sorted_by_every_column_it_shows(table, town):
    row, _, _ = one_of(table)
    for name in filter(lambda name: sortable(table, name), (*table.columns, *specs(table))):
        for turned in (name, f"-{name}"):
            assert ids(table, **{"sort-by": turned}) == [row.pk], turned


@each
def test_it_is_found_by_words(table, town):
    row, _, _ = one_of(table)
    called = row.label if table in RECORDS else row.code
    assert ids(table, text=called) == [row.pk]
    assert ids(table, text=called.lower()[:4]) == [row.pk]
    if table in LEDGERS:
        for line in row.sought.split("\n"):
            for start in range(len(line) - 1):
                assert row.pk in set(search(table, line[start : start + 2]).values_list("pk", flat=True))
    assert ids(table, text="龘龘龘") == []


@each
def test_its_pages_open_for_everybody_with_a_post_and_its_forms_for_those_who_may_write(table, town, sign_in):
    _, page, full = one_of(table)
    writers = NOTERS if table in RECORDS else WRITERS
    deeds = ("correct/", "strike/") if table in RECORDS else ("edit/", "withdraw/", "restore/")
    for person in [*sorted(READERS - writers), *sorted(writers)]:
        client = sign_in(person)
        assert client.get(full).status_code == 200
        assert client.get(page).status_code == 200
        for deed in deeds:
            assert client.get(page + deed).status_code == (200 if person in writers else 403), (person, deed)
            if person not in writers:
                assert client.post(page + deed, {"reason": "试", "on": "2020-10-01"}).status_code == 403, (person, deed)
        enters = person in writers or person not in {"guanli", "jiancha", "lingdao"}  # others for their own department
        assert client.get(f"{full}new/").status_code == (200 if enters else 403), person


@each
@pytest.mark.parametrize("person", sorted(STRANGERS, key=str))
def test_nobody_without_a_post_sees_anything_of_it(table, person, town, sign_in):
    row, page, full = one_of(table)
    client = sign_in(person)
    called = row.label if table in RECORDS else row.code
    for address in (full, page, f"{full}new/", f"{full}export.csv", f"{full}export.xlsx", f"/ledgers/find?text={called}", "/ledgers/"):
        answer = client.get(address)
        assert answer.status_code == (403 if person else 302), address
        assert called not in b"".join(answer).decode(errors="replace").replace(urlencode({"": called})[1:], "").replace(
            f"text={called}", ""
        )


@each
def test_its_form_sent_back_as_it_came_changes_nothing(table, town, sign_in):
    row, page, _ = one_of(table)
    client = sign_in("tongchou")
    address = page + ("correct/" if table in RECORDS else "edit/")
    typed = as_sent(client.get(address))
    assert {"csrfmiddlewaretoken", *specs(table)} - {"number"} <= set(typed) | {"department"}
    answer = client.post(address, typed)
    assert answer.status_code == 302, answer.context["form"].errors
    assert answer.url == page
    rows = table.model.objects.filter(number=row.number) if table in RECORDS else table.versions.objects.filter(entry=row.pk)
    assert rows.count() == 1


@each_ledger
def test_a_change_makes_a_version_and_leaving_and_coming_back_too(ledger, town):
    entry = entered(ledger)
    entries.amend(ledger, entry, {"note": "核对过"}, version=1, by=None, at=at(4, 1))
    entries.withdraw(ledger, entry, date(2020, 5, 1), "退出", version=2, by=None, at=at(5, 2))
    assert ids(ledger, status="withdrawn") == [entry.pk]
    assert ids(ledger, status="") == []
    entries.restore(ledger, entry, "误登", version=3, by=None, at=at(5, 3))
    assert list(ledger.versions.objects.filter(entry=entry.pk).order_by("version").values_list("note", "valid_to", "version")) == [
        ("", None, 1),
        ("核对过", None, 2),
        ("核对过", date(2020, 5, 1), 3),
        ("核对过", None, 4),
    ]
    past = listing(asked(ledger, {}, date(2020, 3, 31), past=True))
    assert [row.id for row in past.rows] == [entry.pk]
    verbs = Event.objects.filter(subject_type=entry._meta.label_lower).order_by("id").values_list("verb", flat=True)
    assert list(verbs) == ["entry.entered", "entry.amended", "entry.withdrawn", "entry.restored"]


@each_kind
def test_a_correction_replaces_a_record_and_a_struck_one_is_gone_from_the_list(kind, town):
    row = noted(kind)
    fresh = records.correct(kind, row, {"note": "核对过"}, "补记", by=None, at=at(10, 31, 10))
    assert ids(kind) == [fresh.pk]
    records.strike(kind, fresh, "重复", by=None, at=at(10, 31, 11))
    assert ids(kind) == []
    verbs = Event.objects.filter(subject_type=row._meta.label_lower).order_by("id").values_list("verb", flat=True)
    assert list(verbs) == ["record.noted", "record.corrected", "record.struck"]


@each
def test_its_exports_are_exactly_what_is_shown(table, town, sign_in):
    row, _, full = one_of(table)
    client = sign_in("lingdao")
    columns = ",".join(specs(table))
    page = shown(table, cols=columns)
    titles, cells = [one.heading for one in page.shown], [cell.words for cell in page.rows[0].cells]
    query = urlencode({"on-from": "all", "status": "all", "cols": columns})
    told = list(csv.reader(io.StringIO(b"".join(client.get(f"{full}export.csv?{query}")).decode("utf-8-sig"))))
    assert told[0] == titles
    assert len(told) == 2
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(client.get(f"{full}export.xlsx?{query}").content)).get_sheet_by_index(0).to_python()
    assert sheet[0] == titles
    for one, from_csv, from_book, said in zip(page.shown, told[1], sheet[1], cells, strict=True):
        value = getattr(row, one.name)
        if one.kind in (Kind.INTEGER, Kind.NUMBER) and value is not None:
            assert float(from_csv) == float(from_book) == float(value)
        elif one.kind is Kind.DATE and value is not None:
            assert from_csv == from_book.isoformat()[:10] == said
        elif one.kind is not Kind.MOMENT:
            assert from_csv.removeprefix("'") == str(from_book).removeprefix("'") == said
    assert len(told) == 1 + page.total == len(sheet)
    drawn = client.get(f"{full}export.geojson?{query}")
    if drawn.status_code == 200:
        places = json.loads(b"".join(drawn).decode())
        assert [list(feature["properties"]) for feature in places["features"]] == [titles]
        where = row.entry if table in RECORDS else row
        assert (places["features"][0]["geometry"] is None) == (where is None or (where.lon is None and where.shape is None))
    else:
        assert drawn.status_code == 404


@each
def test_a_page_asks_as_often_for_many_rows_as_for_one(table, town, sign_in):
    row, page, full = one_of(table)
    client = sign_in("tongchou")

    def asks(address):
        client.get(address)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address).status_code == 200
        return len(queries)

    few = asks(full), asks(page)
    for number in range(12):
        more = table.model.objects.get(pk=row.pk)
        more.pk = more.id = None
        more._state.adding = True
        if table in RECORDS:
            more.number = f"{row.number}-{number}"
        else:
            more.code, more.entry_ptr_id = f"{row.code}-{number}", None
        more.save()
    assert (asks(full), asks(page)) == few
    assert few[0] <= MOST_QUERIES
    sieve = next((sieve for sieve in sieves(table) if as_asked(sieve, row)), None)
    assert sieve is None or asks(f"{full}?{urlencode(as_asked(sieve, row))}") <= MOST_QUERIES


@each_kind
def test_every_filter_of_a_record_has_its_index(kind):
    """What a list of a million is narrowed by must be found at once: add the field to ``found_by`` of the model."""
    indexes = {tuple(index.fields) for index in kind.model._meta.indexes}
    assert ("-on", "-id", "replaced_at") in indexes
    for name in kind.filters:
        assert name == "on" or (name, "-on", "-id", "replaced_at") in indexes, name
    if filters := [name for name in kind.filters if name != "on"]:
        assert any(fields[:2] == ("-on", "-id") and set(filters) <= set(fields) for fields in indexes)
    assert all(len(index.name) <= 30 for index in kind.model._meta.indexes)
    with connection.cursor() as cursor:
        made = connection.introspection.get_constraints(cursor, kind.model._meta.db_table)
    assert {index.name for index in kind.model._meta.indexes} <= set(made)


@each_kind
def test_what_came_out_is_told_on_the_page_of_the_thing(kind, town, sign_in):
    row = noted(kind)
    if row.entry_id is None:
        assert kind.strangers
        return
    entry = Entry.objects.get(pk=row.entry_id)
    answer = sign_in("lingdao").get(f"/ledgers/{entry.kind}/{entry.pk}/")
    told = [line for line in answer.context["page"].timeline if line.title == kind.title]
    assert [line.on for line in told] == [row.on]
    if kind.result:
        assert told[0].bad == (getattr(row, kind.result) in kind.bad)
        assert words(spec(kind, kind.result), getattr(row, kind.result)) in told[0].words
