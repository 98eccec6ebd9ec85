"""The compact form of years, and that what is shipped is what the feed said."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_feeds import hours

from gongjian.air.built_in import packed_files
from gongjian.air.feeds.opening import read_feed
from gongjian.air.feeds.rows import HourValue
from gongjian.air.packing import pack, unpack
from gongjian.standards.air.pollutants import Pollutant

near = hours.map(lambda at: at.replace(year=2020, month=1))
rows = st.dictionaries(st.tuples(st.sampled_from(list(Pollutant)), near), st.integers(0, 20_000).map(lambda n: n / 10), min_size=1)


@given(rows)
def test_what_was_packed_is_unpacked(values):
    given_rows = [HourValue("here", pollutant, at, value) for (pollutant, at), value in values.items()]
    assert sorted(unpack(pack(given_rows, "made up", "none"))) == sorted(given_rows)


@given(rows)
def test_the_same_values_give_the_same_bytes_in_whatever_order(values):
    given_rows = [HourValue("here", pollutant, at, value) for (pollutant, at), value in values.items()]
    assert pack(given_rows, "made up", "none") == pack(given_rows[::-1], "made up", "none")


def test_a_file_is_of_one_station():
    with pytest.raises(ValueError, match="one station"):
        pack([], "made up", "none")


def test_what_is_shipped_is_small_and_says_where_it_is_from():
    (file,) = packed_files()
    assert file.stat().st_size < 300_000
    words = (file.parent / "README.md").read_text(encoding="utf-8")
    assert file.name in words
    assert "MIT" in words


@pytest.mark.shared
def test_what_is_shipped_is_every_value_of_the_feed(shared):
    (file,) = packed_files()
    folder = shared / "data" / "air"
    read = [read_feed(path.read_bytes(), path.name, {"yizhuang": "yizhuang"}) for path in sorted(folder.glob("yizhuang_*.csv"))]
    assert not any(feed.refused for feed in read)
    assert sorted(unpack(file.read_bytes())) == sorted(value for feed in read for value in feed.values)
