"""How often a page asks the database: a fixed number, whatever the size of the plan and its history."""

from datetime import date, timedelta

import pytest
import stage
from django.db import connection
from django.test.utils import CaptureQueriesContext
from stage import at, load, plan

from gongjian.kernel.deadlines import parse_deadline
from gongjian.plans.planfile import model

pytestmark = pytest.mark.django_db
MOST = {"map": 15, "measure": 26, "report": 24, "work of a department": 18, "work of the office": 19, "month": 24, "trail": 6}


def addresses(town):
    a12 = town.measure("A1.2").pk
    return {
        "map": ("jiancha", "/"),
        "measure": ("tongchou", f"/measure/{a12}/"),
        "report": ("chengjian", f"/measure/{a12}/report/2020-04/"),
        "work of a department": ("chengjian", "/work/"),
        "work of the office": ("tongchou", "/work/"),
        "trail": ("tongchou", "/trail/"),
        "month": ("tongchou", "/reports/2020-04/"),
    }


def asked(client, address):
    client.get(address)  # the session, once
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    return len(queries)


def made(number):
    """A measure that resembles no other."""
    words = "".join(chr(0x4E00 + 40 * number + step) for step in range(20))
    key = f"A{10 + number // 4}.{number % 4 + 1}"
    return model.Measure(
        key=key,
        plan=stage.AIR,
        section="三、其他",
        task_no=10 + number // 4,
        task=f"任务{number // 4}",
        measure_no=number % 4 + 1,
        deadline=parse_deadline("年底前"),
        digest=words,
        lead=(stage.party("城建局"),),
        support=(stage.party("交通局"), stage.party("水务局")),
        commitments=(model.Commitment(stage.M.MILESTONE, what=f"节点{number}"), model.Commitment(stage.M.NARRATIVE)),
    )


def grow(town):
    """Three times the measures, and three times the months of reports."""
    first = plan()
    load(
        model.PlanDocument(first.head, first.plans, (*first.measures, *map(made, range(14))), directory=first.directory),
        moment=at(4, 2),
        slug=stage.SLUG,
    )
    for month in range(4, 10):
        for key in ("A1.2", "A2.1", "A10.1", "A11.2"):
            if month != 4 or (key.startswith("A1") and key != "A1.2"):
                due = date(2020, month + 1, 8)
                town.returned(key, month, "chengjian", at(due.month, due.day))
                town.accepted(key, month, "chengjian", at(due.month, due.day + 1))


@pytest.mark.parametrize("name", MOST)
def test_a_page_asks_as_often_for_a_large_plan_as_for_a_small_one(town, sign_in, name):
    town.accepted("A1.2", 4, "chengjian", at(5, 7))
    person, address = addresses(town)[name]
    client = sign_in(person)
    small = asked(client, address)
    grow(town)
    assert asked(client, address) == small
    assert small <= MOST[name]


def test_a_past_day_and_filters_cost_nothing_more(town, sign_in):
    client = sign_in("tongchou")
    day = date(2020, 9, 1) - timedelta(40)
    assert asked(client, f"/?on={day}&light=red&text=局&due=year-end&department=1") == asked(client, "/")
