"""The demonstration's duties: the same every time, marked as simulated, some kept and some not, none in the future."""

from collections import Counter
from datetime import date

import pytest
from django.db import transaction
from stage import at

from gongjian.inspections.models import Duty, Task, TaskOutcome
from gongjian.inspections.queries.duties import standings
from gongjian.people import actions as people
from gongjian.people.models import Department
from gongjian.people.roles import Role
from gongjian.plans.planfile.model import CommitmentKind
from gongjian.plans.planfile.toml_format import read_plan_file
from gongjian.project.demonstration.inspections import make_inspections
from gongjian.project.demonstration.promised import PROMISED, SOURCE

pytestmark = pytest.mark.django_db
UNTIL = date(2020, 7, 20)


@pytest.fixture(scope="module")
def offices(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), transaction.atomic():
        people.seed_calendar([2020], by=None, at=at(3, 29))
        for name in sorted({one.department for one in PROMISED}):
            Department.objects.create(name=name)
        user = people.create_user("zhifa", "张岚", None, by=None, at=at(3, 29))
        people.give_post(user, Role.OFFICER, Department.objects.get(name="综合执法局"), since=date(2020, 1, 1), by=None, at=at(3, 29))
        yield
        transaction.set_rollback(True)


def told():
    rows = Task.objects.order_by("duty__code", "opens_on", "label").values_list("duty__code", "label", "due_on", "state", "done_on")
    return list(rows)


def test_two_runs_are_the_same_and_keep_some_duties_and_not_others(offices, db):
    runs = []
    for _ in range(2):
        with transaction.atomic():
            make_inspections(UNTIL)
            runs.append(told())
            if len(runs) == 1:
                transaction.set_rollback(True)
    assert runs[0] == runs[1]
    assert set(Task.objects.values_list("source", flat=True)) == set(Duty.objects.values_list("source", flat=True)) == {SOURCE}
    states = Counter(state for *_, state, _ in runs[1])
    assert states["confirmed"] > 40
    assert states["open"] > 5
    assert not TaskOutcome.objects.filter(entered_at__gt=at(7, 20, 23)).exists()
    known = standings([(one.duty.called, one.duty.every) for one in PROMISED if one.duty.called], [UNTIL])
    missed = {name for (name, _), by_day in known.items() if by_day[UNTIL].missed}
    assert 0 < len(missed) < len(known)


def test_every_duty_it_keeps_is_one_of_the_built_in_plan():
    from importlib import resources

    with resources.as_file(resources.files("gongjian.plans") / "data" / "bda-2020.toml") as path:
        document = read_plan_file(path)
    promised = {(one.what, one.every) for measure in document.measures for one in measure.commitments if one.kind is CommitmentKind.DUTY}
    kept = {(one.duty.called, one.duty.every) for one in PROMISED if one.duty.called}
    assert kept <= promised
    assert len(kept) >= 12
