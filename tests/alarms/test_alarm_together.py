"""Two at once, on a database that lets them (PostgreSQL)."""

from threading import Barrier, Thread

import pytest
from alarm_desk import build
from django.db import connection
from stage import at
from stage import build as build_town

from gongjian.alarms.actions.stepping import take
from gongjian.alarms.actions.sweeping import sweep
from gongjian.alarms.models import Alarm, AlarmStep
from gongjian.cases.models import Case
from gongjian.kernel.refusal import Refusal

pytestmark = pytest.mark.django_db(transaction=True)


def together(*deeds):
    """Do all of it at the same time; what came of each."""
    start, came = Barrier(len(deeds)), {}

    def run(number, deed):
        start.wait()
        try:
            came[number] = deed()
        except Refusal as refusal:
            came[number] = refusal
        finally:
            connection.close()

    threads = [Thread(target=run, args=(number, deed)) for number, deed in enumerate(deeds)]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]
    return [came[number] for number in range(len(deeds))]


@pytest.fixture
def desk(transactional_db, settings, tmp_path):
    settings.GONGJIAN_UPLOADS = tmp_path
    return build(build_town())


def test_two_sweepers_open_one_alarm(desk):
    desk.limit(desk.boiler)
    desk.say(80.0)
    done = together(*[lambda: sweep(now=at(10, 21), among=[desk.source])] * 2)
    assert sum(len(one.opened) for one in done) == 1
    assert Alarm.objects.count() == 1


def test_two_sweepers_make_one_case(desk):
    desk.exceeding(80.0)
    done = together(*[lambda: sweep(now=at(10, 23), among=[desk.source])] * 2)
    assert sum(one.filed for one in done) == 1
    assert Case.objects.count() == 1


def test_of_two_who_explain_at_once_one_is_told(desk):
    alarm = desk.exceeding(80.0)
    said = {"cause": "fault", "words": "喷枪堵塞"}
    came = together(*[lambda: take(alarm, "explain", said, by=None, at=at(10, 21, 11), version=alarm.version)] * 2)
    assert sum(isinstance(one, Refusal) for one in came) == 1
    assert AlarmStep.objects.filter(step="explain").count() == 1
