"""What the log keeps of a report that is being written."""

import pytest
from stage import at

from gongjian.kernel.months import Month
from gongjian.plans.actions import reporting
from gongjian.plans.models import Report, ReportStep
from gongjian.trail.models import Event

pytestmark = pytest.mark.django_db


def test_a_draft_leaves_an_event_but_no_step(town):
    town.written("A1.2", 4, "chengjian", at(5, 6))
    town.written("A1.2", 4, "chengjian", at(5, 6, 11), progress="改了。")
    assert Report.objects.get().version == 2
    assert not ReportStep.objects.exists()
    events = Event.objects.filter(verb="report.write")
    assert [(event.before and event.before["progress"], event.after["progress"]) for event in events] == [
        (None, "检查三十处。"),
        ("检查三十处。", "改了。"),
    ]


def test_writing_and_handing_in_at_once_leaves_one_event_with_all_it_says(town):
    account = reporting.Account("on_course", "检查三十处。")
    reporting.write_and_submit(town.measure("A1.2"), Month(2020, 4), account, by=town.user("chengjian"), at=at(5, 6))
    (event,) = Event.objects.filter(verb__startswith="report.")
    assert (event.verb, event.after["progress"]) == ("report.submit", "检查三十处。")
