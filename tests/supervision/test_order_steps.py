"""The way of an order: who may take which step, what each needs, what it leaves, and who must be somebody else."""

from itertools import pairwise

import pytest
from order_desk import DUE, WAY, piece
from stage import at

from gongjian.kernel.flows import NotAllowed
from gongjian.kernel.refusal import Refusal
from gongjian.notices.models import Dispatch
from gongjian.people import actions as people
from gongjian.people.permissions import Forbidden
from gongjian.people.roles import Role
from gongjian.supervision.actions.deepening import deepen
from gongjian.supervision.actions.evidencing import strike
from gongjian.supervision.flow import APART, AWAITED, ORDER
from gongjian.supervision.models import OPEN, Order, OrderEvidence, OrderState, OrderStep
from gongjian.trail.models import Event

pytestmark = pytest.mark.django_db

# To 城建局; chengjian and chengjian-zhang are its officer and head, the others are elsewhere.
TABLE = """
          tongchou chengjian chengjian-zhang jiaotong jiancha lingdao guanli xinren
sign         .         ●            ●            .       .       .      .      .
answer       .         ●            ●            .       .       .      .      .
return       ●         .            .            .       ●       .      .      .
review       ●         .            .            .       ●       .      .      .
clear        ●         .            .            .       .       .      .      .
withdraw     ●         .            .            .       .       .      .      .
"""
HEAD, *LINES = [line.split() for line in TABLE.strip().splitlines()]
CELLS = [(line[0], person, mark == "●") for line in LINES for person, mark in zip(HEAD, line[1:], strict=True)]


def before(step):
    """A state from which the step can be taken."""
    return next(state.value for state in OrderState for arrow in ORDER.steps if arrow.name == step and state in arrow.source)


def test_the_table_has_every_step():
    assert [line[0] for line in LINES] == [step.name for step in ORDER.steps]


@pytest.mark.parametrize(("step", "person", "allowed"), CELLS)
def test_a_person_may_take_exactly_the_steps_the_table_says(desk, step, person, allowed):
    order = desk.at_state(before(step))
    if allowed:
        assert desk.take(order, step, by=person).version == order.version + 1
    else:
        with pytest.raises(Forbidden):
            desk.take(order, step, by=person)
        assert Order.objects.get(pk=order.pk).version == order.version


@pytest.mark.parametrize("state", [state.value for state in OrderState])
def test_from_every_state_exactly_the_steps_of_the_flow_can_be_taken(desk, state):
    order = desk.at_state(state)
    possible = {step.name for step in ORDER.open_from(OrderState(state))}
    for name in {step.name for step in ORDER.steps} - possible:
        with pytest.raises(NotAllowed, match=f"当前状态为“{OrderState(state).label}”"):
            desk.take(order, name)
    assert Order.objects.get(pk=order.pk).version == order.version


@pytest.mark.parametrize("step", [step for step in ORDER.steps if step.requires], ids=lambda step: step.name)
@pytest.mark.parametrize("said", [None, "", "  \n "])
def test_a_step_without_the_words_it_requires_is_refused_and_names_them(desk, step, said):
    order = desk.at_state(before(step.name))
    for need in step.requires:
        with pytest.raises(NotAllowed, match=ORDER.requirements[need]):
            desk.take(order, step.name, **{need: said})


def test_a_text_that_is_too_long_is_refused_with_its_length(desk):
    order = desk.at_state("signed")
    with pytest.raises(Refusal, match="有 2001 个字，最多 2000 个字"):
        desk.take(order, "answer", outcome="长" * 2001)


def test_the_whole_way_leaves_a_step_an_event_and_a_version_each(desk):
    order = desk.at_state("cleared")
    steps = list(OrderStep.objects.filter(order=order))
    assert [step.step for step in steps] == ["issue", *WAY["cleared"]]
    assert all(later.before == earlier.state for earlier, later in pairwise(steps))
    verbs = Event.objects.filter(subject_type="supervision.order", subject_id=str(order.pk)).order_by("id").values_list("verb", flat=True)
    assert [verb for verb in verbs if verb != "order.evidence_given"] == ["order.issue", *(f"order.{step}" for step in WAY["cleared"])]
    assert order.version == len(steps)
    assert (order.ended_at, order.open_cause) == (steps[-1].at, None)


def test_every_open_state_waits_for_a_step_that_leaves_it():
    assert set(AWAITED) == set(OPEN)
    assert all(step in {arrow.name for arrow in ORDER.open_from(state)} for state, step in AWAITED.items())


def test_without_evidence_nothing_is_cleared_and_struck_evidence_is_none(desk):
    order = desk.take(desk.at_state("signed"), "answer")
    order = desk.take(order, "review", by="tongchou")
    with pytest.raises(Refusal, match="“销号”须有佐证"):
        desk.take(order, "clear", by="tongchou")
    (given,) = desk.proven(order, "clear", by="tongchou")
    strike(given, "传错了", by=desk.user("tongchou"), at=at(10, 13))
    with pytest.raises(Refusal, match="“销号”须有佐证"):
        desk.take(order, "clear", by="tongchou")
    desk.proven(order, "clear", by="tongchou", pieces=[piece(title="现场核查")])
    assert desk.take(order, "clear", by="tongchou").state == "cleared"


def test_evidence_of_an_answer_that_was_sent_back_does_not_clear_the_next(desk):
    order = desk.at_state("returned")
    assert OrderEvidence.objects.filter(order=order).count() == 1
    order = desk.take(desk.take(order, "answer"), "review")
    with pytest.raises(Refusal, match="“销号”须有佐证"):
        desk.take(order, "clear")


@pytest.mark.parametrize("step", sorted(APART))
def test_whoever_answered_may_not_be_the_second_person_whatever_posts_they_come_to_hold(desk, town, step):
    """The officer answers, then moves to the coordinating office."""
    order = desk.at_state("signed")
    desk.proven(order, by="chengjian")
    order = desk.take(order, "answer", by="chengjian")
    officer = town.user("chengjian")
    for post in officer.posts.all():
        people.end_post(post, by=None, at=at(10, 14))
    people.give_post(officer, Role.COORDINATOR, None, by=None, at=at(10, 14))
    if step == "clear":
        order = desk.take(order, "review", by="jiancha")
    with pytest.raises(Forbidden, match="须由另一个人办"):
        desk.take(order, step, at(10, 15), by="chengjian")
    assert desk.take(order, step, at(10, 15), by="tongchou").version == order.version + 1


@pytest.mark.parametrize("step", sorted(APART))
def test_nobody_of_the_department_asked_may_be_the_second_person(desk, town, step):
    """Even one who had no part in the answer, and is a coordinator as well."""
    people.give_post(town.user("xinren"), Role.COORDINATOR, None, by=None, at=at(10, 1))
    people.give_post(town.user("xinren"), Role.HEAD, desk.department(), by=None, at=at(10, 1))
    order = desk.at_state("reviewed" if step == "clear" else "answered")
    with pytest.raises(Forbidden, match="须由责任单位以外的人办：您在“城建局”任职"):
        desk.take(order, step, by="xinren")
    assert desk.take(order, step, by="tongchou").version == order.version + 1


def test_an_answer_after_the_deadline_stays_late_whatever_follows(desk):
    order = desk.at_state("signed")
    order = desk.take(order, "answer", at(10, 19, 18, 1))
    assert order.late
    order = desk.take(order, "return", at(10, 20))
    order = desk.take(order, "answer", at(10, 20, 11))
    assert order.late
    assert not desk.take(desk.at_state("signed"), "answer", DUE).late  # the last moment is in time


def test_an_answer_sent_back_has_two_working_days_at_least_and_never_less_time_than_before(desk):
    order = desk.take(desk.at_state("answered"), "return", at(10, 13))
    assert (order.due_at, order.round) == (DUE, 2)
    late = desk.take(desk.at_state("answered", title="另一件"), "return", at(10, 23, 16))  # a Friday, past the deadline
    assert late.due_at == at(10, 27, 18)


def test_the_second_of_two_people_is_told_what_the_first_did_and_nothing_is_lost(desk):
    order = desk.issued()
    desk.take(order, "sign", at(10, 13, 10, 20), by="chengjian", version=order.version)
    with pytest.raises(Refusal, match=r"部门经办人 在 10-13 10:20 “签收”，现在是“待答复”。您的操作没有执行"):
        desk.take(order, "sign", at(10, 13, 10, 21), by="chengjian-zhang", version=order.version)
    assert OrderStep.objects.filter(order=order, step="sign").count() == 1


def test_the_same_form_sent_twice_is_one_step(desk):
    order = desk.issued()
    first = desk.take(order, "sign", by="chengjian", version=order.version, token="a" * 32)
    again = desk.take(order, "sign", by="chengjian", version=order.version, token="a" * 32)
    assert (first.version, again.version, again.state) == (order.version + 1, order.version + 1, "signed")


def test_whose_turn_it_is_is_told_once(desk, town):
    order = desk.at_state("cleared")
    own, office = {town.user("chengjian").pk, town.user("chengjian-zhang").pk}, {town.user("tongchou").pk}
    told = {dispatch.key.split(":")[0]: set(dispatch.to) for dispatch in Dispatch.objects.all()}
    assert told == {"order.issue": own, "order.answer": office, "order.review": office, "order.clear": own}
    assert Dispatch.objects.filter(link=f"/orders/{order.pk}/", urgent=False).count() == 4


@pytest.mark.parametrize(("colour", "names"), [("yellow", {"tongchou"}), ("red", {"tongchou", "lingdao"})])
def test_a_graver_order_is_told_higher_up_and_a_red_one_at_once(desk, town, colour, names):
    desk.issued(colour=colour)
    told = Dispatch.objects.get(key__startswith="order.issue")
    assert set(told.to) == {town.user(name).pk for name in {"chengjian", "chengjian-zhang"} | names}
    assert told.urgent == (colour == "red")


def test_a_colour_only_ever_gets_graver_and_only_while_the_order_is_open(desk):
    order = desk.issued(colour="yellow")
    assert not deepen(order, "blue", "没有", by=None, at=at(10, 13))
    assert not deepen(order, "yellow", "没有", by=None, at=at(10, 13))
    assert deepen(order, "red", "久拖不办", by=None, at=at(10, 13))
    assert Order.objects.get(pk=order.pk).colour == "red"
    ended = desk.at_state("withdrawn", title="另一件")
    assert not deepen(ended, "red", "没有", by=None, at=at(10, 13))
    with pytest.raises(Forbidden):
        deepen(ended, "red", "没有", by=desk.user("chengjian"), at=at(10, 13))
