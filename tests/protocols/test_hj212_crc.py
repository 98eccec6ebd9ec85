"""The folded check code is the annex's."""

import pytest
from hj212_made import HOST_ASKS
from hypothesis import given
from hypothesis import strategies as st
from plain_hj212 import annex_a

from gongjian.protocols.hj212.crc import crc, crc_text, modbus

ANNEX = b"QN=20160801085857223;ST=32;CN=1062;PW=100000;MN=010000A8900016F000169DC0;Flag=5;CP=&&RtdInterval=30&&"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (b"123456789", b"2F80"),
        (ANNEX, b"1C80"),
        (HOST_ASKS, b"2200"),
        (b"QN=20160801085000001;ST=91;CN=9014;PW=123456;MN=010000A8900016F000169DC0;Flag=4;CP=&&&&", b"C241"),
        (b"", b"FFFF"),
    ],
)
def test_the_published_check_codes_come_out(text, expected):
    assert crc_text(text) == expected
    assert crc(text) == int(expected, 16)


def test_it_is_not_modbus():
    assert modbus(b"123456789") == 0x4B37


@given(st.binary(max_size=2000))
def test_folding_gives_what_walking_gives(data):
    assert crc(data) == annex_a(data)


@pytest.mark.parametrize("size", [1, 7, 8, 9, 511, 512, 1023, 1024, 1025, 9999, 40_000])
def test_folding_holds_at_every_length_where_it_changes_its_way(size):
    data = bytes((7 * at + at // 256) % 256 for at in range(size))
    assert crc(data) == annex_a(data)


def test_blocks_of_eight_that_change_places_are_not_noticed():
    """Why length, end and every field are checked besides: the code of the standard cannot see this."""
    text = ANNEX[:1] + ANNEX[9:17] + ANNEX[1:9] + ANNEX[17:]
    assert text != ANNEX
    assert crc(text) == crc(ANNEX)
