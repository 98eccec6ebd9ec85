"""The 45 frames of the field are read, tolerated or refused as independent decoders say."""

import csv

import pytest
from plain_hj212 import plain

from gongjian.protocols.hj212.decoding import decode_batch
from gongjian.protocols.hj212.events import Packet, Reason, Refused
from gongjian.protocols.hj212.messages import message_of, send
from gongjian.protocols.hj212.profiles import ANYTHING, FIELD, STRICT
from gongjian.protocols.hj212.tolerances import CRC_KINDS, NONE
from gongjian.protocols.hj212.tolerances import Tolerance as Allow

LOWER, PARTS, NO_QN, NO_FLAG = Allow.CRC_LOWER_CASE, Allow.PART_NUMBERS, Allow.MISSING_QN, Allow.MISSING_FLAG
NEEDED = {  # what each frame departs in; those not listed keep to the standard
    9: Allow.EMPTY_PW,
    16: NO_QN | Allow.KEY_CASE | Allow.STRAY_SEPARATOR,
    24: LOWER | PARTS | Allow.TRAILING_SEPARATOR,
    32: Allow.ODD_PW,
    37: LOWER,
    40: LOWER,
    41: LOWER | NO_QN | NO_FLAG | Allow.LONG_TIME,
    44: NO_FLAG | PARTS,
    52: Allow.SHORT_QN,
    53: Allow.SHORT_QN,
    55: Allow.SHORT_QN,
    59: PARTS | Allow.TRAILING_SEPARATOR,
    61: PARTS | Allow.COMMA_FOR_SEMICOLON,
    62: PARTS | Allow.COMMA_FOR_SEMICOLON,
    64: NO_QN | NO_FLAG,
    65: Allow.CRC_MODBUS_SWAPPED | Allow.LONG_SEGMENT | NO_FLAG,
    68: LOWER,
    70: NO_QN | NO_FLAG | Allow.LONG_TIME,
    71: LOWER | NO_QN | NO_FLAG,
}
DAMAGED = {10: Reason.LENGTH, 11: Reason.CRC, 26: Reason.LENGTH, 31: Reason.CRC, 34: Reason.CRC, 35: Reason.CRC}
FLAGS = {"Flag=4": 4, "Flag=5": 5, "Flag=7": 7, "Flag=8": 8, "Flag=9": 9, "Flag=1": 1, "Flag=3": 3}


@pytest.fixture(scope="module")
def frames(shared):
    with (shared / "data" / "packets" / "hj212.tsv").open(encoding="ascii", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    return {int(row["n"]): (f"{row['frame']}\r\n".encode(), row["crc_ok"] == "true", row["notes"]) for row in rows}


def only(frame, profile):
    events = decode_batch(frame, profile)
    assert len(events) == 1
    return events[0]


@pytest.mark.shared
def test_there_are_as_many_as_the_readers_saw(frames):
    assert len(frames) == 45
    assert NEEDED.keys() | DAMAGED.keys() < frames.keys()


@pytest.mark.shared
def test_what_keeps_to_the_standard_is_read_strictly_and_written_back_byte_for_byte(frames):
    for number in frames.keys() - NEEDED.keys() - DAMAGED.keys():
        frame, crc_ok, _ = frames[number]
        packet = only(frame, STRICT)
        assert isinstance(packet, Packet), packet
        assert crc_ok
        assert packet.tolerated == NONE
        assert send(message_of(packet)) == frame


@pytest.mark.shared
def test_what_departs_is_refused_strictly_with_its_diagnosis_and_read_where_that_is_allowed(frames):
    for number, needed in NEEDED.items():
        frame, crc_ok, _ = frames[number]
        first = decode_batch(frame, STRICT)[0]
        assert isinstance(first, Refused)
        assert first.missing
        assert first.missing in needed
        packet = only(frame, FIELD)
        assert isinstance(packet, Packet), (number, packet)
        assert packet.tolerated == needed, number
        assert crc_ok == (Allow.CRC_MODBUS_SWAPPED not in needed)


@pytest.mark.shared
def test_what_is_damaged_is_refused_by_every_profile_that_is_run_on(frames):
    for number, reason in DAMAGED.items():
        frame, crc_ok, _ = frames[number]
        assert not crc_ok
        for profile in (STRICT, FIELD):
            event = only(frame, profile)
            assert isinstance(event, Refused)
            assert event.reason is reason
            assert event.raw == frame


@pytest.mark.shared
def test_the_verdicts_on_flag_length_and_check_code_are_ours_too(frames):
    for number, (frame, crc_ok, notes) in frames.items():
        event = only(frame, ANYTHING)
        if isinstance(event, Packet):
            told = next((value for text, value in FLAGS.items() if text in notes), 0)
            assert (event.head.flag or 0) == told, number
            assert ("no QN" in notes) == (event.qn is None)
            assert ("lower-case" in notes) == (Allow.CRC_LOWER_CASE in event.tolerated)
            assert crc_ok == (not event.tolerated & CRC_KINDS & ~Allow.CRC_LOWER_CASE)
        else:
            assert "declared length" in notes


@pytest.mark.shared
def test_the_values_are_those_of_the_plain_reader(frames):
    compared = 0
    for number in frames.keys() - NEEDED.keys() - DAMAGED.keys():
        frame = frames[number][0]
        fields, time, rows = plain(frame) if b"&&&&" not in frame else ({}, None, [])
        packet = only(frame, STRICT)
        assert [row[:4] for row in packet.readings] == rows
        assert packet.time == time
        assert not fields or (packet.head.mn, packet.head.cn) == (fields["MN"], fields["CN"])
        compared += len(rows)
    assert compared > 100
