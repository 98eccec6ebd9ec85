"""Frames become columns: as the codec reads each, whatever the layout, in whatever portions; what is not available is no number."""

from datetime import UTC, datetime

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from mobile.told_seconds import BEGIN, STEADY, VIN, data, upload

from gongjian.mobile.remote.seconds import joined, layout_of, nothing, read_seconds
from gongjian.protocols.gb17691.contents import content_bytes
from gongjian.protocols.gb17691.engine import QUANTITIES, engine_bytes, read_engine
from gongjian.protocols.gb17691.layouts import Item, Layout, Report, engine_item, obd_item
from gongjian.protocols.gb17691.obd import Obd

OBD = Obd(1, 0, 0, 0, VIN, " " * 18, " " * 18, bytes(36), (1, 2))
each_layout = pytest.mark.parametrize("layout", Layout)


def same(one, other):
    return np.array_equal(one.moments, other.moments) and all(np.array_equal(one[name], other[name], equal_nan=True) for name in QUANTITIES)


@each_layout
def test_a_second_reads_as_the_codec_reads_it(layout):
    values = STEADY | {"longitude": -70.25, "latitude": -33.5, "nox_downstream": None, "distance": 48_210.5}
    found = read_seconds([upload(1, BEGIN, data(BEGIN, values, layout=layout))], layout)
    expected = read_engine(engine_bytes(values)).values
    assert found.moments.tolist() == [BEGIN]
    for name in QUANTITIES:
        assert (None if np.isnan(found[name][0]) else found[name][0]) == expected[name], name


@given(st.binary(min_size=37, max_size=37))
@settings(max_examples=60, deadline=None)
def test_any_37_bytes_read_as_the_codec_reads_them(body):
    item = engine_item(body, time=datetime.fromtimestamp(BEGIN, UTC))
    frame = content_bytes(Report(datetime.fromtimestamp(BEGIN, UTC), 1, (item,)), Layout.SERIAL_FIRST)
    found, expected = read_seconds([upload(1, BEGIN, frame)], Layout.SERIAL_FIRST), read_engine(body).values
    assert {name: None if np.isnan(found[name][0]) else float(found[name][0]) for name in QUANTITIES} == dict(expected)


@each_layout
def test_a_frame_with_other_items_or_a_signature_is_read_too_and_one_without_a_stream_is_none(layout):
    at = datetime.fromtimestamp(BEGIN + 1, UTC)
    mixed = data(BEGIN, STEADY, layout=layout, more=(obd_item(OBD, serial=1, time=at),))
    signed = data(BEGIN + 1, STEADY, layout=layout) + b"\x01\x02\x03"
    alone = content_bytes(Report(at, 1, (obd_item(OBD, serial=1, time=at),)), layout)
    rubbish = b"\x00" * 7
    frames = [upload(number, BEGIN + number, body) for number, body in enumerate((mixed, signed, alone, rubbish))]
    found = read_seconds(frames, layout)
    assert found.moments.tolist() == [BEGIN, BEGIN + 1]
    assert found["speed"].tolist() == [36.0, 36.0]


def test_streams_sent_together_have_their_own_moments_where_the_layout_says_them():
    items = [engine_item(engine_bytes(STEADY | {"speed": float(n)}), time=datetime.fromtimestamp(BEGIN + n, UTC)) for n in range(10)]
    frame = content_bytes(Report(datetime.fromtimestamp(BEGIN + 9, UTC), 1, tuple(items)), Layout.TIMED)
    found = read_seconds([upload(1, BEGIN + 9, frame)], Layout.TIMED)
    assert found.moments.tolist() == [BEGIN + n for n in range(10)]
    assert found["speed"].tolist() == [float(n) for n in range(10)]


@pytest.mark.parametrize(
    "six", [b"\xff" * 6, b"\x00" * 6, bytes([20, 2, 30, 8, 0, 0]), bytes([20, 13, 1, 8, 0, 0]), bytes([10, 1, 1, 8, 0, 0])]
)
def test_a_stream_whose_own_clock_was_never_set_is_of_the_frames_moment(six):
    good = data(BEGIN, STEADY, layout=Layout.TIMED)
    found = read_seconds([upload(1, BEGIN, good[:9] + six + good[15:])], Layout.TIMED)
    assert found.moments.tolist() == [BEGIN]


def test_streams_of_a_layout_without_moments_beyond_the_first_cannot_be_placed():
    items = tuple(engine_item(engine_bytes(STEADY | {"speed": float(n)})) for n in range(3))
    frame = content_bytes(Report(datetime.fromtimestamp(BEGIN, UTC), 1, items), Layout.SERIAL_FIRST)
    assert read_seconds([upload(1, BEGIN, frame)], Layout.SERIAL_FIRST)["speed"].tolist() == [0.0]


def test_what_was_heard_later_of_a_moment_stands():
    frames = [upload(seq, BEGIN, data(BEGIN, STEADY | {"speed": speed})) for seq, speed in ((1, 10.0), (2, 20.0))]
    assert read_seconds(frames, Layout.SERIAL_FIRST)["speed"].tolist() == [20.0]
    assert read_seconds(frames[::-1], Layout.SERIAL_FIRST)["speed"].tolist() == [20.0]


def test_sealed_data_are_left_out():
    sealed = upload(1, BEGIN, data(BEGIN, STEADY))._replace(extra=b'{"encryption":3}')
    assert len(read_seconds([sealed], Layout.SERIAL_FIRST)) == 0


@given(st.lists(st.integers(0, 40), min_size=1, max_size=25), st.data())
@settings(max_examples=40, deadline=None)
def test_any_portions_read_by_themselves_are_the_whole(places, draw):
    frames = [upload(seq, BEGIN + at, data(BEGIN + at, STEADY | {"speed": float(seq)})) for seq, at in enumerate(places)]
    cut = draw.draw(st.integers(0, len(frames)))
    parts = [read_seconds(part, Layout.SERIAL_FIRST) for part in (frames[:cut], frames[cut:])]
    assert same(joined(parts), read_seconds(frames, Layout.SERIAL_FIRST))


@each_layout
def test_the_layout_is_told_by_the_frames(layout):
    frames = [upload(n, BEGIN + n, data(BEGIN + n, STEADY, layout=layout)) for n in range(5)]
    assert layout_of(VIN, frames) is layout


def test_of_nothing_there_is_nothing():
    assert len(joined([])) == len(nothing()) == 0
    assert len(read_seconds([], Layout.TIMED)) == 0
    assert layout_of(VIN, []) is Layout.SERIAL_FIRST


def test_an_item_of_another_kind_of_the_same_length_is_no_stream():
    at = datetime.fromtimestamp(BEGIN, UTC)
    other = Item(5, None, None, engine_bytes(STEADY), None)
    frame = content_bytes(Report(at, 1, (other,)), Layout.SERIAL_FIRST)
    assert len(read_seconds([upload(1, BEGIN, frame)], Layout.SERIAL_FIRST)) == 0
