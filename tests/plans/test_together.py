"""Two people at the same moment: one is first, the other is told; nobody sees a page that broke."""

import threading

import pytest
import stage
from django.db import connections
from stage import at

from gongjian.kernel.months import Month
from gongjian.plans.actions import reporting
from gongjian.plans.actions.adjusting import Ground, adjust_deadline
from gongjian.plans.actions.loading import load_document
from gongjian.plans.models import Edition, Programme, Report, ReportStep, Wording

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def county(transactional_db):
    return stage.build()


def both(*acts):
    """Run the acts at once, each on its own connection; what each came to: its result's name, or the refusal."""
    ready, outcomes = threading.Barrier(len(acts)), [None] * len(acts)

    def run(number, act):
        ready.wait()
        try:
            outcomes[number] = type(act()).__name__
        except Exception as error:  # noqa: BLE001 - what it was is what is asserted
            outcomes[number] = type(error).__name__
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(outcomes)


def test_two_who_begin_one_report_make_one_report(county):
    def begin(name):
        said = reporting.Account("on_course", f"{name}写的。")
        return lambda: reporting.write(county.measure("A1.2"), Month(2020, 4), said, by=county.user(name), at=at(5, 6))

    assert both(begin("chengjian"), begin("chengjian-zhang")) == ["Refusal", "Report"]
    assert Report.objects.count() == 1


def test_two_who_hand_in_one_report_hand_it_in_once(county):
    report = county.written("A1.2", 4, "chengjian", at(5, 6))

    def hand_in(name):
        return lambda: reporting.submit(report, by=county.user(name), at=at(5, 7))

    assert both(hand_in("chengjian"), hand_in("chengjian-zhang")) == ["NotAllowed", "Report"]
    assert ReportStep.objects.count() == 1


def test_two_who_adjust_one_measure_both_succeed_one_after_the_other(county):
    def move(printed):
        ground = Ground("汛期", "会议纪要")
        return lambda: adjust_deadline(county.measure("A1.2"), printed, ground, by=county.user("tongchou"), at=at(5, 6))

    assert both(move("8月底前"), move("9月底前")) == ["Adjustment", "Adjustment"]
    assert Wording.objects.filter(measure=county.measure("A1.2"), replaced_at=None).count() == 1
    assert Wording.objects.filter(measure=county.measure("A1.2")).count() == 3


def test_two_who_load_one_revision_load_it_once(county):
    document = stage.without(stage.plan(), "W1.2")

    def load():
        return load_document(document, filename="修订.toml", by=county.user("tongchou"), at=at(5, 6))

    assert both(load, load) == ["Programme", "Programme"]
    assert (Programme.objects.count(), Edition.objects.count()) == (1, 2)
