"""Quick ways to fill the sample."""

from datetime import date

from ledger_sample.declarations import VISITS, YARDS
from stage import at

from gongjian.ledgers.actions import entries, records
from gongjian.ledgers.enterprises import ENTERPRISES
from gongjian.people.models import Department


def department(name="交通局"):
    return Department.objects.get(name=name)


def company(code="91350100M000100Y43", name="甲厂", **said):
    return entries.enter(ENTERPRISES, {"code": code, "name": name, "department": department()} | said, by=None, at=at(3, 5))


def yard(code="Y-1", moment=None, **said):
    values = {"code": code, "name": "河东堆场", "department": department(), "sort": "open", "capacity": 20, "covered": True}
    return entries.enter(YARDS, values | said, by=None, at=moment or at(3, 10))


def visit(label="Y-1", on=date(2020, 5, 6), moment=None, **said):
    values = {"label": label, "on": on, "way": "walk", "department": department()}
    return records.note(VISITS, values | said, by=None, at=moment or at(on.month, on.day, 18, year=on.year))
