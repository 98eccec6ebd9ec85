"""The demonstration: made up, the same every time, and told through the same actions people use."""

from collections import Counter
from datetime import date, datetime
from importlib import resources
from zoneinfo import ZoneInfo

import pytest
from django.db import transaction
from stage import at, load

from gongjian.kernel.months import Month
from gongjian.people import actions as people
from gongjian.people.models import User
from gongjian.plans.lights import Light
from gongjian.plans.models import Achievement, Report, ReportStep
from gongjian.plans.planfile.toml_format import read_plan_file
from gongjian.plans.queries.board import board
from gongjian.project.demonstration import accounts
from gongjian.project.demonstration.orders import make_orders
from gongjian.project.demonstration.play import play
from gongjian.project.demonstration.story import Subject, tell
from gongjian.supervision.actions.firing import fire
from gongjian.supervision.actions.ruling import seed_rules
from gongjian.supervision.models import Order, OrderFact, OrderStep
from gongjian.trail.models import Event

UNTIL = datetime(2020, 10, 31, 23, 59, tzinfo=ZoneInfo("Asia/Shanghai"))
DUE = {Month(2020, month): Month(2020, month).next().first.replace(day=5) for month in range(4, 12)}
DUE[Month(2020, 9)] = date(2020, 10, 12)  # after National Day
SUBJECTS = [Subject(f"A{n}.1", f"措施{n}", f"部门{n % 5}") for n in range(60)]


def test_the_story_is_the_same_every_time():
    assert list(tell(SUBJECTS, DUE, UNTIL, 28)) == list(tell(SUBJECTS, DUE, UNTIL, 28))
    assert list(tell(SUBJECTS, DUE, UNTIL, 28)) != list(tell(SUBJECTS, DUE, UNTIL, 29))


def test_what_is_told_of_a_measure_does_not_depend_on_the_others():
    alone = list(tell(SUBJECTS[7:8], DUE, UNTIL, 28))
    assert alone == [told for told in tell(SUBJECTS, DUE, UNTIL, 28) if told.measure == "A7.1"]


def test_nothing_is_told_that_happens_later_and_every_round_is_in_order():
    for told in tell(SUBJECTS, DUE, UNTIL, 28):
        moments = [told.handed_in, *(moment for back, _, again in told.returned for moment in (back, again))]
        assert told.handed_in < UNTIL
        assert moments == sorted(moments)
        assert told.handed_in.date() >= told.month.last
        if told.accepted:
            assert moments[-1] < told.accepted < UNTIL


def test_it_is_believable_some_late_some_back_some_behind():
    told = list(tell(SUBJECTS, DUE, UNTIL, 28))
    standings = Counter(one.standing.value for one in told)
    assert set(standings) == {"on_course", "at_risk", "behind", "done"}
    assert 0.6 < standings["on_course"] / len(told) < 0.95
    assert any(one.returned for one in told)
    assert any(one.accepted is None for one in told)
    assert any(one.handed_in.date() > DUE[one.month] for one in told)


@pytest.fixture(scope="module")
def district(django_db_setup, django_db_blocker):
    """The built-in plan and the demonstration's people; passwords are left out, hashing them is slow."""
    with django_db_blocker.unblock(), transaction.atomic():
        people.seed_calendar([2020, 2021], by=None, at=at(3, 29))
        with resources.as_file(resources.files("gongjian.plans") / "data" / "bda-2020.toml") as path:
            programme = load(read_plan_file(path), moment=at(3, 29, 0), slug="bda-2020")
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(accounts.people, "create_user", lambda name, words, _, **who: CREATE(name, words, None, **who))
            users = accounts.make_accounts(at=at(3, 29))
        yield programme, users
        transaction.set_rollback(True)


CREATE = people.create_user


def played(district, until):
    programme, users = district
    writers = {post.department.name: user for user in users.values() for post in user.posts.all() if post.role == "officer"}
    play(programme, users, writers, until)


def snapshot():
    reports = Report.objects.order_by("measure__key", "month").values_list("measure__key", "month", "state", "standing", "progress")
    steps = ReportStep.objects.order_by("at", "report__measure__key", "report__month").values_list("at", "step", "reason", "by_label")
    return list(reports), list(steps), list(Achievement.objects.order_by("done_on").values_list("done_on", "document"))


def test_two_runs_give_the_same_reports(district, db):
    until = at(6, 20)
    runs = []
    for _ in range(2):
        with transaction.atomic():
            played(district, until)
            runs.append(snapshot())
            transaction.set_rollback(True)
    assert runs[0] == runs[1]
    assert len(runs[0][0]) > 100


def test_it_goes_through_the_same_rules_as_people_and_shows_every_light_by_october(district, db):
    programme, _ = district
    played(district, UNTIL)
    counts = Counter(row.light for row in board(programme, date(2020, 10, 31)).rows)
    assert sum(counts.values()) == 88
    assert min(counts[light] for light in (Light.RED, Light.AMBER, Light.GREEN, Light.BLUE)) > 0
    assert counts[Light.GREEN] > counts[Light.RED]
    assert not ReportStep.objects.filter(at__gte=UNTIL).exists()
    steps = Counter(ReportStep.objects.values_list("step", flat=True))
    events = Counter(Event.objects.filter(verb__startswith="report.").values_list("verb", flat=True))
    assert events == {f"report.{step}": number for step, number in steps.items()}
    assert all("模拟" in document for document in Achievement.objects.values_list("document", flat=True))


def test_every_account_has_a_role_and_every_officer_a_department_that_leads_something(district, db):
    programme, users = district
    leading = {holder.name for row in board(programme, date(2020, 4, 1)).rows for holder in row.lead}
    for user in User.objects.filter(pk__in=[user.pk for user in users.values()]):
        post = user.posts.get()
        if post.role == "officer":
            assert post.department.name in leading, user


def test_a_week_of_supervision_is_the_same_every_time_and_shows_orders_on_every_part_of_their_way(district, db, settings, tmp_path):
    settings.GONGJIAN_UPLOADS = tmp_path
    played(district, UNTIL)
    seed_rules(by=None, at=at(1, 1))
    runs = []
    for _ in range(2):
        with transaction.atomic():
            made = make_orders(date(2020, 10, 31))
            orders = Order.objects.order_by("serial").values_list(
                "title", "department__name", "colour", "state", "due_at", "late", "issued_label"
            )
            steps = OrderStep.objects.order_by("at", "order__serial", "id").values_list("order__serial", "step", "at", "by_label", "text")
            runs.append((list(orders), list(steps)))
            assert made == len(orders) > 8
            assert set(Order.objects.values_list("state", flat=True)) >= {"issued", "signed", "answered", "returned", "cleared"}
            by_hand = Order.objects.get(rule=None)
            assert (by_hand.state, by_hand.issued_label, OrderFact.objects.get(order=by_hand).rule) == ("signed", "统筹办 周敏", None)
            assert not OrderStep.objects.filter(at__gte=at(10, 31, 1)).exists()  # a later event would hold the clock back
            assert all("模拟" in text for text in OrderStep.objects.filter(step__in=["answer", "clear"]).values_list("text", flat=True))
            assert fire(at=at(10, 26, 9)).issued == []
            transaction.set_rollback(True)
    assert runs[0] == runs[1]
