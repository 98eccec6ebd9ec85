"""Production invents nothing: what must be given is asked for by name, and what guards it is on."""

import json
import os
import subprocess
import sys

import pytest

GIVEN = {
    "GONGJIAN_MODE": "production",
    "GONGJIAN_SECRET_KEY": "".join(map(chr, range(40, 100))),
    "GONGJIAN_HOSTS": "gongjian.example.gov.cn",
}


@pytest.fixture
def home(tmp_path):
    """A home that holds nothing yet."""
    folder = tmp_path / "home"
    folder.mkdir()
    return folder


@pytest.mark.parametrize("missing", ["GONGJIAN_SECRET_KEY", "GONGJIAN_HOSTS"])
@pytest.mark.parametrize("empty", [True, False])
def test_it_refuses_to_start_without_what_it_needs_and_names_it(run, refused, home, missing, empty):
    given = {name: value for name, value in GIVEN.items() if name != missing}
    if empty:
        given[missing] = ""
    assert missing in refused(run("run" if empty else "jobs", home=home, **given))
    assert list(home.iterdir()) == []  # no key was made up on the way


def test_any_other_mode_is_production(run, refused, home):
    """A misspelt mode must not open a demonstration with known passwords to the world."""
    assert "GONGJIAN_SECRET_KEY" in refused(run("manage", "check", home=home, GONGJIAN_MODE="prod"))


def settings_of(home, **environment):
    """The settings as production reads them."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("GONGJIAN_", "DJANGO_"))}
    names = (
        "DEBUG DEMONSTRATION SESSION_COOKIE_SECURE CSRF_COOKIE_SECURE SECURE_SSL_REDIRECT SECURE_HSTS_SECONDS ALLOWED_HOSTS "
        "GONGJIAN_OPEN_TO_VISITORS SESSION_COOKIE_HTTPONLY X_FRAME_OPTIONS"
    )
    code = (
        f"import json; from gongjian.project import settings as s; print(json.dumps({{n: getattr(s, n, None) for n in '{names}'.split()}}))"
    )
    done = subprocess.run(  # noqa: S603 - our own program
        [sys.executable, "-c", code], env={**kept, "GONGJIAN_HOME": str(home), **environment}, capture_output=True, text=True, check=True
    )
    return json.loads(done.stdout)


def test_what_guards_a_site_is_on(home):
    found = settings_of(home, **GIVEN)
    assert found == {
        "DEBUG": False,
        "DEMONSTRATION": False,
        "SESSION_COOKIE_SECURE": True,
        "CSRF_COOKIE_SECURE": True,
        "SECURE_SSL_REDIRECT": True,
        "SECURE_HSTS_SECONDS": 31_536_000,
        "ALLOWED_HOSTS": ["gongjian.example.gov.cn"],
        "GONGJIAN_OPEN_TO_VISITORS": False,
        "SESSION_COOKIE_HTTPONLY": True,
        "X_FRAME_OPTIONS": "DENY",
    }


def test_hosts_may_be_written_with_spaces(home):
    found = settings_of(home, **{**GIVEN, "GONGJIAN_HOSTS": "a.gov.cn, b.gov.cn"})
    assert found["ALLOWED_HOSTS"] == ["a.gov.cn", "b.gov.cn"]


def test_it_passes_djangos_own_deployment_check(run, home):
    done = run("manage", "check", "--deploy", "--fail-level", "WARNING", home=home, **GIVEN)
    assert done.returncode == 0, done.stderr


def test_a_production_site_is_prepared_without_people_or_made_up_reports(run, home):
    """Tables, static files and the built-in plan; no account, no report, and how to make the first administrator."""
    code = (
        "import django; django.setup(); from gongjian.project.first_run import prepare; lines = prepare(say=lambda _: None);"
        "from gongjian.people.models import User; from gongjian.plans.models import Measure, Report;"
        "print(Measure.objects.count(), User.objects.count(), Report.objects.count()); print(*lines, sep='\\n')"
    )
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("GONGJIAN_", "DJANGO_"))}
    environment = {**kept, "GONGJIAN_HOME": str(home), "DJANGO_SETTINGS_MODULE": "gongjian.project.settings", **GIVEN}
    done = subprocess.run(  # noqa: S603 - our own program
        [sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=False
    )
    assert done.stdout.splitlines()[0] == "88 0 0", done.stderr
    assert "gongjian people administrator" in done.stdout


def test_the_demonstrations_key_is_made_once_and_for_its_owner_only(run, home):
    assert run("manage", "check", home=home).returncode == 0
    key = home / "secret-key"
    assert key.stat().st_mode & 0o077 == 0
    before = key.read_text(encoding="utf-8")
    run("manage", "check", home=home)
    assert key.read_text(encoding="utf-8") == before
