"""A real Chromium in front of the style guide."""

import shutil

import pytest

CHROMIUM = shutil.which("chromium")


@pytest.fixture(scope="module")
def browser():
    from playwright.sync_api import sync_playwright

    with sync_playwright() as player:
        chromium = player.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
        )
        yield chromium
        chromium.close()


@pytest.fixture
def open_page(browser, live_server, settings):
    """Open a page of the style guide at a width; ``before`` is handed the page before it goes anywhere."""
    engine = {**settings.TEMPLATES[0]}
    engine["OPTIONS"] = {**engine["OPTIONS"], "context_processors": ["django.template.context_processors.request"]}
    settings.TEMPLATES = [engine]
    pages = []

    def open_at(width, path="/styleguide/", before=lambda _: None, **context):
        page = browser.new_page(viewport={"width": width, "height": 800}, locale="zh-CN", **context)
        page.complaints, page.hosts = [], set()
        page.on("console", lambda message: message.type == "error" and page.complaints.append(message.text))
        page.on("pageerror", lambda error: page.complaints.append(str(error)))
        page.on("request", lambda request: page.hosts.add(request.url.split("/")[2].split(":")[0]))
        before(page)
        page.goto(f"{live_server.url}{path}")
        pages.append(page)
        return page

    yield open_at
    for page in pages:
        page.close()


@pytest.fixture
def atlas(open_page):
    """The map, painted."""

    def open_at(width=1366, asked="", **options):
        options.setdefault("reduced_motion", "reduce")  # the map goes at once where it is sent
        page = open_page(width, f"/styleguide/atlas/?{asked}", **options)
        page.set_default_timeout(8000)
        page.locator(".atlas-live[aria-busy=false]").wait_for()
        return page

    return open_at
