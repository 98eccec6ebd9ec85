"""What the contract of tables stands on: every declaration of the house and of the sample, and an example of each, by slug.

A room with ledgers or kinds of record of its own has ``tests/<room>/ledger_examples.py`` with ``EXAMPLES``: by slug the values somebody
would fill in, as many as there are fields. An entry is named by the code it has in its own example; the department is added here.
"""

import importlib.util
from pathlib import Path

from ledger_sample.declarations import VISITS, YARDS
from stage import at

from gongjian.ledgers import registry
from gongjian.ledgers.actions import entries, records
from gongjian.ledgers.fields import Kind, specs
from gongjian.ledgers.forms import ledger_of
from gongjian.people.models import Department

LEDGERS = [*registry.ledgers(), YARDS]
RECORDS = [*registry.record_kinds(), VISITS]
WRITERS = {"tongchou", "jiaotong"}  # of an entry that 交通局 keeps
NOTERS = WRITERS | {"jiancha"}
READERS = {"guanli", "tongchou", "chengjian", "chengjian-zhang", "jiaotong", "gongan", "shuiwu", "jiedao", "jiancha", "lingdao"}
STRANGERS = {None, "xinren"}  # a visitor, and an account without a post


def examples():
    """Every room's examples together."""
    found = {}
    for path in sorted(Path(__file__).parents[1].glob("*/ledger_examples.py")):
        description = importlib.util.spec_from_file_location(f"ledger_examples_of_{path.parent.name}", path)
        module = importlib.util.module_from_spec(description)
        description.loader.exec_module(module)
        found |= module.EXAMPLES
    return found


EXAMPLES = examples()


def values(table):
    """The example's values as an action takes them, what they point at being entered first."""
    said = dict(EXAMPLES[table.slug]) | {"department": Department.objects.get(name="交通局")}
    for name, one in specs(table).items():
        if one.kind is Kind.ENTRY and said.get(name) is not None:
            said[name] = entered(ledger_of(one.points_at))
    return said


def entered(ledger):
    """The example's entry, entered once, on the first of March."""
    code = EXAMPLES[ledger.slug]["code"]
    standing = ledger.model.objects.filter(kind=ledger.slug, code=code).first()
    return standing or entries.enter(ledger, values(ledger), by=None, at=at(3, 2))


def noted(kind):
    """The example's record, noted on the last of October, and what it is about."""
    ledger = registry.find_ledger(kind.ledger)
    if ledger.slug in EXAMPLES and EXAMPLES[ledger.slug]["code"] == EXAMPLES[kind.slug]["label"]:
        entered(ledger)
    return records.note(kind, values(kind), by=None, at=at(10, 31, 9))


def one_of(table):
    """An entry or a record of the table, with its page's address and the address of its list."""
    if table in RECORDS:
        row = noted(table)
        return row, f"/ledgers/records/{table.slug}/{row.pk}/", f"/ledgers/records/{table.slug}/"
    row = entered(table)
    return row, f"/ledgers/{table.slug}/{row.pk}/", f"/ledgers/{table.slug}/"
