"""What a connection of instruments means, without a socket: every decision as it is handed over."""

import random
from datetime import datetime

import pytest
from gateway_made import NAME, NOON, NOW, Tray, directory, framed, reframed, upload

from gongjian.gateway.sessions.desk import Desk
from gongjian.gateway.sessions.gaps import TIMEOUT, Gaps
from gongjian.gateway.sessions.hj212 import Hj212Session
from gongjian.gateway.simulation import wire
from gongjian.protocols.hj212.answers import data_received
from gongjian.protocols.hj212.codes import Command
from gongjian.protocols.hj212.contents import Clock, HistoryQuery, content_of
from gongjian.protocols.hj212.crc import modbus
from gongjian.protocols.hj212.decoding import decode_batch
from gongjian.protocols.hj212.messages import send
from gongjian.protocols.hj212.moments import BEIJING
from gongjian.protocols.hj212.profiles import Profile
from gongjian.protocols.hj212.tolerances import Tolerance
from gongjian.telemetry.fates import Fate
from gongjian.telemetry.live.packing import MICRO, RESENT, heard


@pytest.fixture
def tray():
    return Tray()


@pytest.fixture
def desk():
    return Desk(directory(), gaps=Gaps(grace=0))


@pytest.fixture
def session(desk, tray):
    return Hj212Session(desk, "10.0.0.7", tray)


def test_an_upload_is_kept_with_all_it_says(session, tray):
    session.receive(upload(), NOW)
    (row,) = tray.rows
    read = heard(1, row, tray.shapes[row.shape])
    assert (row.device, row.stream, row.moment, row.received, row.marks) == (1, 2051, NOON, NOW, 0)
    assert {column.factor: value for column, value in zip(read.columns, read.values, strict=True)} == {
        code: wire.value(NAME, NOON, code) for code in wire.FACTORS
    }
    assert read.flags == b"N" * 11
    assert tray.refused == []


def test_the_quick_answer_is_the_one_the_codec_would_write(session, tray):
    session.receive(upload() + upload(1), NOW)
    packets = decode_batch(upload() + upload(1))
    assert tray.answers == [send(data_received(packet)) for packet in packets]


def test_who_wants_no_answer_gets_none(session, tray):
    session.receive(reframed(upload(), b"Flag=5", b"Flag=4"), NOW)
    assert (len(tray.rows), tray.answers) == (1, [b""])


@pytest.mark.parametrize(
    ("profile", "frame", "peer", "why", "says"),
    [
        ({}, reframed(upload(), NAME.encode(), b"SOMEBODY"), "10.0.0.7", "stranger", "没有登记"),
        ({}, reframed(upload(), b"PW=123456", b"PW=654321"), "10.0.0.7", "password", "口令不符"),
        ({"addresses": "10.1.0.0/16,192.168.1.1"}, upload(), "10.0.0.7", "address", "不允许从 10.0.0.7"),
        ({"active": False}, upload(), "10.0.0.7", "inactive", "已停用"),
        ({}, upload()[:-6] + b"0000\r\n", "10.0.0.7", "crc", "校验码不符"),
        ({}, reframed(upload(), b";CP=&&", b";CP=&&,"), "10.0.0.7", "departure", "多余的分隔符"),
    ],
)
def test_what_is_refused_is_kept_with_its_reason_and_not_answered(profile, frame, peer, why, says, tray):
    desk = Desk(directory(**profile))
    Hj212Session(desk, peer, tray).receive(frame, NOW)
    (refused,) = tray.refused
    assert (tray.rows, tray.answers, tray.sent) == ([], [], [])
    assert (refused.reason, refused.raw, refused.at, refused.peer) == (why, frame, NOW, peer)
    assert says in refused.sentence


def test_a_check_code_of_another_family_is_told_by_name_and_read_where_the_device_may(tray):
    segment = upload()[6:-6]
    frame = b"##%04d%b%b\r\n" % (len(segment), segment, b"%04X" % modbus(segment))
    Hj212Session(Desk(directory()), "", tray).receive(frame, NOW)
    assert tray.refused[0].missing == Tolerance.CRC_MODBUS.value
    assert "CRC-16/MODBUS" in tray.refused[0].sentence
    desk = Desk(directory(allowed=Tolerance.CRC_MODBUS.value))
    Hj212Session(desk, "", tray).receive(frame, NOW)
    assert tray.rows[0].marks == Tolerance.CRC_MODBUS.value
    assert tray.answers[0][-6:-2] == b"%04X" % modbus(tray.answers[0][6:-6])
    assert desk.tallies.drained()[0][0].tolerated == Tolerance.CRC_MODBUS.value


@pytest.mark.parametrize(("longest", "kept"), [(1024, 0), (1500, 1), (1200, 0)])
def test_a_long_segment_is_read_as_far_as_the_device_may(longest, kept, tray):
    long = reframed(upload(), b"&&\r\n", b"")
    padding = b"".join(b";x%05d-Avg=1.0,x%05d-Flag=N" % (place, place) for place in range(33))
    frame = framed(long[6:-6][:-2] + padding + b"&&")
    assert 1200 < len(frame) - 12 < 1500
    Hj212Session(Desk(directory(longest=longest)), "", tray).receive(frame, NOW)
    assert (len(tray.rows), len(tray.refused)) == (kept, 1 - kept)


def test_wrong_passwords_are_trouble_soon(session):
    for _ in range(11):
        session.receive(reframed(upload(), b"PW=123456", b"PW=000000"), NOW)
    assert session.trouble > 200
    session.receive(upload(), NOW)
    assert session.trouble == 0


def test_a_password_that_was_changed_counts_on_connections_that_stand(session, desk, tray):
    session.receive(upload(), NOW)
    changed = directory(password="other", revision=1).of("hj212")[NAME]
    desk.directory.replace({"hj212": [changed]})
    session.receive(upload(1), NOW)
    assert [len(tray.rows), tray.refused[0].reason] == [1, "password"]


def test_a_data_logger_may_speak_for_many(tray):
    known = directory()
    second = type(known.of("hj212")[NAME])(7, wire.mn(7))
    known.replace({"hj212": [*known.of("hj212").values(), second]})
    Hj212Session(Desk(known), "", tray).receive(upload() + upload(of=wire.mn(7)) + upload(1), NOW)
    assert [row.device for row in tray.rows] == [1, 7, 1]


def test_any_split_of_the_bytes_gives_the_same(desk):
    stream = upload() + upload(1) + b"noise" + reframed(upload(2), b"PW=123456", b"PW=1") + upload(3)
    whole, pieces = Tray(), Tray()
    Hj212Session(Desk(directory()), "", whole).receive(stream, NOW)
    session = Hj212Session(Desk(directory()), "", pieces)
    for at in range(0, len(stream), 7):
        session.receive(stream[at : at + 7], NOW)
    assert (pieces.rows, pieces.answers, pieces.refused) == (whole.rows, whole.answers, whole.refused)
    assert len(whole.rows) == 3


def test_mutated_frames_raise_nothing_and_nothing_grows(tray, desk):
    rng = random.Random(5)  # noqa: S311 - repeatable draws
    session = Hj212Session(desk, "", tray)
    for turn in range(4000):
        frame = bytearray(upload(turn % 50))
        for _ in range(rng.randint(1, 4)):
            frame[rng.randrange(len(frame))] = rng.choice(b"#0;=&,\r\nZ\x00\xff")
        if rng.random() < 0.2:
            del frame[rng.randrange(len(frame)) :]
        session.receive(bytes(frame), NOW)
        assert session.held <= 9999 + 12
    session.expire(NOW)
    assert session.held == 0
    assert len(tray.refused) > 1000


@pytest.mark.parametrize("year", [b"2099", b"1999"])
def test_a_clock_years_off_spoils_nothing(year, session, tray, desk):
    session.receive(upload(), NOW)
    session.receive(reframed(upload(5), b"DataTime=2024", b"DataTime=" + year), NOW)
    session.receive(upload(1), NOW)
    assert [row.stream for row in tray.rows] == [2051, -2051, 2051]
    assert all(tray.answers)
    assert not desk.gaps.wants(1)


def test_heartbeats_and_notices_are_answered_at_once(session, tray):
    session.receive(framed(f"QN=20240601121500000;ST=91;CN=9015;PW=123456;MN={NAME};Flag=8;CP=&&&&".encode()), NOW)
    assert [packet.head.cn for packet in decode_batch(tray.sent[0])] == ["9013"]
    assert tray.rows == []


def test_a_device_that_asks_for_the_time_gets_it(session, tray):
    session.receive(framed(f"QN=20240601121500000;ST=32;CN=1013;PW=123456;MN={NAME};Flag=5;CP=&&&&".encode()), NOW)
    answer, request = decode_batch(b"".join(tray.sent))
    assert answer.head.cn == "9013"
    assert content_of(request) == Clock(Command.SET_CLOCK, datetime.fromtimestamp(NOW / MICRO, BEIJING), None)


def test_what_is_missing_is_asked_for_and_marked_when_it_comes(session, tray, desk):
    session.receive(upload(0), NOW)
    session.receive(upload(5), NOW)
    session.ask(NOW)
    (question,) = decode_batch(b"".join(tray.sent))
    begin, end = (datetime.fromtimestamp(NOON + 60 * minute, BEIJING) for minute in (1, 4))
    assert content_of(question) == HistoryQuery(Command.MINUTE, begin, end)
    assert question.head.pw == wire.PASSWORD
    session.receive(upload(2), NOW)
    assert tray.rows[-1].marks == RESENT
    session.receive(framed(f"QN={question.qn};ST=91;CN=9012;PW=123456;MN={NAME};Flag=4;CP=&&ExeRtn=1&&".encode()), NOW)
    session.ask(NOW)
    assert (len(tray.sent), desk.gaps.wants(1)) == (1, False)


def test_what_has_no_column_is_kept_beside(session, tray):
    session.receive(reframed(upload(), b"w01018-Flag=N", b"w01018-Flag=N,w01018-EFlag=A1"), NOW)
    assert tray.rows[0].extra == b'{"w01018-Avg-EFlag":"A1"}'


def test_the_device_s_clock_is_held_against_ours(session, desk):
    session.receive(reframed(upload(), wire.qn_of(NOW).encode(), wire.qn_of(NOW - 90 * MICRO).encode()), NOW)
    (condition,) = desk.tallies.drained()[0]
    assert (condition.skew, condition.packets, condition.peer) == (-90_000, 1, "10.0.0.7")


def sealed_upload(minute=0, of=NAME):
    return wire.upload_frame(of, wire.qn_of(NOW + 1000 * minute), NOON + 60 * minute, key=wire.key_of(of))


def test_a_sealed_packet_is_kept_as_a_plain_one_is(tray):
    """With the device's own key; and the answer is the same."""
    plain = Tray()
    Hj212Session(Desk(directory()), "", plain).receive(upload(), NOW)
    desk = Desk(directory(key=wire.key_of(NAME)))
    Hj212Session(desk, "", tray).receive(sealed_upload(), NOW)
    assert (tray.rows, tray.answers, tray.refused) == (plain.rows, plain.answers, [])
    assert desk.tallies.drained()[0][0].tolerated == 0


@pytest.mark.parametrize(
    ("key", "frame", "says"),
    [
        (b"another key here", sealed_upload(), "密钥"),
        (b"", sealed_upload(), "没有该设备可用的密钥"),
        (None, sealed_upload(), "没有该设备可用的密钥"),
        (wire.key_of(NAME), upload(), "CP 是明文"),
    ],
)
def test_what_is_sealed_otherwise_than_registered_is_refused_in_words(key, frame, says, tray):
    session = Hj212Session(Desk(directory(key=key)), "", tray)
    session.receive(frame, NOW)
    (refused,) = tray.refused
    assert (tray.rows, tray.answers, refused.reason, refused.device) == ([], [], "seal", 1)
    assert says in refused.sentence
    assert "请核对设备的加密设置与密钥" in refused.sentence
    assert session.trouble == 1


def test_empty_packets_of_a_device_that_seals_are_plain(tray):
    session = Hj212Session(Desk(directory(key=wire.key_of(NAME))), "", tray)
    session.receive(framed(f"QN=20240601121500000;ST=91;CN=9015;PW=123456;MN={NAME};Flag=8;CP=&&&&".encode()), NOW)
    assert ([packet.head.cn for packet in decode_batch(tray.sent[0])], tray.refused) == (["9013"], [])


def test_a_sealed_device_nobody_registered_is_a_stranger(desk, session, tray):
    session.receive(sealed_upload(of=wire.mn(9)), NOW)
    assert [stranger.name for stranger in desk.tallies.drained()[1]] == [wire.mn(9)]
    assert (tray.refused[0].reason, tray.refused[0].name) == ("stranger", wire.mn(9))


def test_what_a_sealed_device_is_asked_is_sealed(tray):
    key = wire.key_of(NAME)
    session = Hj212Session(Desk(directory(key=key), gaps=Gaps(grace=0)), "", tray)
    session.receive(sealed_upload(0) + sealed_upload(5), NOW)
    session.ask(NOW)
    assert b"BeginTime" not in tray.sent[0]
    (question,) = decode_batch(tray.sent[0], Profile("sealed", key=key))
    assert isinstance(content_of(question), HistoryQuery)


def answer(cn, qn, field):
    return framed(f"QN={qn};ST=91;CN={cn};PW=123456;MN={NAME};Flag=4;CP=&&{field}&&".encode())


def test_answers_count_for_the_question_they_name(session, tray, desk):
    """An answer to something else, to set a clock for one, says nothing about the gap."""
    session.receive(upload(0) + upload(5), NOW)
    session.ask(NOW)
    (question,) = decode_batch(tray.sent[0])
    session.receive(answer("9012", "20240601121500000", "ExeRtn=1"), NOW)
    assert [note.fate for note in desk.gaps.drained()] == [Fate.ASKED]
    session.receive(answer("9011", question.qn, "QnRtn=2"), NOW)
    assert [(note.fate, note.said) for note in desk.gaps.drained()] == [(Fate.REFUSED, 2)]


def test_an_answer_to_the_first_try_still_counts_after_the_second(session, tray, desk):
    session.receive(upload(0) + upload(5), NOW)
    for turn in range(2):
        session.ask(NOW + turn * TIMEOUT)
    first, second = decode_batch(b"".join(tray.sent))
    assert first.qn != second.qn
    session.receive(answer("9012", first.qn, "ExeRtn=100"), NOW)
    assert [(note.fate, note.tries, note.said) for note in desk.gaps.drained()] == [(Fate.NOTHING, 2, 100)]


def test_who_is_no_longer_to_be_asked_is_not(session, tray, desk):
    session.receive(upload(0) + upload(5), NOW)
    desk.directory.replace({"hj212": directory(asks_missing=False, revision=1).of("hj212").values()})
    session.receive(upload(6), NOW)
    session.ask(NOW)
    assert tray.sent == []
