"""The head of a document: its number, issuer, signer, date and title."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from gongjian.plans.planfile.model import PlanHead
from gongjian.plans.planfile.reading.wording import tidy

_NUMBER = re.compile(r"([\u4e00-\u9fff]{2,14}[〔\[［【(（]20\d\d[〕\]］】)）]第?\d{1,4}号)")
_SIGNER = re.compile(r"签发人[:：]([\u4e00-\u9fff·]{2,12})")
_DATE = re.compile(r"^(20\d\d)年(\d{1,2})月(\d{1,2})日(印发)?$")
_TITLE = re.compile(r"《([^《》]{4,80})》的(通知|意见|函)")
_ISSUER = re.compile(r"^([\u4e00-\u9fff]{3,30}(委员会|政府|办公室|办公厅|局|厅|委|组))(文件)?$")


def head_of(paragraphs: Sequence[str]) -> PlanHead:
    """The head found in the lines before the tables; what is not found stays empty."""
    lines = [tidy(paragraph) for paragraph in paragraphs]
    return PlanHead(
        number=_first(_NUMBER, lines),
        issuer=_issuer(lines),
        signer=_first(_SIGNER, lines),
        date=_date(lines),
        title=_first(_TITLE, lines),
    )


def _first(pattern: re.Pattern[str], lines: Sequence[str]) -> str:
    return next((found[1] for line in lines if (found := pattern.search(line))), "")


def _issuer(lines: Sequence[str]) -> str:
    """The body whose letterhead (…文件) or signature stands on a line of its own."""
    named = [found for line in lines if (found := _ISSUER.match(line))]
    return next((found[1] for found in named if found[3]), named[-1][1] if named else "")


def _date(lines: Sequence[str]) -> date | None:
    for line in lines:
        if found := _DATE.match(line):
            try:
                return date(int(found[1]), int(found[2]), int(found[3]))
            except ValueError:
                continue
    return None
