"""What a connection of a vehicle means."""

from datetime import datetime, timedelta

import pytest
from gateway_made import NOON, NOW, VIN, Tray, directory

from gongjian.gateway.sessions.desk import Desk
from gongjian.gateway.sessions.gb17691 import Gb17691Session
from gongjian.gateway.simulation import wire
from gongjian.protocols.gb17691.decoding import Decoder
from gongjian.protocols.gb17691.engine import EngineStream
from gongjian.protocols.gb17691.frames import Frame, frame_bytes
from gongjian.protocols.gb17691.layouts import Layout, read_report
from gongjian.protocols.gb17691.moments import BEIJING
from gongjian.telemetry.live.port import Stream

AT = datetime.fromtimestamp(NOON, BEIJING)


@pytest.fixture
def tray():
    return Tray()


@pytest.fixture
def session(tray):
    return Gb17691Session(Desk(directory()), "10.0.0.9", tray)


def test_login_seconds_and_logout_are_kept_byte_for_byte_and_answered(session, tray):
    session.receive(wire.login_frame(1, AT) + wire.second_frame(1, AT) + wire.logout_frame(1, AT + timedelta(seconds=9)), NOW)
    assert [(row.device, row.stream, row.moment) for row in tray.rows] == [
        (2, Stream.LOGIN, NOON),
        (2, 1, NOON),
        (2, Stream.LOGOUT, NOON + 9),
    ]
    report = read_report(tray.rows[1].body, Layout.SERIAL_FIRST)
    assert isinstance(report.items[0].said, EngineStream)
    answers = [event for answer in tray.answers for event in Decoder().receive(answer)]
    assert [(answer.command, answer.vin) for answer in answers] == [(1, VIN), (2, VIN), (4, VIN)]


def test_a_vehicle_nobody_knows_is_refused_and_not_answered(session, tray):
    session.receive(wire.second_frame(5, AT), NOW)
    assert (tray.rows, tray.answers) == ([], [])
    assert (tray.refused[0].reason, tray.refused[0].name) == ("stranger", wire.vin(5))
    assert tray.refused[0].raw == wire.second_frame(5, AT)


def test_a_broken_frame_is_refused(session, tray):
    frame = bytearray(wire.second_frame(1, AT))
    frame[-1] ^= 1
    session.receive(bytes(frame), NOW)
    assert [refused.reason for refused in tray.refused] == ["check"]


def test_the_time_is_told(session, tray):
    session.receive(frame_bytes(Frame(b"##", 5, VIN, 1, 1, b"")), NOW)
    (answer,) = Decoder().receive(tray.sent[0])
    assert answer.data == bytes([24, 6, 1, 13, 0, 0])


def test_sealed_data_are_kept_under_no_moment(session, tray):
    session.receive(frame_bytes(Frame(b"##", 2, VIN, 1, 3, b"secret-bytes")), NOW)
    (row,) = tray.rows
    assert (row.stream, row.body, row.extra) == (-1, b"secret-bytes", b'{"encryption":3}')
