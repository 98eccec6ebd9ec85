"""What a packet says is read as the standard means it, or refused with the reason."""

from datetime import datetime, timedelta

import pytest
from hj212_made import HEAD, NOON, PLANT, UPLOADS, carrying, framed
from hypothesis import given
from plain_hj212 import plain

from gongjian.protocols.hj212.codes import DataFlag, Statistic
from gongjian.protocols.hj212.decoding import decode_batch
from gongjian.protocols.hj212.events import Packet, Reading, Reason, Refused
from gongjian.protocols.hj212.factors import FACTORS, factor_of
from gongjian.protocols.hj212.messages import send
from gongjian.protocols.hj212.moments import BEIJING, precise
from gongjian.protocols.hj212.profiles import FIELD, STRICT, Profile
from gongjian.protocols.hj212.tolerances import NONE
from gongjian.protocols.hj212.tolerances import Tolerance as Allow
from gongjian.protocols.hj212.uploads import upload

WITH_TIME = b"DataTime=20240601120000;"


def read(frame, profile=STRICT):
    [event] = decode_batch(frame, profile)
    return event


def body(text, profile=STRICT):
    return read(carrying(WITH_TIME + text), profile)


@given(UPLOADS)
def test_the_fast_reader_reads_what_the_plain_one_reads(data):
    for message in upload(PLANT, NOON, data):
        frame = send(message)
        packet = read(frame)
        fields, time, rows = plain(frame)
        assert [row[:4] for row in packet.readings] == rows
        assert (packet.time, packet.head.mn, packet.qn) == (time, fields["MN"], fields["QN"])
        assert packet.tolerated == NONE


def test_flag_eflag_and_sample_time_belong_to_every_value_of_their_factor():
    packet = body(b"w01018-Min=1.5,w01018-Max=9,w01018-SampleTime=20240601115500,w01018-EFlag=A01,w01018-Flag=D;w01001-Rtd=7.1")
    sampled = datetime(2024, 6, 1, 11, 55, tzinfo=BEIJING)
    assert packet.readings == (
        Reading("w01018", Statistic.MIN, 1.5, DataFlag.FAULT, "A01", sampled),
        Reading("w01018", Statistic.MAX, 9.0, DataFlag.FAULT, "A01", sampled),
        Reading("w01001", Statistic.RTD, 7.1, None, None, None),
    )


@pytest.mark.parametrize(
    ("command", "begins"), [("2011", False), ("2021", False), ("2051", True), ("2061", True), ("2031", True), ("2041", True)]
)
def test_data_time_is_an_instant_or_the_start_of_a_period_by_the_command(command, begins):
    packet = read(carrying(WITH_TIME + b"w01018-Avg=1", HEAD.replace(b"CN=2011", f"CN={command}".encode())))
    assert packet.time == NOON
    assert packet.time.utcoffset() == timedelta(hours=8)
    assert packet.time_begins_period is begins


@pytest.mark.parametrize(
    ("text", "value", "needed"),
    [
        (b"6.951", 6.951, NONE),
        (b"-0.5", -0.5, NONE),
        (b"", None, Allow.EMPTY_VALUE),
        (b"+3", 3.0, Allow.LOOSE_NUMBER),
        (b"1.5e3", 1500.0, Allow.LOOSE_NUMBER),
        (b" 4", 4.0, Allow.LOOSE_NUMBER),
    ],
)
def test_odd_numbers_are_refused_strictly_and_read_where_allowed(text, value, needed):
    strict, field = (body(b"w01018-Rtd=" + text + b",w01018-Flag=N;w01001-Rtd=7", profile) for profile in (STRICT, FIELD))
    assert isinstance(strict, Refused) == bool(needed)
    assert field.tolerated == needed
    assert [row.value for row in field.readings] == [value, 7.0]


@pytest.mark.parametrize("text", [b"nan", b"inf", b"1_000", b"0x10", b"--", b"1-2", b"9" * 400, b"1e999", b"."])
def test_what_is_no_number_never_becomes_one(text):
    assert body(b"w01018-Rtd=" + text).missing == Allow.UNREADABLE_VALUE
    packet = body(b"w01018-Rtd=" + text, Profile("lossy", Allow.UNREADABLE_VALUE))
    assert packet.readings[0].value is None


def test_a_flag_nobody_knows_is_unknown_not_normal():
    assert body(b"w01018-Rtd=1,w01018-Flag=n").missing == Allow.UNKNOWN_FLAG
    flag = body(b"w01018-Rtd=1,w01018-Flag=n", FIELD).readings[0].flag
    assert flag is DataFlag.UNKNOWN
    assert not flag.is_normal


def test_the_flags_of_2005_are_digits():
    assert [row.flag for row in body(b"a21026-Rtd=1,a21026-Flag=3;a21002-Rtd=1,a21002-Flag=0").readings] == ["3", "0"]
    assert DataFlag.OLD_NORMAL.is_normal
    assert not DataFlag.OLD_CALIBRATION.is_normal


@pytest.mark.parametrize(
    ("frame", "reason", "word"),
    [
        (carrying(b"DataTime=20241301120000"), Reason.TIME, "20241301120000"),
        (carrying(b"DataTime=20240601120000;w01018-Rtd"), Reason.FIELD, "w01018-Rtd"),
        (carrying(b"a-Rtd=1;DataTime=20240601120000;a-Rtd=2"), Reason.REPEATED, "a-Rtd"),
        (carrying(b"a=b=c"), Reason.FIELD, "a=b=c"),
        (carrying(b"", HEAD.replace(b"MN=88888880000001;", b"")), Reason.HEAD, "MN"),
        (carrying(b"", HEAD.replace(b"CN=2011", b"CN=20A1")), Reason.HEAD, "20A1"),
        (carrying(b"", HEAD.replace(b"ST=32", b"ST=32;ST=31")), Reason.REPEATED, "ST"),
        (carrying(b"", HEAD.replace(b"Flag=4", b"Flag=16")), Reason.HEAD, "版本"),
        (carrying(b"", HEAD + b";PNUM=2;PNO=3"), Reason.HEAD, "PNO=3"),
        (carrying(b"", HEAD.replace(b"QN=2024", b"QN=20X4")), Reason.TIME, "QN"),
        (carrying(b"", HEAD + b";QN=20240601120000000"), Reason.REPEATED, "QN"),
        (framed(HEAD), Reason.SHAPE, "CP"),
    ],
)
def test_what_no_profile_can_save_is_refused_with_what_is_wrong(frame, reason, word):
    for profile in (STRICT, FIELD):
        event = read(frame, profile)
        assert isinstance(event, Refused)
        assert event.reason is reason
        assert word in event.sentence
        assert event.sentence.endswith("。")


@pytest.mark.parametrize(
    ("frame", "needed"),
    [
        (carrying(b"", HEAD.replace(b"PW=123456", b"PW=12")), Allow.ODD_PW),
        (carrying(b"", HEAD.replace(b"MN=", b"MN=" + b"A" * 12)), Allow.ODD_MN),
        (carrying(b"", HEAD + b";X=1"), Allow.UNKNOWN_KEY),
        (carrying(b"", HEAD + b";PNUM=2;PNO=1"), Allow.PART_NUMBERS),
        (carrying(b"", HEAD.replace(b";CN", b",CN")), Allow.COMMA_FOR_SEMICOLON),
        (carrying(b"a-Rtd=1;a-Flag=N"), Allow.SEMICOLON_FOR_COMMA),
        (carrying(b"a-Rtd=1,b-Rtd=2"), Allow.COMMA_FOR_SEMICOLON),
        (carrying(b"a-Rtd=1;"), Allow.TRAILING_SEPARATOR),
        (carrying(b";a-Rtd=1;;b-Rtd=2"), Allow.STRAY_SEPARATOR),
        (carrying(b";"), Allow.TRAILING_SEPARATOR),
        (carrying("info=测试".encode("gb18030")), Allow.NOT_ASCII),
    ],
)
def test_each_departure_has_its_name_is_refused_strictly_and_recorded_where_allowed(frame, needed):
    strict = read(frame)
    assert isinstance(strict, Refused)
    assert strict.missing == needed
    assert all(word in strict.sentence for word in needed.words)
    assert read(frame, Profile("one", needed)).tolerated == needed
    assert read(frame, FIELD).tolerated == needed


def test_keys_are_found_by_name_in_any_order():
    head = b"MN=88888880000001;Flag=4;PW=123456;CN=2011;ST=32;QN=20240601120000000"
    packet = read(carrying(WITH_TIME + b"w01018-Rtd=1", head))
    assert (packet.qn, packet.head) == ("20240601120000000", read(carrying(b"")).head)


def test_what_is_no_reading_is_kept_as_text_in_its_order():
    packet = body(b"LA-td=50.1,LA-Flag=N;-Rtd=1;Rtd=2;RestartTime=20240601110000")
    assert packet.readings == ()
    assert packet.others == (("LA-td", "50.1"), ("LA-Flag", "N"), ("-Rtd", "1"), ("Rtd", "2"), ("RestartTime", "20240601110000"))


def test_text_of_a_field_is_read_as_chinese_where_it_is():
    assert read(carrying("info=测试".encode("gb18030")), FIELD).others == (("info", "测试"),)


def test_a_clock_years_off_is_told_not_judged():
    packet = read(carrying(b"", HEAD.replace(b"QN=2024", b"QN=2019")))
    assert packet.clock_error(NOON).days == -1827
    assert precise("1617936069734") == datetime(2021, 4, 9, 10, 41, 9, 734_000, tzinfo=BEIJING)
    assert precise("99999999999999999") is None
    assert precise("20240601120000+12") is None


def test_the_mark_of_data_sent_again_belongs_to_the_second_hand_edition():
    from gongjian.protocols.hj212.profiles import SECOND_HAND_2025

    frame = carrying(b"", HEAD.replace(b"Flag=4", b"Flag=8") + b";RF=1")
    assert read(frame).missing == Allow.RESENT_MARK
    assert read(frame, SECOND_HAND_2025).head.resent


def test_a_factor_is_known_by_the_codes_of_both_editions():
    assert factor_of("011") is factor_of("w01018")
    assert factor_of("w01018").name == "化学需氧量"
    assert factor_of("zzz") is None
    assert not factor_of("a05024").listed
    codes = [code for factor in FACTORS for code in (factor.code, factor.old) if code]
    assert len(codes) == len(set(codes))


def test_every_tolerance_and_flag_has_chinese_words():
    assert all(one.words[0] for one in Allow)
    assert all(flag.words for flag in DataFlag)
    assert isinstance(read(carrying(b"")), Packet)
