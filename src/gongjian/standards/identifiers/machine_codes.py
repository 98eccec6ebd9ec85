"""Environmental registration numbers of non-road mobile machinery (非道路移动机械环保登记号码).

关于加快推进非道路移动机械摸底调查和编码登记工作的通知 of the ministry's office (2019, no. 655, m) has machinery
registered by "one machine, one number", given out by the national platform. How the number is built stands in its annex, which was
not to be found: **all of the form below is from memory (m)** and kept lenient.

Eight characters: the emission stage, then seven of letters and digits given out by province and city in running order. Stage 0
to 4 for 国零 to 国四 (0 may be left to 1), D for electric, X for unknown. Nothing is read out of the seven. When the annex is at
hand, tighten ``_FORM`` and nothing else.
"""

from __future__ import annotations

import re

from gongjian.standards.identifiers.spelling import BadIdentifier, plain

LENGTH = 8
ELECTRIC, UNKNOWN = "D", "X"
_FORM = re.compile(r"[0-4DX][A-HJ-NP-Z0-9]{7}")
_SEPARATORS = re.compile(r"[-·.]")


def check_machine_code(text: str) -> str:
    """The number in capitals, eight characters without separators; BadIdentifier for any other form."""
    code = _SEPARATORS.sub("", plain(text))
    named = f"环保登记号码“{text.strip()}”"
    if not code:
        msg = "环保登记号码没有填写"
    elif len(code) != LENGTH:
        msg = f"{named}有{len(code)}位，应为8位"
    elif code[0] not in "01234DX":
        msg = f"{named}的第1位是排放阶段，应为0至4、D（电动）或X（不明）"
    elif not _FORM.fullmatch(code):
        msg = f"{named}只能由数字和I、O以外的字母组成"
    else:
        return code
    raise BadIdentifier(msg)


def looks_like_machine_code(text: str) -> bool:
    """Whether ``check_machine_code`` would take it."""
    return bool(_FORM.fullmatch(_SEPARATORS.sub("", plain(text))))


def stage_in(code: str) -> int | None:
    """The emission stage the number states, 0 to 4; None for an electric machine or an unknown stage."""
    first = check_machine_code(code)[0]
    return int(first) if first.isdecimal() else None
