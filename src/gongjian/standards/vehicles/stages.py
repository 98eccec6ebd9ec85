"""Emission stages: vehicles 国零 to 国六 (GB 17691, GB 18352), non-road machinery 国零 to 国四 (GB 20891), as numbers from 0."""

from __future__ import annotations

import re
import unicodedata
from enum import IntEnum

from gongjian.kernel.entry import BadEntry

_CHINESE = "零一二三四五六"
_ROMAN = ("", "I", "II", "III", "IV", "V", "VI")
_NUMBERS = (
    {sign: number for number, sign in enumerate(_CHINESE)}
    | {roman: number for number, roman in enumerate(_ROMAN) if roman}
    | {str(number): number for number in range(7)}
    | {"〇": 0, "O": 0}
)
# 国六a and 国六b are one stage here: the limits in use and the factors do not tell them apart.
_FORM = re.compile(r"(?:国家?)?第?([零〇一二三四五六]|[IV]{1,3}|[0-6O])(?:阶段)?(?:[AB])?(?:阶段)?(?:排放)?(?:标准)?")
_BEFORE_ONE = re.compile(r"(?:国一|国1|国I)(?:以|之)?前|无标准|无排放标准")


class BadVehicleWord(BadEntry):
    """A stage, fuel or class that no rule knows; ``str()`` is a Chinese reason without a full stop."""


class EmissionStage(IntEnum):
    """The stage a vehicle was type-approved to; the number is the stage, so that older is smaller."""

    ZERO, ONE, TWO, THREE, FOUR, FIVE, SIX = range(7)

    @property
    def word(self) -> str:
        """国零 to 国六."""
        return f"国{_CHINESE[self]}"


class MachineStage(IntEnum):
    """The stage of a non-road machine's engine; the number is the stage."""

    ZERO, ONE, TWO, THREE, FOUR = range(5)

    @property
    def word(self) -> str:
        """国零 to 国四."""
        return f"国{_CHINESE[self]}"


def parse_stage(text: str) -> EmissionStage:
    """The stage of a vehicle: 国三, 国Ⅲ, 国3, 国III, 第三阶段, 国六b, 国一前; BadVehicleWord for anything else."""
    return EmissionStage(_number(text, len(EmissionStage), "国零至国六"))


def parse_machine_stage(text: str) -> MachineStage:
    """The stage of a machine, written like that of a vehicle; BadVehicleWord for anything else, 国五 too."""
    return MachineStage(_number(text, len(MachineStage), "国零至国四"))


def _number(text: str, stages: int, named: str) -> int:
    written = re.sub(r"\s", "", unicodedata.normalize("NFKC", text)).upper()
    if _BEFORE_ONE.fullmatch(written):
        return 0
    found = _FORM.fullmatch(written)
    number = _NUMBERS.get(found[1]) if found else None
    if number is None or number >= stages:
        msg = f"排放阶段“{text.strip()}”认不出，应为{named}"
        raise BadVehicleWord(msg)
    return number
