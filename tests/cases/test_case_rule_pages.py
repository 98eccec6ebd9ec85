"""The page of finding rules: read by all who see cases, decided by the coordinating office."""

import re
from html import unescape

import pytest
from django.urls import reverse

pytestmark = pytest.mark.django_db
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@pytest.fixture
def sign_in(client, town):
    def _sign_in(name):
        client.force_login(town.user(name), backend=BACKEND)
        return client

    return _sign_in


def words(answer):
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", answer.content.decode())).split())


def test_the_coordinating_office_uses_and_stops_a_rule_and_nobody_else_is_offered_to(desk, sign_in):
    office = sign_in("tongchou")
    use, stop = (reverse(f"cases:rule-{deed}", args=["road-check-over-limit"]) for deed in ("use", "stop"))
    assert use in office.get(reverse("cases:rules")).content.decode()
    assert "请填写日期" in words(office.post(use, {"since": "昨天"}))
    assert office.post(use, {"since": "2020-10-30"}).status_code == 302
    told = office.get(reverse("cases:rules"))
    assert "自 2020-10-30 的记录起" in words(told)
    assert stop in told.content.decode()
    assert "已经启用" in words(office.post(use, {"since": "2020-10-30"}))
    officer = sign_in("gongan")
    assert stop not in officer.get(reverse("cases:rules")).content.decode()
    assert officer.post(stop).status_code == 403
    assert sign_in("tongchou").post(stop).status_code == 302
