"""Number plates of motor vehicles (机动车号牌), GA 36-2018; forms of embassies and consulates from memory (m).

Plates of the army and the armed police are turned down: they are given out and inspected by the forces themselves, so a ledger that
held one could never be checked against a register, and where such a vehicle is kept is not for a civil ledger to say. Temporary
plates (临时号牌) are turned down too: they are gone before the next inspection, the vehicle is named by its VIN.
"""

from __future__ import annotations

import re

from gongjian.standards.identifiers.spelling import BadIdentifier, plain

PROVINCES = "京津冀晋蒙辽吉黑沪苏浙皖闽赣鲁豫鄂湘粤桂琼渝川贵云藏陕甘青宁新"
PURE_ELECTRIC, OTHER_NEW_ENERGY = "DABCE", "FGHJK"

_DOTS = re.compile(r"[·.•・‧∙●-]")
_SERIAL = "[A-HJ-NP-Z0-9]"
_OFFICE = f"[{PROVINCES}][A-HJ-NP-Z]"
_ORDINARY = re.compile(f"{_OFFICE}{_SERIAL}{{5}}")
_MARKED = re.compile(f"{_OFFICE}{_SERIAL}{{4}}[挂学警领使]|粤Z{_SERIAL}{{4}}[港澳]")
_EMBASSY = re.compile(r"使\d{6}|\d{6}使")
_SMALL = re.compile(f"{_OFFICE}[{PURE_ELECTRIC}{OTHER_NEW_ENERGY}]{_SERIAL}\\d{{4}}")
_LARGE = re.compile(f"{_OFFICE}\\d{{5}}[DF]")
_FORCES = re.compile(r"WJ.*|武警.*|[A-Z]{2}\d{4,6}|[军海空北沈兰济南广成].*")
_ORDINARY_LENGTH, _NEW_ENERGY_LENGTH = 7, 8


def check_plate(text: str) -> str:
    """The plate as its register writes it, without dot or spaces (京A12345, 京AD12345); BadIdentifier for anything else.

    Letters I and O are never read as 1 and 0: a guess could name somebody else's vehicle.
    """
    plate = _DOTS.sub("", plain(text))
    if any(form.fullmatch(plate) for form in (_ORDINARY, _MARKED, _EMBASSY, _SMALL, _LARGE)):
        return plate
    raise BadIdentifier(_reason(text.strip(), plate))


def looks_like_plate(text: str) -> bool:
    """Whether ``check_plate`` would take it."""
    try:
        check_plate(text)
    except BadIdentifier:
        return False
    return True


def is_new_energy(plate: str) -> bool:
    """Whether a plate is one of new-energy vehicles (绿牌): pure electric, plug-in hybrid, fuel cell."""
    return len(check_plate(plate)) == _NEW_ENERGY_LENGTH


def is_pure_electric(plate: str) -> bool:
    """Whether a new-energy plate says pure electric: D, A, B, C or E as against F, G, H, J or K."""
    plate = check_plate(plate)
    if len(plate) != _NEW_ENERGY_LENGTH:
        return False
    return (plate[-1] if _LARGE.fullmatch(plate) else plate[2]) in PURE_ELECTRIC


def province(plate: str) -> str:
    """The one-character short name of the province that gave the plate out (京); "" for an embassy's, which no province gives."""
    first = check_plate(plate)[0]
    return first if first in PROVINCES else ""


def is_local(plate: str, province: str = "京") -> bool:
    """Whether the plate was given out by ``province``."""
    return check_plate(plate)[0] == province


def _reason(written: str, plate: str) -> str:
    """The first thing that is wrong, the most telling first."""
    named = f"车牌号“{written}”"
    doubts = (
        (not plate, "车牌号没有填写"),
        (_FORCES.fullmatch(plate), f"{named}是军队或武警号牌，不进本台账"),
        ("临" in plate, f"{named}是临时号牌，请填车辆识别代号或正式号牌"),
        (plate[:1] not in f"{PROVINCES}使", f"{named}的第一个字不是省份简称"),
        (len(plate) not in (_ORDINARY_LENGTH, _NEW_ENERGY_LENGTH), f"{named}位数不对，应为7位（新能源8位）"),
        (set(plate) & set("IO"), f"{named}里不会有字母I和O，请核对是不是数字1和0"),
        (len(plate) == _NEW_ENERGY_LENGTH, f"{named}是8位，却不是新能源号牌的编排（第3位或末位应为D、F等能源字母）"),
        (True, f"{named}的编排不对，应为省份简称、发牌机关字母和5位序号"),
    )
    return next(sentence for wrong, sentence in doubts if wrong)
