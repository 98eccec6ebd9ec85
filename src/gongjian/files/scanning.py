"""Looking for viruses: one port, and whichever program an installation names (``GONGJIAN_SCANNER``)."""

from __future__ import annotations

import logging
import shlex
import subprocess  # nosec B404 # the one program the installation names
from dataclasses import dataclass
from typing import Protocol

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from gongjian.kernel.refusal import Refusal

log = logging.getLogger("gongjian.files")
CLEAN, INFECTED = 0, 1  # exit statuses of clamdscan, clamscan and what behaves like them


class Scan(models.TextChoices):
    """What is known of a kept file; an infected one is never kept."""

    UNSCANNED = "unscanned", _("未查毒")
    CLEAN = "clean", _("已查毒")


class Infected(Refusal):
    """A virus was found; ``found`` is what the program said, for the log."""

    def __init__(self, name: str, found: str) -> None:
        super().__init__(f"“{name[:60]}”查出病毒，没有接收；请清除病毒后重新上传，或联系单位的信息安全人员。")
        self.found = found


class Scanner(Protocol):
    """Looks through a file before it is kept."""

    def scan(self, data: bytes, name: str) -> Scan:
        """What is known of the file now. ``Infected`` where there is a virus, another Refusal where no answer could be had."""


@dataclass(frozen=True, slots=True)
class NoScanner:
    """Nobody looks: the installation names no program."""

    def scan(self, data: bytes, name: str) -> Scan:  # noqa: ARG002 - the port's signature
        """Not looked through."""
        return Scan.UNSCANNED


@dataclass(frozen=True, slots=True)
class CommandScanner:
    """A program that reads the file from its standard input and answers by its exit status: 0 clean, 1 infected.

    Anything else, no answer within ``seconds``, or no such program is no answer, and a file without an answer is not taken.
    """

    words: tuple[str, ...]
    seconds: float = 60.0

    def scan(self, data: bytes, name: str) -> Scan:
        """What the program says."""
        try:
            done = subprocess.run(self.words, input=data, capture_output=True, timeout=self.seconds, check=False)  # noqa: S603 - the installation's own words  # nosec B603 # the installation's own words, no shell; the file comes by standard input
        except (OSError, subprocess.TimeoutExpired) as error:
            log.exception("查毒程序没有给出结果")
            raise Refusal(_no_answer(name)) from error
        if done.returncode == CLEAN:
            return Scan.CLEAN
        said = (done.stdout + done.stderr).decode(errors="replace").strip()
        if done.returncode == INFECTED:
            raise Infected(name, said[:200])
        log.error("查毒程序退出码 %s：%s", done.returncode, said[:500])
        raise Refusal(_no_answer(name))


def scanner_in_use() -> Scanner:
    """The installation's scanner."""
    words: str = settings.GONGJIAN_SCANNER
    return CommandScanner(tuple(shlex.split(words))) if words else NoScanner()


def _no_answer(name: str) -> str:
    return f"“{name[:60]}”没有接收：查毒程序没有给出结果，请过一会儿再上传；仍不行请联系系统管理员。"
