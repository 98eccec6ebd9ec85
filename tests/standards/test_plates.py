"""Number plates: every form the register gives out, every way people write them, and a reason for the rest."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongjian.standards.identifiers.plates import (
    PROVINCES,
    check_plate,
    is_local,
    is_new_energy,
    is_pure_electric,
    looks_like_plate,
    province,
)
from gongjian.standards.identifiers.spelling import BadIdentifier

SERIAL = st.sampled_from("ABCDEFGHJKLMNPQRSTUVWXYZ0123456789")
OFFICE = st.builds("".join, st.tuples(st.sampled_from(PROVINCES), st.sampled_from("ABCDEFGHJKLMNPQRSTUVWXYZ")))
ORDINARY = st.builds(lambda office, serial: office + serial, OFFICE, st.text(SERIAL, min_size=5, max_size=5))
DIGITS = st.text("0123456789", min_size=4, max_size=4)
SMALL = st.builds(lambda office, energy, one, four: office + energy + one + four, OFFICE, st.sampled_from("DABCEFGHJK"), SERIAL, DIGITS)
LARGE = st.builds(
    lambda office, four, one, energy: office + four + one + energy, OFFICE, DIGITS, st.sampled_from("0123456789"), st.sampled_from("DF")
)


@pytest.mark.parametrize(
    ("written", "plate"),
    [
        ("京A12345", "京A12345"),
        ("京a·1234b", "京A1234B"),
        (" 京Ａ １２３４５ ", "京A12345"),
        ("京A・12345", "京A12345"),
        ("京AD12345", "京AD12345"),
        ("京AF123挂", "京AF123挂"),
        ("粤Z1234港", "粤Z1234港"),
        ("粤ZX123澳", "粤ZX123澳"),
        ("京A1234警", "京A1234警"),
        ("京A1234学", "京A1234学"),
        ("沪A0023领", "沪A0023领"),
        ("使014578", "使014578"),
        ("224·001使", "224001使"),
        ("京A12345D", "京A12345D"),
        ("川A-8Z8Z8", "川A8Z8Z8"),
    ],
)
def test_each_form_is_brought_to_the_register_s_own_spelling(written, plate):
    assert check_plate(written) == plate
    assert looks_like_plate(written)


@pytest.mark.parametrize(
    ("written", "reason"),
    [
        ("京A1234", "车牌号“京A1234”位数不对，应为7位（新能源8位）"),
        ("", "车牌号没有填写"),
        ("·", "车牌号没有填写"),
        ("A12345", "车牌号“A12345”的第一个字不是省份简称"),
        ("国A12345", "车牌号“国A12345”的第一个字不是省份简称"),
        ("京AO2345", "车牌号“京AO2345”里不会有字母I和O，请核对是不是数字1和0"),
        ("京O12345", "车牌号“京O12345”里不会有字母I和O，请核对是不是数字1和0"),
        ("京AL12345", "车牌号“京AL12345”是8位，却不是新能源号牌的编排（第3位或末位应为D、F等能源字母）"),
        ("京A12345K", "车牌号“京A12345K”是8位，却不是新能源号牌的编排（第3位或末位应为D、F等能源字母）"),
        ("WJ11·1234X", "车牌号“WJ11·1234X”是军队或武警号牌，不进本台账"),
        ("VA12345", "车牌号“VA12345”是军队或武警号牌，不进本台账"),
        ("军A12345", "车牌号“军A12345”是军队或武警号牌，不进本台账"),
        ("京临1234A", "车牌号“京临1234A”是临时号牌，请填车辆识别代号或正式号牌"),
        ("京112345", "车牌号“京112345”的编排不对，应为省份简称、发牌机关字母和5位序号"),
        ("京A1234港", "车牌号“京A1234港”的编排不对，应为省份简称、发牌机关字母和5位序号"),
    ],
)
def test_what_is_no_plate_is_turned_down_with_the_reason(written, reason):
    with pytest.raises(BadIdentifier) as said:
        check_plate(written)
    assert str(said.value) == reason
    assert not looks_like_plate(written)


@given(st.one_of(ORDINARY, SMALL, LARGE), st.sampled_from(["", "·", " ", "-", "・"]))
def test_spelling_does_not_matter_and_the_canonical_form_is_its_own(plate, dot):
    written = f"{plate[:2]}{dot}{plate[2:]}".lower()
    assert check_plate(written) == check_plate(plate) == plate


@given(st.one_of(SMALL, LARGE))
def test_eight_characters_are_new_energy(plate):
    assert is_new_energy(plate)


@given(ORDINARY)
def test_seven_characters_are_not(plate):
    assert not is_new_energy(plate)
    assert not is_pure_electric(plate)


@pytest.mark.parametrize(
    ("plate", "electric"),
    [("京AD12345", True), ("京AE12345", True), ("京AF12345", False), ("京AK12345", False), ("京A12345D", True), ("京A12345F", False)],
)
def test_the_energy_letter_tells_pure_electric_from_the_rest(plate, electric):
    assert is_pure_electric(plate) is electric


def test_a_plate_is_local_to_the_province_that_gave_it_out():
    assert is_local("京A12345")
    assert not is_local("津A12345")
    assert is_local("津A12345", province="津")
    assert province("冀r12345") == "冀"
    assert province("使014578") == ""
    assert not is_local("使014578")


@given(st.text(max_size=12))
def test_nothing_but_a_reason_comes_of_any_text(text):
    try:
        said = check_plate(text)
    except BadIdentifier as refused:
        said = str(refused)
    assert (check_plate(said) == said) if looks_like_plate(text) else (said.startswith("车牌号") and said[-1] != "。")
