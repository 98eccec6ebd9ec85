"""A ledger is four files: its declaration with its model, the line that registers it, an example, the migration. The rest appears."""

from pathlib import Path

import pytest
from contract import EXAMPLES, entered, noted
from ledger_sample.declarations import VISITS, YARDS

from gongjian.ledgers import urls

pytestmark = pytest.mark.django_db
HERE = Path(__file__).parent
SRC = HERE.parents[1] / "src" / "gongjian"
PAGES_OF_AN_ENTRY = {"entries", "entries-export", "entry-new", "entry", "entry-edit", "entry-withdraw", "entry-restore"}
PAGES_OF_A_RECORD = {"records", "records-export", "record-new", "record", "record-correct", "record-strike"}
SHARED = {"catalogue", "find", "suggest", "register", "view-save", "view-drop"}


def test_the_sample_is_nothing_but_those_files():
    own = {path.name for path in (HERE / "ledger_sample").rglob("*.py")} - {"__init__.py"}
    assert own == {"declarations.py", "models.py", "0001_yards.py"}  # the model is part of the declaration
    assert {YARDS.slug, VISITS.slug} <= EXAMPLES.keys()


def test_no_other_file_of_the_house_knows_it():
    words = ("sample-yards", "sample-visits", "ledger_sample", "Yard", "堆场")
    assert not [path for path in SRC.rglob("*.*") if path.suffix in {".py", ".html"} and any(word in path.read_text() for word in words)]


def test_every_address_is_one_of_a_table_or_shared():
    """A page that is added must be counted here, and opened by the contract."""
    added = {pattern.name for pattern in urls.urlpatterns}
    assert added >= PAGES_OF_AN_ENTRY | PAGES_OF_A_RECORD | SHARED


def test_thirteen_pages_three_exports_each_and_places_to_find_it_appear(town, sign_in):
    entry, record = entered(YARDS), noted(VISITS)
    client = sign_in("tongchou")
    ledger, kind = f"/ledgers/{YARDS.slug}/", f"/ledgers/records/{VISITS.slug}/"
    pages = [
        ledger,
        f"{ledger}new/",
        *(f"{ledger}{entry.pk}/{deed}" for deed in ("", "edit/", "withdraw/", "restore/")),
        *(f"{base}export.{form}" for base in (ledger, kind) for form in ("xlsx", "csv", "geojson")),
        kind,
        f"{kind}new/",
        *(f"{kind}{record.pk}/{deed}" for deed in ("", "correct/", "strike/")),
        f"/ledgers/suggest/{YARDS.slug}?x={entry.code}",
    ]
    assert {address: client.get(address).status_code for address in pages} == dict.fromkeys(pages, 200)
    assert YARDS.title in client.get("/ledgers/").content.decode()
    assert VISITS.title in client.get("/ledgers/").content.decode()
    assert YARDS.title in client.get(f"/ledgers/find?text={entry.code}").content.decode()


def test_the_contract_holds_it_without_being_told(request):
    """As many cases as any other table has."""
    import test_ledger_contract as contract

    assert YARDS in contract.LEDGERS
    assert VISITS in contract.RECORDS
    cases = [name for name in vars(contract) if name.startswith("test_")]
    assert len(cases) >= 14
