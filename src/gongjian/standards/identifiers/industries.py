"""Industries by GB/T 4754-2017 (国民经济行业分类) with amendment 1 of 2019: the 20 sections (门类) and 97 divisions (大类).

Groups (中类, three digits) and classes (小类, four) are taken by their form and their division; their own names are not kept here.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType

from gongjian.standards.identifiers.spelling import BadIdentifier, plain

_FORM = re.compile(r"([A-T])?(\d{2,4})?")
_DIVISION = 2


def check_industry(text: str) -> str:
    """The code without its section letter, or the letter alone: C, 26, 261, 2614; BadIdentifier for one the standard lacks.

    C26 and C2614 are taken as well, when the letter is that of the division. A division of one digit needs its zero: 01, not 1.
    """
    code = plain(text)
    named = f"行业代码“{text.strip()}”"
    if not code:
        msg = "行业代码没有填写"
    elif not (found := _FORM.fullmatch(code)):
        msg = f"{named}应为一个字母（门类）或2至4位数字（大类、中类、小类）"
    elif (digits := found[2]) is None:
        return code
    elif digits[:_DIVISION] not in divisions():
        msg = f"{named}不在《国民经济行业分类》（GB/T 4754-2017）的97个大类里"
    elif found[1] not in (None, section := section_of(digits)):
        msg = f"{named}的门类不对，大类{digits[:_DIVISION]}属于门类{section}"
    else:
        return digits
    raise BadIdentifier(msg)


def industry_name(code: str) -> str:
    """The Chinese name of the section, or of the division that the two, three or four digits stand in (2614: that of 26)."""
    code = check_industry(code)
    return sections()[code] if code.isalpha() else divisions()[code[:_DIVISION]]


def section_of(code: str) -> str:
    """The letter of the section a code stands in: C for 2614, and for C itself; KeyError for a division there is not."""
    return code if code.isalpha() else _rows()[code[:_DIVISION]][0]


def sections() -> Mapping[str, str]:
    """Letter and name of the 20 sections, in order."""
    return MappingProxyType({code: name for code, (_, name) in _rows().items() if code.isalpha()})


def divisions() -> Mapping[str, str]:
    """Two digits and name of the 97 divisions, in order."""
    return MappingProxyType({code: name for code, (_, name) in _rows().items() if code.isdecimal()})


@cache
def _rows() -> dict[str, tuple[str, str]]:
    """Code to section and name, from the table beside this module."""
    lines = files(__package__).joinpath("industries.tsv").read_text(encoding="utf-8").splitlines()
    return {code: (section, name) for section, code, name in (line.split("\t") for line in lines)}
