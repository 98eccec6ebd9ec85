"""VINs, credit codes, machine numbers and industry codes: well-known ones pass, one wrong character never does."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from gongjian.kernel.entry import BadEntry
from gongjian.standards.identifiers.credit_codes import check_credit_code, looks_like_credit_code, organisation_check, with_check
from gongjian.standards.identifiers.industries import check_industry, divisions, industry_name, section_of, sections
from gongjian.standards.identifiers.machine_codes import check_machine_code, looks_like_machine_code, stage_in
from gongjian.standards.identifiers.spelling import BadIdentifier
from gongjian.standards.identifiers.vin import check_digit, check_vin, looks_like_vin, with_check_digit

VIN_LETTERS = "ABCDEFGHJKLMNPRSTUVWXYZ0123456789"
CODE_LETTERS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
VINS = st.builds(
    lambda head, tail: with_check_digit(head + tail),
    st.text(VIN_LETTERS, min_size=13, max_size=13),
    st.text("0123456789", min_size=4, max_size=4),
)
CODES = st.builds(
    lambda head, place, body: with_check(head + place + body),
    st.text(CODE_LETTERS, min_size=2, max_size=2),
    st.text("0123456789", min_size=6, max_size=6),
    st.text(CODE_LETTERS, min_size=8, max_size=8),
)


def reason(check, written):
    with pytest.raises(BadIdentifier) as said:
        check(written)
    assert isinstance(said.value, BadEntry)
    return str(said.value)


@pytest.mark.parametrize("vin", ["1M8GDM9AXKP042788", "11111111111111111", "5GZCZ43D13S812715"])
def test_numbers_known_to_be_valid_are(vin):
    assert check_vin(f" {vin.lower()} ") == vin
    assert looks_like_vin(vin)


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("", "车辆识别代号没有填写"),
        ("1M8GDM9AXKP04278", "车辆识别代号“1M8GDM9AXKP04278”有16位，应为17位"),
        ("1M8GDM9AXKPO42788", "车辆识别代号“1M8GDM9AXKPO42788”只能由数字和I、O、Q以外的字母组成"),
        ("1M8GDM9A1KP042788", "车辆识别代号“1M8GDM9A1KP042788”的第9位校验位不对，按其余各位应为X，请核对是否抄错"),
        ("1M8GDM9AXKP04278A", "车辆识别代号“1M8GDM9AXKP04278A”的最后4位应为数字"),
    ],
)
def test_a_wrong_vin_is_turned_down_with_the_reason(written, said):
    assert reason(check_vin, written) == said


@given(VINS, st.integers(0, 16), st.sampled_from("0123456789"))
def test_one_wrong_digit_of_a_vin_is_always_noticed(vin, place, digit):
    """The weights are prime to 11, so a digit in place of another digit shows."""
    assume(vin[place].isdecimal() and vin[place] != digit)
    assert check_vin(vin) == vin
    reason(check_vin, vin[:place] + digit + vin[place + 1 :])


def test_a_check_digit_is_only_given_to_what_has_the_form():
    with pytest.raises(ValueError, match="not of the form"):
        check_digit("1M8GDM9AXKP04278")


# The example of GB 32100-2015, then codes their owners print on their own pages.
@pytest.mark.parametrize(
    "code",
    [
        "91350100M000100Y43",
        "9144030071526726XG",
        "91330100799655058B",
        "914403001922038216",
        "91110000802100433B",
        "91110108551385082Q",
        "91440300192317458F",
        "91100000100003962T",
    ],
)
def test_codes_known_to_be_valid_are(code):
    assert check_credit_code(f"{code[:8].lower()} {code[8:]}") == code
    assert with_check(code[:17]) == with_check(code[:16]) == code
    assert looks_like_credit_code(code)


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("", "统一社会信用代码没有填写"),
        ("9135010", "统一社会信用代码“9135010”有7位，应为18位"),
        ("91350100M000100Y4S", "统一社会信用代码“91350100M000100Y4S”只能由数字和I、O、S、V、Z以外的字母组成"),
        ("9135A100M000100Y43", "统一社会信用代码“9135A100M000100Y43”的第3至8位是登记地的区划代码，应为数字"),
        ("91350100M000100Y53", "统一社会信用代码“91350100M000100Y53”第9至17位组织机构代码的校验位不对，请核对是否抄错"),
        ("91350100M000100Y44", "统一社会信用代码“91350100M000100Y44”的末位校验码不对，请核对是否抄错"),
    ],
)
def test_a_wrong_code_is_turned_down_with_the_reason(written, said):
    assert reason(check_credit_code, written) == said


@given(CODES, st.integers(0, 17), st.sampled_from(CODE_LETTERS))
def test_one_wrong_character_of_a_code_is_always_noticed(code, place, character):
    """3 is prime to 31, which is prime: no change of one character leaves the sum as it was."""
    assume(code[place] != character)
    assert check_credit_code(code) == code
    reason(check_credit_code, code[:place] + character + code[place + 1 :])


@given(CODES, st.integers(0, 16))
def test_two_swapped_neighbours_of_a_code_are_always_noticed(code, place):
    assume(code[place] != code[place + 1])
    reason(check_credit_code, code[:place] + code[place + 1] + code[place] + code[place + 2 :])


def test_an_organisation_s_check_may_be_x_or_0():
    assert organisation_check("71526726") == "X"
    assert organisation_check("00000000") == "0"


def test_a_code_is_not_made_over_a_wrong_organisation():
    assert "组织机构代码" in reason(with_check, "91350100M000100Y5")


@pytest.mark.parametrize(
    ("written", "code", "stage"), [("3ab00123", "3AB00123", 3), ("D-BA00001", "DBA00001", None), ("XBA00001", "XBA00001", None)]
)
def test_a_machine_s_number_states_its_stage(written, code, stage):
    assert check_machine_code(written) == code
    assert stage_in(written) == stage
    assert looks_like_machine_code(written)


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("", "环保登记号码没有填写"),
        ("3AB0012", "环保登记号码“3AB0012”有7位，应为8位"),
        ("5AB00123", "环保登记号码“5AB00123”的第1位是排放阶段，应为0至4、D（电动）或X（不明）"),
        ("3AO00123", "环保登记号码“3AO00123”只能由数字和I、O以外的字母组成"),
    ],
)
def test_what_is_no_machine_number_is_turned_down_with_the_reason(written, said):
    assert reason(check_machine_code, written) == said
    assert not looks_like_machine_code(written)


def test_there_are_twenty_sections_and_ninety_seven_divisions_without_a_gap():
    assert "".join(sections()) == "ABCDEFGHIJKLMNOPQRST"
    assert list(divisions()) == [f"{number:02d}" for number in range(1, 98)]
    assert len({*sections().values()}) == 20
    assert len({*divisions().values()}) == 97


def test_the_sections_are_runs_of_divisions_as_the_standard_draws_them():
    first = {}
    for code in divisions():
        first.setdefault(section_of(code), int(code))
    assert list(first.values()) == [1, 6, 13, 44, 47, 51, 53, 61, 63, 66, 70, 71, 73, 76, 80, 83, 84, 86, 91, 97]
    assert list(first) == list(sections())


@pytest.mark.parametrize(
    ("written", "code", "name"),
    [
        ("C", "C", "制造业"),
        ("c26", "26", "化学原料和化学制品制造业"),
        ("2614", "2614", "化学原料和化学制品制造业"),
        ("C2614", "2614", "化学原料和化学制品制造业"),
        ("36", "36", "汽车制造业"),
        ("7724", "7724", "生态保护和环境治理业"),
        ("120", "120", "其他采矿业"),
        ("01", "01", "农业"),
    ],
)
def test_an_industry_is_named_by_any_of_its_codes(written, code, name):
    assert check_industry(written) == code
    assert industry_name(written) == name


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("", "行业代码没有填写"),
        ("1", "行业代码“1”应为一个字母（门类）或2至4位数字（大类、中类、小类）"),
        ("U", "行业代码“U”应为一个字母（门类）或2至4位数字（大类、中类、小类）"),
        ("00", "行业代码“00”不在《国民经济行业分类》（GB/T 4754-2017）的97个大类里"),
        ("9811", "行业代码“9811”不在《国民经济行业分类》（GB/T 4754-2017）的97个大类里"),
        ("D26", "行业代码“D26”的门类不对，大类26属于门类C"),
    ],
)
def test_a_code_the_standard_lacks_is_turned_down_with_the_reason(written, said):
    assert reason(check_industry, written) == said
