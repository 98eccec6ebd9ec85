"""The virus-scan port: every scanner answers the same way, and what is not answered is not taken."""

import logging
import sys

import pytest
from django.core.exceptions import ImproperlyConfigured
from stage import at

from gongjian.files.actions import receive
from gongjian.files.scanning import CommandScanner, Infected, NoScanner, Scan, scanner_in_use
from gongjian.kernel.refusal import Refusal
from gongjian.project.incoming import megabytes, scanner_command
from gongjian.trail.models import Event

EICAR = b"%PDF-1.4 EICAR-STANDARD-ANTIVIRUS-TEST-FILE"
FAKE = "import sys; sys.exit(print('Eicar-Test FOUND') or 1 if b'EICAR' in sys.stdin.buffer.read() else 0)"
KEY = "0123456789abcdef" * 2


def scanner(program, **more):
    return CommandScanner((sys.executable, "-c", program), **more)


SCANNERS = {"none": (NoScanner(), Scan.UNSCANNED), "command": (scanner(FAKE), Scan.CLEAN)}


@pytest.mark.parametrize(("one", "said"), SCANNERS.values(), ids=SCANNERS)
@pytest.mark.parametrize("data", [b"%PDF-1.4 harmless", b"\0" * 300_000], ids=["small", "larger than a pipe"])
def test_every_scanner_lets_a_harmless_file_through_and_says_what_it_knows(one, said, data):
    assert one.scan(data, "报告.pdf") == said


def test_an_infected_file_is_refused_by_name_and_what_was_found_is_for_the_log():
    with pytest.raises(Infected, match=r"“报告\.pdf”查出病毒，没有接收") as caught:
        scanner(FAKE).scan(EICAR, "报告.pdf")
    assert caught.value.found == "Eicar-Test FOUND"
    assert "Eicar" not in str(caught.value)


@pytest.mark.parametrize(
    "one",
    [
        scanner("import sys; sys.exit(2)"),
        scanner("import time; time.sleep(30)", seconds=0.3),
        scanner("import os; os.kill(os.getpid(), 9)"),
        CommandScanner(("/nowhere/clamdscan", "-")),
    ],
    ids=["error", "silence", "killed", "no such program"],
)
def test_no_answer_is_no_leave(one, caplog):
    caplog.set_level(logging.CRITICAL)
    with pytest.raises(Refusal, match="没有接收：查毒程序没有给出结果") as caught:
        one.scan(b"%PDF-1.4 harmless", "报告.pdf")
    assert not isinstance(caught.value, Infected)


def test_a_program_that_answers_without_reading_is_believed():
    assert scanner("pass").scan(b"x" * 2_000_000, "报告.pdf") == Scan.CLEAN


@pytest.mark.django_db
def test_an_infected_file_leaves_an_event_and_nothing_else(settings, town, tmp_path):
    settings.GONGJIAN_UPLOADS = tmp_path
    settings.GONGJIAN_SCANNER = f'{sys.executable} -c "{FAKE}"'
    assert isinstance(scanner_in_use(), CommandScanner)
    with pytest.raises(Infected):
        receive(EICAR, "..\\照片<b>.pdf", key=KEY, by=town.user("chengjian"), at=at(10, 12))
    event = Event.objects.latest("id")
    assert (event.verb, event.subject_label, event.note) == ("file.infected", "照片b.pdf", "Eicar-Test FOUND")
    assert not list(tmp_path.rglob("*"))
    assert receive(b"%PDF-1.4 harmless", "报告.pdf", key=KEY, by=None, at=at(10, 12)).scan == Scan.CLEAN


def test_the_settings_refuse_what_cannot_be_meant():
    assert (scanner_command(""), scanner_command(f"{sys.executable} -")) == ("", f"{sys.executable} -")
    for written in ("clamdscan-that-is-not-there -", "'open"):
        with pytest.raises(ImproperlyConfigured, match="GONGJIAN_SCANNER"):
            scanner_command(written)
    assert megabytes("20") == 20 * 1024 * 1024
    for written in ("", "0", "101", "20M", "-1"):
        with pytest.raises(ImproperlyConfigured, match="GONGJIAN_LARGEST_FILE"):
            megabytes(written)
