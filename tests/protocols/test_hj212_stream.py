"""Bytes come as they please: the events are the same, nothing is raised, nothing is kept for ever."""

import pytest
from hj212_made import NOON, PLANT, UPLOADS, carrying, framed, minute_packet
from hypothesis import given, settings
from hypothesis import strategies as st
from mutating import CORPUS, mutated, run

from gongjian.protocols.hj212.decoding import Decoder, decode_batch
from gongjian.protocols.hj212.events import Packet, Reason, Refused, Rubbish
from gongjian.protocols.hj212.messages import send
from gongjian.protocols.hj212.profiles import ANYTHING, AROUND, FIELD, SEGMENT, STRICT, Profile
from gongjian.protocols.hj212.tolerances import Tolerance
from gongjian.protocols.hj212.uploads import upload

GOOD = minute_packet()
PIECES = st.sampled_from(
    [
        GOOD,
        CORPUS[0],
        CORPUS[-1],
        b"##",
        b"#",
        b"\r\n",
        b"\r",
        b"noise",
        b"##0100",
        b"##00x0abc",
        b"##9999",
        GOOD[:200],
        GOOD[200:],
        b"&&ABCD\r\n",
    ]
) | st.binary(max_size=40)
STREAMS = st.lists(PIECES, max_size=14).map(b"".join)
PROFILES = st.sampled_from([STRICT, FIELD, ANYTHING])


def kinds(events):
    return [event.reason if isinstance(event, Refused) else type(event) for event in events]


@given(STREAMS, st.lists(st.integers(1, 300), min_size=1, max_size=30), PROFILES)
@settings(max_examples=600)
def test_any_split_of_the_bytes_gives_the_same_events(stream, sizes, profile):
    decoder, events, at, turn = Decoder(profile), [], 0, 0
    while at < len(stream):
        events += decoder.receive(stream[at : at + sizes[turn % len(sizes)]])
        assert decoder.held <= profile.longest + AROUND
        at, turn = at + sizes[turn % len(sizes)], turn + 1
    assert events + decoder.flush() == decode_batch(stream, profile)
    assert decoder.held == 0


@given(STREAMS, PROFILES)
@settings(max_examples=300)
def test_every_byte_is_accounted_for(stream, profile):
    """In a packet, in a refusal, or as rubbish."""
    assert sum(event.size if isinstance(event, Rubbish) else len(event.raw) for event in decode_batch(stream, profile)) == len(stream)


@given(st.lists(st.sampled_from(CORPUS), min_size=1, max_size=6), st.randoms(use_true_random=False), PROFILES)
@settings(max_examples=300)
def test_a_good_frame_after_rubbish_of_any_kind_is_read(frames, rng, profile):
    """The end of the line is a place to go on, whatever came before it."""
    events = decode_batch(mutated(b"".join(frames), rng) + b"\r\n" * (SEGMENT * 10) + GOOD, profile)
    assert isinstance(events[-1], Packet)
    assert events[-1].raw == GOOD


def test_a_frame_cut_short_is_told_and_the_next_one_read():
    events = decode_batch(GOOD[:150] + GOOD + b"abc" + GOOD)
    assert kinds(events) == [Reason.HALF, Packet, Rubbish, Packet]
    assert events[0].raw == GOOD[:150]
    assert "中断" in events[0].sentence


def test_half_a_frame_waits_and_is_refused_when_the_connection_closes():
    decoder = Decoder()
    assert decoder.receive(GOOD[:-1]) == []
    assert decoder.held == len(GOOD) - 1
    assert kinds(decoder.flush()) == [Reason.HALF]
    assert kinds(decoder.receive(GOOD)) == [Packet]


def test_a_thousand_kilobytes_of_rubbish_are_counted_not_kept():
    decoder = Decoder()
    for _ in range(1000):
        assert decoder.receive(b"x" * 1000) == []
        assert decoder.held == 0
    assert decoder.receive(GOOD)[0] == Rubbish(1_000_000)


def test_a_length_beyond_the_profile_is_refused_without_waiting_for_it():
    long = carrying(b"DataTime=20240601120000;" + b";".join(b"a%05d-Rtd=1.5" % number for number in range(80)))
    assert len(long) > SEGMENT + AROUND
    events = decode_batch(long + GOOD)
    assert kinds(events) == [Reason.TOO_LONG, Rubbish, Packet]
    assert events[0].missing == Tolerance.LONG_SEGMENT
    [packet] = decode_batch(long, Profile("long", longest=2000))
    assert packet.tolerated == Tolerance.LONG_SEGMENT
    assert len(packet.readings) == 80


def test_a_profile_cannot_allow_more_than_four_digits_can_say():
    with pytest.raises(ValueError, match="9999"):
        Profile("endless", longest=10_000)


def test_a_length_too_large_by_six_is_its_own_diagnosis():
    frame = b"##%04d" % (len(GOOD) - AROUND + 6) + GOOD[6:]
    assert decode_batch(frame + GOOD)[0].missing == Tolerance.LENGTH_OFF_BY_SIX
    first, second = decode_batch(frame + GOOD, Profile("six", Tolerance.LENGTH_OFF_BY_SIX))
    assert (first.tolerated, second.tolerated) == (Tolerance.LENGTH_OFF_BY_SIX, Tolerance(0))


@given(UPLOADS, st.data())
def test_one_wrong_byte_is_never_taken_for_a_value(data, draw):
    """The check code sees every single changed byte of the data segment, weak as it is beyond that."""
    frame = bytearray(send(upload(PLANT, NOON, data)[0]))
    at = draw.draw(st.integers(6, len(frame) - 7))
    frame[at] ^= draw.draw(st.integers(1, 255))
    assert not any(isinstance(event, Packet) for event in decode_batch(bytes(frame)))


def test_thirty_thousand_mutations_raise_nothing_and_fill_no_buffer():
    told = run(30_000, seed=20)
    assert told["hj212 packets"] > 100
    assert told["hj212 refused"] > 1000
    assert told["gb17691 refused"] > 100


def test_an_inner_start_is_where_reading_goes_on():
    """A frame that swallowed the beginning of the next by its wrong length."""
    swallowing = b"##%04d" % (len(GOOD) + 100 - AROUND) + b"x" * 94 + GOOD
    assert kinds(decode_batch(swallowing)) == [Reason.HALF, Packet]


def test_a_frame_that_could_end_in_two_places_ends_in_the_same_however_it_comes():
    """Its data look like the end of a frame whose length is too large by six."""
    frame = framed(b"QN=1;CP=&&a=1&&ABCD\r\n")
    decoder = Decoder()
    assert decoder.receive(frame[:-6]) + decoder.receive(frame[-6:]) + decoder.flush() == decode_batch(frame)
    assert kinds(decode_batch(frame)) == [Reason.CRC, Rubbish]


def test_a_start_at_the_very_end_of_what_is_given_up_is_not_lost():
    for filling in range(SEGMENT + AROUND - 8, SEGMENT + AROUND - 3):
        assert decode_batch(b"##9999" + b"x" * filling + GOOD)[-1].raw == GOOD


def test_an_empty_segment_is_no_message():
    assert kinds(decode_batch(framed(b""))) == [Reason.SHAPE]
