"""What an assessment leaves behind: messages, the trail, and what the database itself holds."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from stage import at

from gongjian.assessment.models import Assessment, AssessmentState, Objection, ObjectionState
from gongjian.notices.models import Delivery, Dispatch
from gongjian.trail.models import Event

pytestmark = pytest.mark.django_db


def test_those_concerned_are_told(office):
    sent = office.sent()
    told = Delivery.objects.filter(dispatch__key__startswith="assessment.sent")
    people = {(one.user.username, one.dispatch.link) for one in told.select_related("user", "dispatch")}
    mine = f"/assessment/{sent.pk}/{office.department('城建局').pk}/"
    assert {name for name, link in people if link == mine} == {"chengjian", "chengjian-zhang"}
    assert not {"lingdao", "jiancha", "tongchou"} & {name for name, _ in people}
    office.corrected(office.objected(sent))
    office.published(sent)
    kinds = set(Dispatch.objects.values_list("key", flat=True))
    for kind in ("assessment.published", "objection.made", "objection.proposed", "objection.answered"):
        assert any(key.startswith(f"{kind}:") for key in kinds), kind


def test_every_step_is_in_the_trail(office):
    sent = office.sent()
    office.corrected(office.objected(sent))
    office.published(sent)
    verbs = list(Event.objects.filter(verb__regex="^(assessment|objection)").order_by("id").values_list("verb", flat=True))
    assert verbs == [
        "assessment.drafted",
        "assessment.send",
        "objection.made",
        "objection.proposed",
        "objection.approved",
        "assessment.publish",
    ]


@pytest.mark.parametrize(
    "fields",
    [
        {"state": AssessmentState.PUBLISHED, "sent_at": at(10, 9), "objections_until": date(2020, 10, 15)},
        {"state": AssessmentState.OBJECTING, "objections_until": date(2020, 10, 15)},
    ],
)
def test_the_database_knows_what_each_state_must_have(office, fields):
    assessment = office.drafted()
    with pytest.raises(IntegrityError), transaction.atomic():
        Assessment.objects.filter(pk=assessment.pk).update(**fields)


def test_the_database_refuses_a_correction_that_says_nothing(office):
    objection = office.objected(office.sent())
    with pytest.raises(IntegrityError), transaction.atomic():
        Objection.objects.filter(pk=objection.pk).update(state=ObjectionState.PROPOSED)
