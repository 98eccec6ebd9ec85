"""Vehicles' frames are found by length and check byte; GB/T 32960 is told apart."""

import csv
import json

import pytest
from gb17691_made import AT, LOGIN, LOGOUT, VEHICLE_FRAMES, VIN, frame, report_frame
from hypothesis import given, settings
from hypothesis import strategies as st

from gongjian.protocols.gb17691.contents import ClockAsked, Login, Logout, Opaque, content_of
from gongjian.protocols.gb17691.decoding import Decoder
from gongjian.protocols.gb17691.engine import EngineStream
from gongjian.protocols.gb17691.frames import AROUND, LONGEST, Command, Encryption, Frame, Reason, Refused, Rubbish, check_byte, frame_bytes
from gongjian.protocols.gb17691.layouts import Layout, detect_layout
from gongjian.protocols.gb17691.obd import Obd

NEW_ENERGY = bytes.fromhex("232301fe4c44503532413936354a4e34323735333901000613071f0a0e0fd6")
PIECES = st.sampled_from([*VEHICLE_FRAMES, NEW_ENERGY, b"##", b"~~", b"#", VEHICLE_FRAMES[0][:30], b"##\x02" + VIN.encode()]) | st.binary(
    max_size=30
)
NAMES = {"baro": "barometric_pressure", "torque": "net_torque", "friction": "friction_torque", "rpm": "engine_speed", "fuel": "fuel_flow"}
NAMES |= {"nox_up": "nox_upstream", "nox_down": "nox_downstream", "reagent": "reagent_level", "air": "intake_air", "speed": "speed"}
NAMES |= {
    "scr_in": "scr_inlet_temperature",
    "scr_out": "scr_outlet_temperature",
    "dpf": "dpf_pressure_drop",
    "coolant": "coolant_temperature",
}
NAMES |= {"tank": "fuel_level", "lon": "longitude", "lat": "latitude", "odo": "distance"}


def decoded(data):
    decoder = Decoder()
    return decoder.receive(data) + decoder.flush()


@given(st.lists(PIECES, max_size=10).map(b"".join), st.lists(st.integers(1, 120), min_size=1, max_size=30))
@settings(max_examples=400)
def test_any_split_of_the_bytes_gives_the_same_events(stream, sizes):
    decoder, events, at, turn = Decoder(), [], 0, 0
    while at < len(stream):
        size = sizes[turn % len(sizes)]
        events += decoder.receive(stream[at : at + size])
        assert decoder.held <= LONGEST + AROUND
        at, turn = at + size, turn + 1
    assert events + decoder.flush() == decoded(stream)


@given(
    st.builds(
        Frame,
        st.sampled_from([b"##", b"~~"]),
        st.integers(4, 200),
        st.from_regex(r"[0-9A-Z]{17}", fullmatch=True),
        st.integers(0, 255),
        st.integers(0, 255),
        st.binary(max_size=600),
    )
)
def test_reading_undoes_writing(made):
    assert decoded(frame_bytes(made)) == [made]


@given(st.binary(max_size=500))
def test_the_check_byte_is_the_xor_of_all(data):
    expected = 0
    for byte in data:
        expected ^= byte
    assert check_byte(data) == expected


def test_the_start_inside_data_ends_nothing():
    made = frame(9, b"ab##cd##" * 5)
    assert decoded(frame_bytes(made) + frame_bytes(LOGIN)) == [made, LOGIN]


def test_after_a_wrong_check_byte_reading_goes_on_one_byte_later():
    """The damaged frame holds a whole good one: it is found."""
    outer = bytearray(frame_bytes(frame(9, frame_bytes(LOGIN))))
    outer[-1] ^= 1
    events = decoded(bytes(outer))
    assert [type(event) for event in events] == [Refused, Rubbish, Frame, Rubbish]
    assert events[0].reason is Reason.CHECK
    assert events[2] == LOGIN


def test_a_start_by_chance_holds_nothing_up():
    decoder = Decoder()
    assert decoder.receive(b"##\x02\x00\x00" + b"x" * 17 + b"\x0f\xff" + frame_bytes(LOGIN)) == [Rubbish(24), LOGIN]


def test_a_length_over_the_limit_is_refused_at_once_and_half_a_frame_at_the_end():
    long = frame_bytes(frame(2, b"x" * (LONGEST + 1)))
    decoder = Decoder()
    assert decoder.receive(long[:30])[0].reason is Reason.TOO_LONG
    assert [event.reason for event in decoded(VEHICLE_FRAMES[0][:-1]) if isinstance(event, Refused)] == [Reason.HALF]
    with pytest.raises(ValueError, match="65535"):
        Decoder(70_000)


def test_new_energy_vehicles_are_refused_by_name():
    [event] = decoded(NEW_ENERGY)
    assert event.reason is Reason.NOT_OURS
    assert "GB/T 32960" in event.sentence
    assert event.raw == NEW_ENERGY


def test_login_logout_and_clock_say_what_they_say():
    assert content_of(LOGIN, Layout.TYPE_SERIAL) == Login(AT, 3, "89861119222035507877")
    assert content_of(LOGOUT, Layout.TYPE_SERIAL) == Logout(AT, 3)
    assert content_of(frame(Command.CLOCK, b""), Layout.TYPE_SERIAL) == ClockAsked()
    assert isinstance(content_of(frame(Command.LOGIN, b"short"), Layout.TYPE_SERIAL), Opaque)
    unset = content_of(frame(Command.LOGOUT, b"\xff" * 6 + b"\0\1"), Layout.TYPE_SERIAL)
    assert unset == Logout(None, 1)


def test_what_is_encrypted_is_kept_not_guessed():
    sealed = report_frame(Layout.TYPE_SERIAL)._replace(encryption=Encryption.SM2)
    assert content_of(sealed, Layout.TYPE_SERIAL) == Opaque(sealed.data, "数据已加密")
    assert detect_layout([sealed]) is None


@pytest.mark.parametrize("wrong", [frame(1, b"", b"??"), frame(1, b"")._replace(vin="SHORT"), frame(1, b"x" * 70_000)])
def test_what_fits_no_frame_is_an_error_of_the_program(wrong):
    with pytest.raises(ValueError, match="no frame"):
        frame_bytes(wrong)


@pytest.fixture(scope="module")
def field_frames(shared):
    with (shared / "data" / "packets" / "vehicles.tsv").open(encoding="ascii", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    return [(bytes.fromhex(row["hex"]), json.loads(row["decoded"]), row["kind"]) for row in rows]


@pytest.mark.shared
def test_the_frames_of_the_field_are_what_their_verdicts_say(field_frames):
    assert len(field_frames) == 9
    for raw, verdict, kind in field_frames:
        [event] = decoded(raw)
        assert verdict["bcc_ok"]
        if "32960" in kind:
            assert event.reason is Reason.NOT_OURS
            continue
        assert (event.vin, event.command, event.software, event.encryption) == (
            verdict["vin"],
            verdict["cmd"],
            verdict["ver"],
            verdict["enc"],
        )
        layout = Layout.SERIAL_FIRST if verdict.get("layout") == "serial2 then type1" else Layout.TYPE_SERIAL
        content = content_of(event, layout)
        assert content.time.strftime("%Y-%m-%d %H:%M:%S") == verdict["time"]
        for item, told in zip(getattr(content, "items", ()), verdict.get("items", ()), strict=True):
            holds(item, told)


def holds(item, told):
    assert (item.kind, item.serial) == (told["type"], told.get("serial"))
    if isinstance(item.said, Obd):
        said = item.said
        assert (said.protocol, said.lamp, f"{said.support:04x}", f"{said.ready:04x}") == (
            told["proto"],
            told["mil"],
            told["support"],
            told["ready"],
        )
        assert (said.vin, said.calibration, len(said.codes)) == (told["vin"], told["calid"], told["ndtc"])
    elif isinstance(item.said, EngineStream):
        for theirs, ours in NAMES.items():
            assert item.said.values[ours] == pytest.approx(told["ours"][theirs], abs=1e-6)
    else:
        assert item.body.hex() == told["rest"]


@pytest.mark.shared
def test_the_layouts_of_the_field_are_detected_where_one_frame_can_tell(field_frames):
    found = [detect_layout(decoded(raw)) for raw, verdict, _ in field_frames if "layout" in verdict]
    assert found == [Layout.TYPE_SERIAL, Layout.SERIAL_FIRST, None]  # the last fits both: one OBD item, and serial 1 beside type 1
