"""Unified social credit codes (统一社会信用代码), GB 32100-2015, with the organisation code (组织机构代码, GB 11714-1997) inside.

18 characters: registering department, kind of body, six digits of the place, nine of the organisation (the last its own check),
and a check over all. Both checks are made, so that one wrong or two swapped characters are always noticed.
"""

from __future__ import annotations

import re

from gongjian.standards.identifiers.spelling import BadIdentifier, plain

LENGTH = 18
_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"  # without I, O, S, V, Z
_WEIGHTS = tuple(pow(3, place, 31) for place in range(17))
_ORGANISATION_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)
_FORM = re.compile(f"[{_ALPHABET}]{{2}}\\d{{6}}[{_ALPHABET}]{{10}}")
_CHARACTERS = re.compile(f"[{_ALPHABET}]+")


def check_credit_code(text: str) -> str:
    """The code in capitals without spaces or hyphens; BadIdentifier for a wrong length, character or check."""
    code = plain(text).replace("-", "")
    named = f"统一社会信用代码“{text.strip()}”"
    if not code:
        msg = "统一社会信用代码没有填写"
    elif len(code) != LENGTH:
        msg = f"{named}有{len(code)}位，应为18位"
    elif not _CHARACTERS.fullmatch(code):
        msg = f"{named}只能由数字和I、O、S、V、Z以外的字母组成"
    elif not _FORM.fullmatch(code):
        msg = f"{named}的第3至8位是登记地的区划代码，应为数字"
    elif code[16] != organisation_check(code[8:16]):
        msg = f"{named}第9至17位组织机构代码的校验位不对，请核对是否抄错"
    elif code[17] != _check_character(code[:17]):
        msg = f"{named}的末位校验码不对，请核对是否抄错"
    else:
        return code
    raise BadIdentifier(msg)


def looks_like_credit_code(text: str) -> bool:
    """Whether it has the length and the characters of one, whatever its checks: for finding the column in a sheet."""
    return bool(_FORM.fullmatch(plain(text).replace("-", "")))


def organisation_check(first8: str) -> str:
    """The ninth character of an organisation code: 0 to 9 or X, GB 11714 (modulus 11)."""
    total = sum(int(character, 36) * weight for character, weight in zip(first8, _ORGANISATION_WEIGHTS, strict=True))
    return "0123456789X0"[11 - total % 11]


def with_check(first17: str) -> str:
    """The whole code for its first 17 characters, or for the first 16, where the organisation's own check is put in as well.

    For codes that are made, not read. BadIdentifier when 17 are given whose organisation check is wrong.
    """
    body = first17 if len(first17) >= LENGTH - 1 else first17 + organisation_check(first17[8:])
    return check_credit_code(body + _check_character(body))


def _check_character(first17: str) -> str:
    total = sum(_ALPHABET.index(character) * weight for character, weight in zip(first17, _WEIGHTS, strict=True))
    return _ALPHABET[-total % 31]
