"""A ledger nobody had to change: that somebody looked is noted, and makes it fresh."""

import re

import pytest
from ledger_sample.declarations import YARDS
from sampled import yard
from stage import at

from gongjian.ledgers.actions import entries
from gongjian.trail.models import Event

pytestmark = pytest.mark.django_db


def said(answer):
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


@pytest.fixture
def filled(town):
    first = yard("Y-1", keeper="", street="滨河街道")
    entries.amend(YARDS, first, {"capacity": 30}, version=1, by=town.user("jiaotong"), at=at(7, 1), note="扩容")
    return first


def test_a_ledger_is_looked_through_and_counts_as_fresh(filled, sign_in):
    client = sign_in("jiaotong")
    assert "/ledgers/sample-yards/confirm/" in client.get("/ledgers/sample-yards/").content.decode()
    page = client.get("/ledgers/sample-yards/confirm/")
    assert "上次更新或核对是 2020年7月1日" in said(page)
    chosen = page.context["form"]["department"].value()
    assert client.post("/ledgers/sample-yards/confirm/", {"department": chosen, "note": "逐处看过"}).status_code == 302
    assert Event.objects.latest("pk").verb == "ledger.confirmed"
    assert "超过 92 天" not in said(client.get("/ledgers/"))


def test_who_keeps_nothing_in_a_ledger_has_nothing_to_look_through(filled, sign_in):
    other = sign_in("shuiwu")
    page = other.get("/ledgers/sample-yards/confirm/")
    assert "无须核对" in said(page)
    forged = other.post("/ledgers/sample-yards/confirm/", {"department": filled.department_id, "note": ""})
    assert forged.status_code == 422
    assert sign_in("lingdao").get("/ledgers/sample-yards/confirm/").status_code == 403
    assert not Event.objects.filter(verb="ledger.confirmed").exists()
