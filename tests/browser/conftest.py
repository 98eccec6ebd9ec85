"""A real Chromium in front of the whole demonstration, served on SQLite and PostgreSQL alike."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import kept_database
import made_once
import phone_in_browser
import pytest

HERE = Path(__file__).parent
# How a page looks does not depend on where its rows lie: its queries are tried on both by the rooms' own tests of pages.
LOOKS = ["test_browser_pages.py", "test_browser_map.py", "test_browser_ledger_map.py", "test_browser_paper.py", "test_browser_visitor.py"]
collect_ignore = LOOKS if os.environ.get("GONGJIAN_TEST_DB") == "postgres" else []
CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
QUIET = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
TALL = 900  # pixels
REFUSED = {403, 404, 409, 422}  # answers the browser itself writes a line about


def pytest_collection_modifyitems(items):
    """Every test in this folder needs a browser."""
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.browser)
            if CHROMIUM is None:
                item.add_marker(pytest.mark.skip(reason="no chromium on this machine: pages are not driven in a browser"))


@pytest.fixture(scope="module")  # no longer: playwright keeps a loop running, which other tests must not find
def chromium():
    from playwright.sync_api import sync_playwright

    with sync_playwright() as player:
        running = player.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield running
        running.close()


@pytest.fixture(scope="session")
def copies(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock():
        kept = kept_database.copies()
        yield kept
        kept.forget()


@pytest.fixture(scope="session")
def demonstration(copies, django_db_blocker):
    """What a first ``make run`` makes, made once and kept aside."""
    with django_db_blocker.unblock():
        copies.keep("before")
        name = made_once.make_or_bring(copies)
        copies.bring_back("before")
    return name


@pytest.fixture(scope="module")
def live_server(demonstration, copies, django_db_blocker):
    """The demonstration served while a module's tests run; afterwards the database is as it was before."""
    from pytest_django.live_server_helper import LiveServer

    with django_db_blocker.unblock():
        copies.keep("before")
        copies.bring_back(demonstration)
        server = LiveServer("127.0.0.1")
        yield server
        server.stop()
        copies.bring_back("before")


@pytest.fixture
def transactional_db(live_server):
    """In place of pytest-django's, which empties the database after every test: here ``undone`` brings it back where needed."""


@pytest.fixture
def undone(live_server, copies, demonstration):
    """For a test that writes: what it wrote is gone afterwards. Asked for before ``visit``, so that the pages close first."""
    yield
    copies.bring_back(demonstration)


@dataclass
class Watch:
    """What a page said in the console, and whom it asked."""

    said: list[tuple[str, str]] = field(default_factory=list)  # words, address
    hosts: set[str] = field(default_factory=set)
    refused: set[str] = field(default_factory=set)  # pages answered with a refusal on purpose

    def on(self, page):
        page.on("console", lambda message: message.type == "error" and self.said.append((message.text, message.location["url"])))
        page.on("pageerror", lambda error: self.said.append((str(error), "")))
        page.on("request", lambda request: self.hosts.add(request.url.split("/")[2]))
        page.on("response", lambda response: response.status in REFUSED and self.refused.add(response.url))

    def forget(self):
        """Look afresh."""
        self.said, self.hosts, self.refused = [], set(), set()

    @property
    def complaints(self) -> list[str]:
        return [words for words, url in self.said if not (words.startswith("Failed to load resource") and url in self.refused)]


@pytest.fixture(scope="module")
def browse(chromium, live_server):
    """Open a page as somebody (None: a visitor) at a width; each call is another browser with cookies of its own."""
    contexts = []

    def open_at(path="/", who=None, width=1366, **options):
        context = chromium.new_context(viewport={"width": width, "height": TALL}, locale="zh-CN", base_url=live_server.url, **options)
        contexts.append(context)
        if who:
            context.add_cookies([{"name": "sessionid", "value": _session(who), "url": live_server.url}])
        page = context.new_page()
        page.set_default_timeout(20_000)  # a busy machine takes its time
        page.watch = Watch()
        page.watch.on(page)
        page.goto(path)
        return page

    open_at.close = lambda: [context.close() for context in contexts] and contexts.clear()
    yield open_at
    open_at.close()


@pytest.fixture
def visit(browse) -> Iterator[object]:
    """``browse`` for one test. Whatever it did, no page complained in the console or asked another host."""
    pages = []

    def open_at(*place, **options):
        pages.append(browse(*place, **options))
        return pages[-1]

    yield open_at
    watches = [page.watch for page in pages]
    for page in pages:
        page.context.close()
    assert [words for watch in watches for words in watch.complaints] == []
    assert {host.split(":")[0] for watch in watches for host in watch.hosts} <= {"127.0.0.1"}


def _session(who: str) -> str:
    """A session as signing in makes it, without the time a password takes."""
    from django.test import Client

    from gongjian.people.models import User

    client = Client()
    client.force_login(User.objects.get(username=who), backend=BACKEND)
    return client.cookies["sessionid"].value


@pytest.fixture
def sign_in():
    """Sign in through the form, in a browser that stands on any page."""
    from gongjian.project.demonstration.accounts import listed

    def _sign_in(page, who):
        page.goto("/account/login/")
        page.get_by_label("用户名").fill(who)
        page.get_by_label("密码").fill(listed()[0])
        page.get_by_role("button", name="登录", exact=True).click()
        page.wait_for_load_state()
        return page

    return _sign_in


@pytest.fixture
def phone(undone, browse):
    """A page in a phone's browser of its own, on today's list with the worker at work."""
    phone_in_browser.begin()
    pages = []

    def _phone(path="/field/", who="zhifa", *, ready=True, **options):
        about = {"geolocation": phone_in_browser.HERE, "permissions": ["geolocation"], "has_touch": True}
        page = browse("/account/logout/", who, width=390, **about, **options)
        page.set_default_timeout(20_000)  # a phone's own places and stores take their time on a busy machine
        pages.append(page)
        page.goto(path)
        if ready:
            phone_in_browser.kept(page)
        return page

    yield _phone
    for page in pages:
        page.context.close()
