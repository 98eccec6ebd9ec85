"""The command line as a person runs it: another process, a home of its own."""

import os
import shutil
import subprocess
import sys

import pytest
import ready_database

# Processes with a SQLite home of their own, whatever the tests run on; and what the demonstration tells, which does not depend on where
# it lies: that it comes about on PostgreSQL too is seen in the browser tests.
APART = ["test_one_file.py", "test_command_line.py", "test_production.py", "test_demonstration*.py"]
collect_ignore_glob = APART if os.environ.get("GONGJIAN_TEST_DB") == "postgres" else []
OURS = ("GONGJIAN_", "DJANGO_", "PYTEST_")


@pytest.fixture(scope="session")
def run():
    """``gongjian …`` in a process of its own, with nothing of this run's environment but what is given."""

    def _run(*arguments, home, typed="", **environment):
        kept = {name: value for name, value in os.environ.items() if not name.startswith(OURS)}
        return subprocess.run(  # noqa: S603 - our own program
            [sys.executable, "-m", "gongjian.project.cli", *map(str, arguments)],
            env={**kept, "GONGJIAN_HOME": str(home), "PYTHONIOENCODING": "utf-8", **environment},
            input=typed,
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=120,
            check=False,
            cwd=home.parent,
        )

    return _run


@pytest.fixture
def refused():
    """That a run was refused: status 2 and one Chinese sentence, which is returned; no traceback."""

    def _refused(done):
        assert done.returncode == 2, done.stderr
        assert "Traceback" not in done.stderr
        lines = done.stderr.strip().splitlines()
        assert len(lines) == 1, done.stderr
        assert lines[0].endswith("。")
        return lines[0]

    return _refused


@pytest.fixture(scope="module")
def home(tmp_path_factory, django_db_setup):
    """A home with tables and nothing in them, made once for a module."""
    folder = tmp_path_factory.mktemp("gongjian") / "home"
    folder.mkdir()
    shutil.copy(ready_database.file(), folder / "gongjian.sqlite3")
    return folder
