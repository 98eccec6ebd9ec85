"""The field: outlets with instruments, an emptied live store, the office's clock stopped; and people to look at it."""

import html
import re

import pytest
from django.db import connection
from live_field import NOW, build, empty_live

from gongjian.telemetry.queries import live

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@pytest.fixture
def field(town, db, settings, tmp_path, monkeypatch):
    settings.HOME = tmp_path
    empty_live()
    for module in ("board", "station", "events", "devices", "vehicles"):
        monkeypatch.setattr(f"gongjian.live.views.{module}.now", lambda: NOW)
    yield build(town)
    empty_live()
    if connection.vendor == "postgresql":  # nobody may be at work in the database when it is dropped; the next use connects anew
        live().close()


@pytest.fixture
def sign_in(client, town):
    """A browser signed in as somebody."""

    def _sign_in(who):
        client.logout()
        if who:
            client.force_login(town.user(who), backend=BACKEND)
        return client

    return _sign_in


@pytest.fixture
def said():
    """The words of a page, without markup."""

    def _said(answer):
        assert answer.status_code == 200
        text = re.sub(r"<(script|style)[^>]*>.*?</\1>", " ", answer.content.decode(), flags=re.DOTALL)
        text = re.sub(r"</?(span|b|i)\b[^>]*>", "", text)  # what stands in a line stays together
        return re.sub(r"(\d) ?(mg|µg|m/s)", r"\1 \2", html.unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", text))))

    return _said
