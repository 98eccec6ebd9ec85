"""The demonstration's problems: the same story every time, dealt with by the same actions people use, over before the day being shown."""

from datetime import date, timedelta

import pytest
from django.db import transaction
from mobile.made_traffic import entered, example, noted
from stage import at

from gongjian.cases.models import Case, CaseStep, Evidence, SanctionTaken
from gongjian.people import actions as people
from gongjian.people.models import Department, User
from gongjian.people.roles import Role
from gongjian.project.demonstration.cases import DAYS, play_cases

pytestmark = pytest.mark.django_db
UNTIL = at(10, 31, 0)
PEOPLE = {
    "tongchou": (Role.COORDINATOR, None),
    "jiancha": (Role.INSPECTOR, None),
    "zhifa": (Role.OFFICER, "综合执法局"),
    "jiaotong": (Role.OFFICER, "公安分局交通大队"),
}


@pytest.fixture
def users(settings, tmp_path):
    settings.GONGJIAN_UPLOADS = tmp_path
    people.seed_calendar([2020, 2021], by=None, at=at(3, 29))
    for name in ("综合执法局", "公安分局交通大队", "城市运行局"):
        Department.objects.get_or_create(name=name)
    for username, (role, department) in PEOPLE.items():
        user = User.objects.create(username=username, display_name=username)
        people.give_post(user, role, department and Department.objects.get(name=department), by=None, at=at(3, 29))
    entered("vehicles", example("road-checks")["label"])
    for back in range(1, 30):
        noted("road-checks", date(2020, 10, 31) - timedelta(back))
        noted("zone-violations", date(2020, 10, 31) - timedelta(back), handled_on=None)
    return {user.username: user for user in User.objects.prefetch_related("posts__department")}


def snapshot():
    steps = CaseStep.objects.order_by("at", "case__title", "case__found_at", "id").values_list("at", "step", "by_label", "text")
    return list(steps), sorted(Evidence.objects.values_list("title", "value")), SanctionTaken.objects.count()


def test_two_plays_are_the_same_and_everybody_is_in_time_or_not_as_it_falls(users):
    told = []
    for _ in range(2):
        with transaction.atomic():
            play_cases(users, UNTIL)
            told.append(snapshot())
            states = set(Case.objects.values_list("state", flat=True))
            late = set(Case.objects.values_list("late", flat=True))
            found = Case.objects.count()
            transaction.set_rollback(True)
    assert told[0] == told[1]
    assert found == 2 * DAYS
    assert {"handling", "closed"} <= states
    assert late == {True, False}


def test_nothing_is_done_on_the_day_being_shown_and_nobody_verifies_what_they_told_themselves(users):
    play_cases(users, UNTIL)
    assert not CaseStep.objects.filter(at__gte=UNTIL).exists()
    for case in Case.objects.filter(state="closed"):
        hands = dict(CaseStep.objects.filter(case=case, round=case.round).values_list("step", "by__username"))
        assert hands["verify"] != hands["feed_back"]
        assert hands["close"] == "tongchou"
