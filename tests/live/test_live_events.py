"""Server-sent events: what is told, from where, to whom, how long, and how many at once."""

import json
import threading
import time

import pytest
from live_field import NOX, SO2
from stage import at

from gongjian.live import streaming
from gongjian.live.streaming import BEATS, LASTS, Seats, Stream, events
from gongjian.live.views import events as views
from gongjian.telemetry.live.port import Stream as Kind
from gongjian.telemetry.queries import live


class Clock:
    """Time that goes on when somebody sleeps."""

    def __init__(self):
        self.at, self.slept = 100.0, []

    def __call__(self):
        return self.at

    def sleep(self, seconds):
        self.slept.append(seconds)
        self.at += seconds


@pytest.fixture
def seats(monkeypatch):
    found = Seats(size=2)
    monkeypatch.setattr(views, "seats", found)
    return found


def told(text):
    """The events of a stream, each with its number."""
    found = []
    for block in text.split("\n\n"):
        fields = dict(line.split(": ", 1) for line in block.split("\n") if ": " in line)
        if fields.get("event"):
            found.append((int(fields["id"]), json.loads(fields["data"])))
    return found


def leave(answer):
    """What ends when a server closes a response because the browser is gone; the test's own connection to the database stays."""
    close_stream, *_ = answer._resource_closers
    close_stream()


def listen(answer, blocks):
    """So many pieces of a stream, then gone."""
    body = iter(answer.streaming_content)
    text = b"".join(next(body) for _ in range(blocks)).decode()
    leave(answer)
    return text


def test_a_stream_ends_by_itself_and_says_something_every_second():
    clock = Clock()
    pieces = list(events(lambda cursor: (cursor, {}), 5, patience=clock, sleep=clock.sleep))
    assert clock.at - 100 == pytest.approx(LASTS, abs=0.3)
    assert pieces[0] == b"retry: 1000\n\n"
    assert set(pieces[1:]) == {b"id: 5\n\n"}
    assert LASTS / (BEATS + 0.3) <= len(pieces) - 1 <= LASTS / BEATS


def test_what_is_new_is_told_once_with_the_number_to_go_on_from():
    clock, looks = Clock(), iter([(7, {"1": "a"}), (7, {}), (9, {"2": "b"})])
    pieces = list(events(lambda _: next(looks, (9, {})), 5, lasts=3, patience=clock, sleep=clock.sleep))
    assert told(b"".join(pieces).decode()) == [(7, {"1": "a"}), (9, {"2": "b"})]


def test_there_are_so_many_seats_and_each_is_free_again_once():
    clock = Clock()
    seats = Seats(size=2, patience=clock)
    first, second = seats.take(), seats.take()
    assert first is not None
    assert second is not None
    assert seats.take() is None
    seats.give_back(first)
    seats.give_back(first)
    assert seats.free == 1
    assert seats.take() is not None


def test_a_seat_that_was_never_given_back_is_free_after_a_while():
    clock = Clock()
    seats = Seats(size=1, patience=clock)
    seats.take()
    clock.at += LASTS + 11
    assert seats.free == 1
    assert seats.take() is not None


def test_many_who_ask_at_once_never_get_more_seats_than_there_are():
    seats, got = Seats(size=3), []
    threads = [threading.Thread(target=lambda: got.append(seats.take())) for _ in range(40)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(seat is not None for seat in got) == 3


def test_a_stream_gives_its_seat_back_when_it_ends_breaks_or_is_closed():
    given = []
    assert list(Stream(iter([b"a"]), lambda: given.append("end"))) == [b"a"]
    broken = Stream((1 / 0 for _ in [0]), lambda: given.append("broken"))
    with pytest.raises(ZeroDivisionError):
        next(broken)
    Stream(iter([b"a"]), lambda: given.append("closed")).close()
    assert given == ["end", "broken", "closed"]


def test_a_stream_tells_what_was_stored_since_the_page_was_made(field, sign_in, seats):
    client = sign_in("tongchou")
    cursor = client.get("/live/").context["cursor"]
    field.say("MNDA001", at(10, 31, 10, 0), {NOX: 61.5, SO2: 3.0})
    answer = client.get(f"/live/events/?stations={field.boiler.pk},{field.twin.pk}&after={cursor}")
    assert answer["Content-Type"].startswith("text/event-stream")
    assert (answer["Cache-Control"], answer["X-Accel-Buffering"]) == ("no-store", "no")
    ((number, news),) = told(listen(answer, 2))
    assert list(news) == [str(field.boiler.pk)]
    assert "61.5" in news[str(field.boiler.pk)]
    assert number == live().newest()
    assert seats.free == 2


def test_the_last_event_a_browser_saw_goes_before_the_address(field, sign_in, seats):
    field.say("MNDA001", at(10, 31, 9, 50), {NOX: 20.0, SO2: 3.0})
    seen = live().newest()
    field.say("MNDA001", at(10, 31, 10, 0), {NOX: 30.0, SO2: 3.0})
    client, address = sign_in("tongchou"), f"/live/events/?stations={field.boiler.pk}&after=0"
    assert told(listen(client.get(address, headers={"Last-Event-ID": str(seen)}), 2))
    assert views.look_at([field.boiler.pk], views.Reach())(live().newest()) == (live().newest(), {})


@pytest.mark.parametrize("cursor", [10**9, "nonsense", "٣", "9" * 30, "-1"])
def test_a_cursor_that_cannot_be_is_no_trouble(field, sign_in, seats, cursor):
    field.say("MNDA001", at(10, 31, 10, 0), {NOX: 61.5, SO2: 3.0})
    answer = sign_in("tongchou").get(f"/live/events/?stations={field.boiler.pk}&after={cursor}")
    assert listen(answer, 1) == "retry: 1000\n\n"


def test_who_is_far_behind_is_told_everything_at_once(field, monkeypatch):
    monkeypatch.setattr(views, "BEHIND", 1)
    for minute in (30, 40, 50):
        field.say("MNDA001", at(10, 31, 9, minute), {NOX: 1.0, SO2: 3.0})
    reached, news = views.look_at([field.boiler.pk, field.twin.pk], views.Reach())(0)
    assert reached == live().newest()
    assert set(news) == {str(field.boiler.pk), str(field.twin.pk)}


def test_nothing_is_left_out_when_more_comes_than_is_looked_through_at_once(field, monkeypatch):
    monkeypatch.setattr(views, "AT_ONCE", 2)
    for place in range(5):
        field.say("MNDA002", at(10, 31, 9, place), {NOX: 1.0, SO2: 3.0}, stream=Kind.REAL_TIME, statistic="Rtd")
    field.say("MNDA001", at(10, 31, 10, 0), {NOX: 61.5, SO2: 3.0})
    look, cursor, told_of = views.look_at([field.boiler.pk], views.Reach()), 0, []
    for _ in range(4):
        cursor, news = look(cursor)
        told_of += news
    assert told_of == [str(field.boiler.pk)]
    assert cursor == live().newest()


def test_other_stations_and_what_nobody_looks_at_are_not_told(field):
    field.say("MNDA002", at(10, 31, 10, 0), {NOX: 61.5, SO2: 3.0})
    field.say("MNDA001", at(10, 31, 10, 0), {}, stream=Kind.STATE)
    assert views.look_at([field.boiler.pk], views.Reach())(0) == (live().newest(), {})


def test_where_all_seats_are_taken_one_is_told_so_and_may_ask_instead(field, sign_in, seats):
    held = [seats.take(), seats.take()]
    client = sign_in("tongchou")
    answer = client.get(f"/live/events/?stations={field.boiler.pk}")
    assert (answer.status_code, answer["Retry-After"], answer.content) == (204, "15", b"")
    field.say("MNDA001", at(10, 31, 10, 0), {NOX: 61.5, SO2: 3.0})
    asked = client.get(f"/live/newest/?stations={field.boiler.pk},x,-1,{'9' * 30}").json()
    assert asked["cursor"] == live().newest()
    assert "61.5" in asked["now"][str(field.boiler.pk)]
    for seat in held:
        seats.give_back(seat)
    answer = client.get(f"/live/events/?stations={field.boiler.pk}")
    assert answer.status_code == 200
    leave(answer)
    assert seats.free == 2, "a response that was closed before it began gives its seat back too"


def test_a_refused_person_takes_no_seat(field, sign_in, seats):
    assert sign_in("xinren").get("/live/events/?stations=1").status_code == 403
    assert seats.free == 2


def test_from_durable_to_told_it_takes_less_than_a_second(field, sign_in, seats):
    """On a machine at rest about 0.1 s; the store is looked at five times a second."""
    answer = sign_in("tongchou").get(f"/live/events/?stations={field.boiler.pk}&after={live().newest()}")
    body = iter(answer.streaming_content)
    next(body)
    begun = time.monotonic()
    field.say("MNDA001", at(10, 31, 10, 0), {NOX: 61.5, SO2: 3.0})
    piece = next(body)
    while b"event: now" not in piece:
        piece = next(body)
    assert time.monotonic() - begun < 1.0
    leave(answer)


def test_the_server_has_twice_as_many_threads_as_seats():
    from pathlib import Path

    from gongjian.project.cli import run

    assert "threads = 2 * SEATS" in Path(run.__file__).read_text(encoding="utf-8")
    assert streaming.seats.free == streaming.SEATS
