"""Several processes at work on one SQLite file: nothing is lost, one is first, and nobody meets a lock."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import ready_database

WORKER = Path(__file__).with_name("one_file_worker.py")
PEOPLE, CASES, COMMENTS = 6, 12, 12


def begun(home, what):
    inherited = {name: value for name, value in os.environ.items() if not name.startswith(("GONGJIAN_", "DJANGO_"))}
    pipes = dict.fromkeys(("stdin", "stdout", "stderr"), subprocess.PIPE)
    command = [sys.executable, str(WORKER), what]
    return subprocess.Popen(command, env=inherited | {"GONGJIAN_HOME": str(home)}, text=True, **pipes)  # noqa: S603 - our own worker


def told(process):
    out, err = process.communicate("go\n", timeout=120)
    assert process.returncode == 0, err
    return json.loads(out) if out.strip() else None


def test_six_at_once_on_one_file_lose_nothing_and_meet_no_lock(tmp_path, django_db_setup):
    shutil.copy(ready_database.file(), tmp_path / "gongjian.sqlite3")
    told(begun(tmp_path, "setup"))
    people = [begun(tmp_path, str(number)) for number in range(PEOPLE)]
    outcomes = [told(person) for person in people]
    signed, comments = told(begun(tmp_path, "count"))
    assert sum(done for done, _ in outcomes) == signed == CASES
    assert sum(refused for _, refused in outcomes) == (PEOPLE - 1) * CASES
    assert comments == PEOPLE * COMMENTS
