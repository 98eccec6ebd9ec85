"""The as-of law through the database: the same acts people take, one after another in time."""

from datetime import date, timedelta
from typing import NamedTuple

import pytest
from django.core.exceptions import ObjectDoesNotExist
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from stage import Town, at

from gongjian.kernel.refusal import Refusal
from gongjian.plans.actions import reporting
from gongjian.plans.actions.adjusting import Ground, adjust_deadline, adjust_parties, adjust_target
from gongjian.plans.actions.milestones import mark_done, take_back
from gongjian.plans.facts import Standing
from gongjian.plans.lights import Light
from gongjian.plans.models import Achievement
from gongjian.plans.queries.board import board, look_back
from gongjian.plans.queries.detail import detail
from gongjian.plans.queries.histories import frame, histories

pytestmark = pytest.mark.django_db
GROUND = Ground("汛期", "会议纪要")
WRITERS = {"A1.1": "jiaotong", "A1.2": "chengjian", "A2.1": "jiedao", "W1.1": "shuiwu"}
DEADLINES = ["8月底前", "9月底前", "年底前", "长期实施"]
SUPPORT = [["交通局"], ["水务局"], [], ["城建局"]]


class Scene(NamedTuple):
    """What an act is about, and who takes it when."""

    town: Town
    key: str
    number: int  # 0 to 3
    month: int
    office: dict
    own: dict

    @property
    def measure(self):
        return self.town.measure(self.key)

    @property
    def report(self):
        return self.town.report(self.key, self.month)

    def report_by(self, way):
        standing = list(Standing)[self.number].value
        return getattr(self.town, way)(self.key, self.month, WRITERS[self.key], self.own["at"], standing=standing)

    def mark(self):
        milestone = self.measure.commitments.filter(kind="milestone").earliest("id")
        return mark_done(milestone, self.own["at"].date() - timedelta(self.number), "佐证", "文件", **self.office)

    def take_back(self):
        return take_back(Achievement.objects.filter(commitment__measure=self.measure).latest("id"), "有误", **self.office)


ACTS = {
    "write": lambda s: s.report_by("written"),
    "hand in": lambda s: s.report_by("submitted"),
    "recall": lambda s: reporting.recall(s.report, **s.own),
    "accept": lambda s: reporting.accept(s.report, **s.office),
    "return": lambda s: reporting.send_back(s.report, "缺数", **s.office),
    "mark": Scene.mark,
    "take back": Scene.take_back,
    "deadline": lambda s: adjust_deadline(s.measure, DEADLINES[s.number], GROUND, **s.office),
    "support": lambda s: adjust_parties(s.measure, "support", SUPPORT[s.number], GROUND, **s.office),
    "target": lambda s: adjust_target(s.town.commitment(s.key, kind="target").pk, 100 + s.number, GROUND, **s.office),
}
STEPS = st.tuples(st.integers(1, 12), st.sampled_from(["hand in", "accept", *ACTS]), st.sampled_from(list(WRITERS)), st.integers(0, 3))
QUICK = settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def act(town, what, key, number, moment):
    """One act as a person would take it; what the rules refuse, or has nothing to be done to, just does not happen."""
    office, own = {"by": town.user("tongchou"), "at": moment}, {"by": town.user(WRITERS[key]), "at": moment}
    month = max(4, moment.month - number % 2)
    try:
        ACTS[what](Scene(town, key, number, month, office, own))
    except (Refusal, ObjectDoesNotExist):
        return


def snapshot(town, day):
    """Everything the map says of a day."""
    return [
        (row.key, row.judged.verdict, row.trend, row.turned_red, row.due, row.lead, row.support, row.judged.report)
        for row in board(town.programme, day).rows
    ]


@QUICK
@given(st.lists(STEPS, min_size=12, max_size=25))
def test_the_map_of_a_day_never_changes_once_the_day_is_over(town, steps):
    """Act after act through the year: what the map said of a day at its end, it says of that day at the year's end."""
    moment, said = at(4, 20), {}
    with transaction.atomic():
        for days, *chosen in steps:
            day = moment.date()
            moment += timedelta(days=days)
            if moment.year > 2020:
                break
            said[day] = snapshot(town, day)
            act(town, *chosen, moment)
        for day, then in said.items():
            assert snapshot(town, day) == then
        transaction.set_rollback(True)


@QUICK
@given(st.lists(STEPS, min_size=8, max_size=16))
def test_the_map_and_the_measures_own_page_say_the_same(town, steps):
    moment = at(4, 20)
    with transaction.atomic():
        for days, *chosen in steps:
            moment += timedelta(days=days)
            act(town, *chosen, moment)
        for day in (date(2020, 4, 25), moment.date() - timedelta(5), moment.date()):
            for row in board(town.programme, day).rows:
                seen = detail(town.measure(row.key), day)
                assert (seen.judged, seen.light, seen.due) == (row.judged, row.light, row.due)
                assert [party.name for party in seen.lead] == [holder.name for holder in row.lead]
                assert [party.name for party in seen.support] == [holder.name for holder in row.support]
                alone = histories(town.programme, [row.measure])[row.measure]
                assert [judged and judged.verdict.light for judged in alone.over(look_back(day), frame(town.programme))][-1] == row.light
        transaction.set_rollback(True)


def test_what_is_entered_late_shows_from_the_day_it_was_entered(town):
    """The report of April, due on 8 May, comes on 20 May: the map of 19 May stays red."""
    town.submitted("A1.2", 4, "chengjian", at(5, 20))
    lights = [detail(town.measure("A1.2"), date(2020, 5, day)).light for day in (8, 11, 19, 20)]
    assert lights == [Light.AMBER, Light.RED, Light.RED, Light.AMBER]  # amber: the milestone of 31 May draws near
