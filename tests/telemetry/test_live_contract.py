"""What every live store promises, held against each implementation."""

from math import isnan, nan

import numpy as np
import psycopg
import pytest
from telemetry_live_made import COD, NOON, NOW, PH, SHAPES, row

from gongjian.telemetry.live.packing import DAY, Content, packed
from gongjian.telemetry.live.port import NOT_SENT, Batch, Column, Condition, RefusedFrame, Stranger, Stream, Table
from gongjian.telemetry.live.reading import series, thinned, usable
from gongjian.telemetry.store import Period


def write(store, *rows):
    return store.append(Batch(rows, SHAPES))


def cod(store, device=1):
    return series(store, device, "w01018", Period.MINUTE, NOON - 86_400, NOON + 86_400)


def test_what_was_appended_is_read_back_as_it_was(live):
    assert write(live, row([35.5, 7.25], "ND", extra=[("w01018-EFlag", "A1")])) == 1
    (heard,) = live.since(0)[1]
    assert (heard.device, heard.stream, heard.moment, heard.received) == (1, 2051, NOON, NOW)
    assert (heard.columns, heard.values, heard.flags, heard.extra) == ((COD, PH), (35.5, 7.25), b"ND", b'{"w01018-EFlag":"A1"}')
    assert (heard.value(COD), heard.value(Column("none", "Avg"))) == (35.5, None)


def test_the_same_content_is_kept_once_however_often_it_is_sent(live):
    assert write(live, row([35.5, 7.0])) == 1
    assert write(live, row([35.5, 7.0]), row([35.5, 7.0])) == 0
    assert write(live, row([36.5, 7.0]), row([36.5, 7.0])) == 1
    assert len(live.since(0)[1]) == 2


def test_other_content_is_a_correction_and_both_are_kept(live):
    write(live, row([35.5, 7.0]))
    write(live, row([36.5, 7.0]))
    assert cod(live).values.tolist() == [36.5]
    assert [heard.values[0] for heard in live.since(0)[1]] == [35.5, 36.5]
    assert live.latest([1], Stream.MINUTE)[1].values == (36.5, 7.0)


def test_content_heard_before_does_not_come_back_by_being_sent_again(live):
    for value in (35.5, 36.5, 35.5):
        write(live, row([value, 7.0]))
    assert cod(live).values.tolist() == [36.5]


def test_parts_of_a_split_packet_stand_together(live):
    write(live, row([35.5], shape=(COD,)), row([7.0], shape=(PH,)))
    table = live.table(1, Stream.MINUTE, [COD, PH], NOON, NOON + 1)
    assert table.values.tolist() == [[35.5, 7.0]]
    latest = live.latest([1, 2], Stream.MINUTE)
    assert latest.keys() == {1}
    assert (latest[1].value(COD), latest[1].value(PH)) == (35.5, 7.0)


def test_missing_is_not_zero(live):
    write(live, row([None, 7.0], (None, "N")), row([7.1], shape=(PH,), moment=NOON + 60))
    table = live.table(1, Stream.MINUTE, [COD], NOON, NOON + 3600)
    assert isnan(table.values[0, 0])
    both = live.table(1, Stream.MINUTE, [COD, PH], NOON, NOON + 3600)
    assert both.flags.tolist() == [[ord("-"), ord("N")], [NOT_SENT, ord("N")]]
    assert table.flags.tolist() == [[ord("-")]]
    assert not usable(table).any()


def test_an_interval_is_closed_at_its_first_moment_and_open_at_its_last(live):
    write(live, *(row([float(minute), 7.0], moment=NOON + 60 * minute) for minute in (3, 1, 2, 0)))
    table = series(live, 1, "w01018", Period.MINUTE, NOON + 60, NOON + 180)
    assert (table.moments.tolist(), table.values.tolist()) == ([NOON + 60, NOON + 120], [1.0, 2.0])
    assert table.flags.tolist() == [ord("N")] * 2


def test_devices_and_streams_do_not_mix(live):
    write(live, row([1.0, 7.0]), row([2.0, 7.0], device=2), row([3.0, 7.0], stream=Stream.HOUR))
    assert cod(live).values.tolist() == [1.0]
    assert cod(live, 2).values.tolist() == [2.0]
    assert cod(live, 3).values.tolist() == []
    assert live.columns(1, Stream.HOUR) == [PH, COD]
    assert live.columns(3, Stream.HOUR) == []


def test_a_sweep_hears_everything_once_in_order_and_goes_on_from_its_cursor(live):
    write(live, *(row([float(minute), 7.0], moment=NOON + 60 * minute) for minute in range(5)))
    cursor, first = live.since(0, limit=3)
    write(live, row([9.0, 7.0], stream=Stream.HOUR), row([10.0, 7.0], device=2))
    following, rest = live.since(cursor)
    assert [heard.values[0] for heard in first + rest] == [0.0, 1.0, 2.0, 3.0, 4.0, 9.0, 10.0]
    assert [heard.seq for heard in first + rest] == sorted({heard.seq for heard in first + rest})
    assert live.since(following) == (following, [])
    assert [heard.values[0] for heard in live.since(0, streams=[Stream.HOUR])[1]] == [9.0]


def test_cursors_have_names(live):
    live.move_cursor("alarms", 7)
    live.move_cursor("alarms", 9)
    assert (live.cursor("alarms"), live.cursor("pages")) == (9, 0)


@pytest.mark.parametrize("moment", [NOON + 12 * DAY, 0, 946_684_799])
def test_a_moment_that_cannot_be_true_is_kept_and_read_by_nobody(live, moment):
    assert write(live, row([35.5, 7.0], moment=moment)) == 1
    assert live.since(0)[1] == []
    assert live.latest([1], Stream.MINUTE) == {}
    assert live.table(1, Stream.MINUTE, [COD], 0, 2**40).moments.tolist() == []
    assert live.table(1, -Stream.MINUTE, [COD], 0, 2**40).moments.tolist() == [moment]


def test_a_vehicle_s_second_is_kept_byte_for_byte(live):
    live.append(Batch([packed(5, Stream.VEHICLE, NOON, NOW, Content(0, b"\x18\x06\x00raw"))]))
    (heard,) = live.since(0)[1]
    assert (heard.body, heard.columns, heard.values) == (b"\x18\x06\x00raw", (), ())
    assert live.latest([5], Stream.VEHICLE)[5].body == b"\x18\x06\x00raw"


def condition(**more):
    return Condition(
        **{"device": 1, "first_seen": 10, "last_seen": 10, "skew": None, "tolerated": 1, "packets": 2, "refused": 0, "peer": "a"} | more
    )


def test_conditions_add_up(live):
    live.append(Batch(conditions=[condition(skew=-300)]))
    live.append(Batch(conditions=[condition(first_seen=20, last_seen=20, tolerated=4, packets=3, refused=1, peer="b")]))
    assert live.conditions() == {1: Condition(1, 10, 20, -300, 5, 5, 1, "b")}
    assert live.conditions([2]) == {}


def test_the_newest_moment_of_every_device_is_known(live):
    live.append(Batch([row([1.0, 7.0]), row([2.0, 7.0], moment=NOON + 60)], SHAPES, conditions=[condition()]))
    assert live.last_moments([Stream.MINUTE, Stream.HOUR]) == {(1, 2051): NOON + 60}


def test_strangers_are_counted_and_can_be_forgotten(live):
    live.append(Batch(strangers=[Stranger("hj212", "A", 1, 1, 2, "x")]))
    live.append(Batch(strangers=[Stranger("hj212", "A", 5, 5, 3, "y"), Stranger("gb17691", "B", 9, 9, 1, "z")]))
    assert live.strangers() == [Stranger("gb17691", "B", 9, 9, 1, "z"), Stranger("hj212", "A", 1, 5, 5, "y")]
    live.forget_stranger("hj212", "A")
    assert [each.name for each in live.strangers()] == ["B"]


def frame(number, device=1, name="M1"):
    return RefusedFrame(number, "hj212", device, name, "127.0.0.1", "crc", "校验码不符。", 8, b"##" + bytes([number]))


def test_refused_frames_are_kept_with_their_reason_until_they_are_replayed(live):
    live.append(Batch(refused=[frame(1), frame(2, device=0, name="M2"), frame(3)]))
    assert [kept.frame for kept in live.refusals()] == [frame(3), frame(2, device=0, name="M2"), frame(1)]
    assert [kept.frame.at for kept in live.refusals(device=1)] == [3, 1]
    assert [kept.frame.at for kept in live.refusals(name="M2")] == [2]
    live.replayed([live.refusals(device=1)[0].number], at=77)
    assert [kept.frame.at for kept in live.refusals(waiting=True)] == [2, 1]
    assert live.refusals(limit=1)[0].replayed == 77


def test_a_thinned_table_keeps_extremes_and_gaps():
    moments = np.arange(10_000, dtype=np.int64)
    values = np.sin(moments / 50)
    values[5000] = 99.0
    values[7000:7400] = nan
    thin = thinned(Table(moments, values, np.full(10_000, ord("N"), np.uint8)), 500)
    assert len(thin.moments) <= 510
    assert np.nanmax(thin.values) == 99.0
    assert np.nanmin(thin.values) == np.nanmin(values)
    assert np.isnan(thin.values).any()
    assert (np.diff(thin.moments) > 0).all()


def test_what_becomes_durable_after_the_newest_cursor_is_all_that_is_told_from_it(live):
    assert live.newest() == 0
    write(live, row([35.5, 7.0]))
    here = live.newest()
    assert live.since(here)[1] == []
    write(live, row([35.5, 7.0]), row([36.5, 7.0], moment=NOON + 60))
    assert [heard.moment for heard in live.since(here)[1]] == [NOON + 60]


def test_every_upload_of_a_span_is_told_corrections_and_packed_days_too(live):
    write(live, row([1.0, 7.0], moment=NOON), row([2.0, 7.0], moment=NOON + 60), row([3.0, 7.0], moment=NOON + 120))
    write(live, row([9.0, 7.0], moment=NOON))
    write(live, row([4.0, 7.0], device=2))
    told = [(each.moment - NOON, each.values[0]) for each in live.between(1, Stream.MINUTE, NOON, NOON + 120)]
    assert told == [(0, 1.0), (0, 9.0), (60, 2.0)]
    live.pack(NOON + 5 * 86_400)
    write(live, row([5.0, 7.0], moment=NOON + 60))
    told = [(each.moment - NOON, each.values[0]) for each in live.between(1, Stream.MINUTE, NOON, NOON + 120)]
    assert told == [(0, 1.0), (0, 9.0), (60, 2.0), (60, 5.0)]
    assert [each.values[0] for each in live.between(1, Stream.MINUTE, NOON, NOON + 121, limit=2)] == [5.0, 3.0]


def test_after_the_server_was_restarted_the_next_write_and_the_next_question_go_through(live):
    """Only PostgreSQL has a server; the others have nothing to lose, and must not notice either."""
    write(live, row([35.5, 7.0]))
    link = getattr(live, "_link", None)
    for ask in (lambda: live.since(0)[1], lambda: write(live, row([36.5, 7.0]))):
        if link is not None:
            with psycopg.connect(**live._connect, autocommit=True) as other:
                other.execute("SELECT pg_terminate_backend(%s)", (live._connection.info.backend_pid,))
        assert ask()
    assert len(live.since(0)[1]) == 2
