"""The frame, the components and the pages that say no."""

import re
from types import SimpleNamespace

import pytest
from django.contrib.auth.models import AnonymousUser
from django.template.loader import render_to_string
from django.test import RequestFactory

from gongjian.ui.styleguide import sample

ERRORS = ["403.html", "404.html", "500.html", "403_csrf.html", "ui/forbidden.html", "ui/notfound.html", "ui/broken.html"]
ACCOUNT = ["logout", "lockout", "account_inactive", "signup_closed"]


@pytest.fixture(autouse=True)
def _no_context_processors(settings):
    """A page here is given everything it shows."""
    engine = {**settings.TEMPLATES[0]}
    engine["OPTIONS"] = {**engine["OPTIONS"], "context_processors": ["django.template.context_processors.request"]}
    settings.TEMPLATES = [engine]


@pytest.fixture
def page():
    def render(template, **context):
        request = RequestFactory().get("/somewhere/?page=3")
        request.user = AnonymousUser()
        return render_to_string(template, {"user": request.user, **context}, request)

    return render


def test_every_component_renders(page):
    html = page("ui/styleguide.html", **sample())
    assert "<c-" not in html
    for words in ("综合执法局", "下月末", "共 1,234 条", "提交审核", "还没有月报", "原件出处：", "退回九月月报"):
        assert words in html


def test_a_page_says_its_language_and_has_its_landmarks(page):
    html = page("ui/styleguide.html", **sample())
    assert '<html lang="zh-Hans">' in html
    for landmark in ("<main ", "<header ", '<nav class="rail"', 'href="#content"', 'id="content"'):
        assert landmark in html
    assert html.count("<h1>") == 1


def test_another_day_than_today_is_said_in_words(page):
    html = page("ui/styleguide.html", **sample())
    assert "正在查看 2020-10-31 的情况" in html
    assert "dated is-past" in html


def test_simulated_data_is_marked_and_real_data_is_not(page):
    assert "演示数据（模拟）" in page("ui/notfound.html", simulated=True)
    assert "演示数据（模拟）" not in page("ui/notfound.html")


def test_only_rooms_that_are_given_are_shown(page):
    html = page("ui/notfound.html", nav=[{"title": "作战图", "url": "/", "icon": "map-2", "active": True}])
    assert html.count('aria-current="page"') == 2  # the rail and the bottom bar
    assert "台账" not in html


@pytest.mark.parametrize(("count", "shown"), [(4, 4), (5, 3), (9, 3)])
def test_the_bottom_bar_has_at_most_four_places(page, count, shown):
    nav = [{"title": f"页{n}", "url": f"/{n}/", "icon": "home", "active": False} for n in range(count)]
    bar = page("ui/notfound.html", nav=nav).split('<nav class="bottom"')[1]
    assert bar.count('<a class="bar-item"') == shown
    assert ("更多" in bar) == (count > 4)
    assert all(f"页{n}" in bar for n in range(count))


@pytest.mark.parametrize("template", ERRORS)
def test_a_page_that_says_no_needs_no_context(template):
    html = render_to_string(template)
    assert "<h1>" in html


def test_forbidden_says_who_may(page):
    assert "由“协调员”办理" in page("ui/forbidden.html", reason="这件事由“协调员”办理。")


def test_broken_gives_its_number_and_what_was_typed(page):
    html = page("ui/broken.html", number="3F9A21C7", typed=[("本月进展", "检查 <320> 辆次")])
    assert "3F9A21C7" in html
    assert "检查 &lt;320&gt; 辆次" in html


@pytest.mark.parametrize("name", ACCOUNT)
def test_account_pages_are_ours(page, name):
    html = page(f"account/{name}.html")
    assert "gongjian.css" in html
    assert not re.search(r"[A-Za-z]{4,}", re.sub(r"<[^>]*>", "", html.split("</head>")[1]))


def test_the_login_page_lists_demonstration_accounts_only_where_there_are_any(page):
    accounts = [SimpleNamespace(username="officer", role="部门填报员", department="综合执法局")]
    assert "officer" in page("account/login.html", demonstration_accounts=accounts)
    assert "演示账号" not in page("account/login.html")


def test_a_link_to_another_page_keeps_the_rest_of_the_address(page):
    html = page("ui/styleguide.html", **sample())
    assert 'href="?page=6" rel="next"' in html
