"""Vehicle identification numbers (车辆识别代号), GB 16735-2019 and ISO 3779: 17 characters, the ninth of them a check digit."""

from __future__ import annotations

import re

from gongjian.standards.identifiers.spelling import BadIdentifier, plain

LENGTH = 17
_CHECK_AT = 8  # counted from 0
_FORM = re.compile(r"[A-HJ-NPR-Z0-9]{17}")
_SEPARATORS = re.compile(r"[-·.*]")
# Letters count A–H 1–8, J–R 1–9 without O and Q, S–Z 2–9.
_VALUES = {str(digit): digit for digit in range(10)} | dict(
    zip("ABCDEFGHJKLMNPRSTUVWXYZ", [1, 2, 3, 4, 5, 6, 7, 8, 1, 2, 3, 4, 5, 7, 9, 2, 3, 4, 5, 6, 7, 8, 9], strict=True)
)
_WEIGHTS = (8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2)


def check_vin(text: str) -> str:
    """The number in capitals without separators; BadIdentifier for a wrong length, character or check digit.

    GB 16735 also asks for digits in the last four places (m). The check digit is binding in China, for imports too; where another
    country left it open (European cars often carry Z in the ninth place) the registration here carries a number of our form.
    """
    vin = _SEPARATORS.sub("", plain(text))
    named = f"车辆识别代号“{text.strip()}”"
    if not vin:
        msg = "车辆识别代号没有填写"
    elif len(vin) != LENGTH:
        msg = f"{named}有{len(vin)}位，应为17位"
    elif not _FORM.fullmatch(vin):
        msg = f"{named}只能由数字和I、O、Q以外的字母组成"
    elif not vin[-4:].isdecimal():
        msg = f"{named}的最后4位应为数字"
    elif vin[_CHECK_AT] != (expected := check_digit(vin)):
        msg = f"{named}的第9位校验位不对，按其余各位应为{expected}，请核对是否抄错"
    else:
        return vin
    raise BadIdentifier(msg)


def looks_like_vin(text: str) -> bool:
    """Whether it has the length and the characters of one, whatever its check digit: for finding the column in a sheet."""
    return bool(_FORM.fullmatch(_SEPARATORS.sub("", plain(text))))


def check_digit(vin: str) -> str:
    """The ninth character that the other sixteen of a 17-character number call for: 0 to 9 or X; ValueError for a wrong form."""
    if not _FORM.fullmatch(vin):
        msg = f"not of the form of a VIN: {vin!r}"
        raise ValueError(msg)
    rest = sum(_VALUES[character] * weight for character, weight in zip(vin, _WEIGHTS, strict=True)) % 11
    return "X" if rest == 10 else str(rest)  # noqa: PLR2004 - the standard's own ten


def with_check_digit(vin: str) -> str:
    """The number with its ninth character made right, whatever stood there: for numbers that are made, not read."""
    return vin[:_CHECK_AT] + check_digit(vin) + vin[_CHECK_AT + 1 :]
