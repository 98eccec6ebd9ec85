"""Information items: three layouts told apart, raw values that are no numbers never become any."""

import pytest
from gb17691_made import AT, DRIVING, OBD, VIN, frame, report, report_frame
from hypothesis import given
from hypothesis import strategies as st

from gongjian.protocols.gb17691.contents import content_bytes, content_of
from gongjian.protocols.gb17691.engine import QUANTITIES, SIZE, Absent, engine_bytes, read_engine
from gongjian.protocols.gb17691.frames import Command
from gongjian.protocols.gb17691.layouts import Item, Layout, Report, detect_layout, read_report, report_bytes
from gongjian.protocols.gb17691.obd import obd_bytes, read_obd

LAYOUTS = pytest.mark.parametrize("layout", Layout)


@LAYOUTS
def test_reading_undoes_writing(layout):
    made = report(layout)
    assert content_of(report_frame(layout), layout) == made
    assert made.complete


@LAYOUTS
def test_the_layout_is_known_from_a_frame_and_from_no_other(layout):
    assert detect_layout([report_frame(layout)]) is layout
    assert detect_layout([report_frame(layout, obd=False)] * 3) is layout


def test_without_real_time_frames_there_is_no_layout():
    assert detect_layout([]) is None
    assert detect_layout([frame(Command.LOGIN, b"x" * 28), frame(Command.REALTIME, b"x" * 5)]) is None


@LAYOUTS
@given(data=st.binary(min_size=6, max_size=200))
def test_no_data_raise_and_every_byte_is_kept(layout, data):
    """Written back, whatever was read gives the same bytes, but for moments that are none."""
    found = read_report(data, layout)
    if (
        found.time
        and (layout is Layout.TYPE_SERIAL or found.serial is not None)
        and all(item.time for item in found.items if layout is Layout.TIMED)
    ):
        assert report_bytes(found, layout) == data


def test_other_types_are_kept_as_bytes_with_all_that_follows():
    for kind in (3, 4, 5, 0x80):
        data = content_bytes(Report(AT, None, (Item(kind, 9, None, b"\1\2\3", None),)), Layout.TYPE_SERIAL)
        [item] = read_report(data, Layout.TYPE_SERIAL).items
        assert (item.kind, item.serial, item.body, item.said) == (kind, 9, b"\1\2\3", None)


def test_a_layout_without_what_it_needs_is_an_error_of_the_program():
    for layout, wrong in ((Layout.TIMED, report(Layout.SERIAL_FIRST)), (Layout.TYPE_SERIAL, report(Layout.SERIAL_FIRST))):
        with pytest.raises(ValueError, match="needs"):
            report_bytes(wrong, layout)


@pytest.mark.parametrize("name", QUANTITIES)
def test_the_highest_number_is_a_number_and_all_above_are_not_available(name):
    quantity = QUANTITIES[name]
    top = (1 << 8 * quantity.size) - 1
    assert quantity.highest == {1: 0xFA, 2: 0xFAFF, 4: 0xFAFFFFFF}[quantity.size]
    for raw, there in ((0, True), (quantity.highest, True), (quantity.highest + 1, False), (top - 1, False), (top, False)):
        data = bytearray(SIZE)
        data[quantity.at : quantity.at + quantity.size] = raw.to_bytes(quantity.size, "big")
        stream = read_engine(bytes(data))
        assert (stream.values[name] is not None) is there
        assert (stream.absent.get(name) is Absent.NOT_AVAILABLE) is not there
        if there:
            assert stream.values[name] == pytest.approx(raw / quantity.steps + quantity.offset)


def test_a_position_without_a_fix_is_not_available():
    stream = read_engine(engine_bytes(DRIVING, fix=False))
    assert stream.values["longitude"] is None
    assert stream.absent["latitude"] is Absent.NO_FIX
    assert stream.values["speed"] == 62.5


@given(st.dictionaries(st.sampled_from(sorted(QUANTITIES)), st.integers(0, 0xFA), max_size=18), st.booleans(), st.booleans())
def test_an_engine_stream_is_read_as_it_was_written(raws, south, west):
    values = {name: raw / QUANTITIES[name].steps + QUANTITIES[name].offset for name, raw in raws.items()}
    for name, negative in (("latitude", south), ("longitude", west)):
        if name in values and negative:
            values[name] = -values[name]
    stream = read_engine(engine_bytes(values))
    assert {name: value for name, value in stream.values.items() if value is not None} == pytest.approx(values)
    assert stream.absent.keys() == QUANTITIES.keys() - values.keys()


@pytest.mark.parametrize("values", [{"speed": -1}, {"speed": 300}, {"coolant_temperature": 211}, {"nox_upstream": -201}])
def test_a_value_that_does_not_fit_is_an_error_of_the_program(values):
    with pytest.raises(ValueError, match="does not fit"):
        engine_bytes(values)


def test_obd_is_read_as_it_was_written_even_where_codes_are_not_told():
    assert read_obd(obd_bytes(OBD) + b"more") == (OBD, 96 + 8)
    untold = OBD._replace(codes=None)
    assert read_obd(obd_bytes(untold)) == (untold, 96)
    with pytest.raises(ValueError, match="at least"):
        read_obd(b"x" * 95)
    with pytest.raises(ValueError, match="trouble codes"):
        obd_bytes(OBD._replace(vin=VIN + "X"))
    with pytest.raises(ValueError, match="need"):
        read_obd(obd_bytes(OBD)[:-1])
