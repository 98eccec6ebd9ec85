"""The way of a case: who may take which step, what each needs, what it leaves."""

from itertools import pairwise

import pytest
from case_desk import WAY
from stage import at

from gongjian.cases.flow import APART, AWAITED, CLOCKED, LOOP
from gongjian.cases.models import OPEN, Case, CaseStep, State
from gongjian.kernel.flows import NotAllowed
from gongjian.kernel.refusal import Refusal
from gongjian.notices.models import Dispatch
from gongjian.people.permissions import Forbidden
from gongjian.trail.models import Event

pytestmark = pytest.mark.django_db

# Found by 交通局, dealt with by 城建局. chengjian and jiaotong are officers of the two, chengjian-zhang and xinren their heads.
TABLE = """
            tongchou chengjian chengjian-zhang jiaotong xinren gongan jiancha lingdao guanli
hand_over      ●         .            .            ●       ●      .       ●       .      .
sign           .         ●            ●            .       .      .       .       .      .
send_back      .         ●            ●            .       .      .       .       .      .
begin          .         ●            ●            .       .      .       .       .      .
feed_back      .         ●            ●            .       .      .       .       .      .
verify         ●         .            .            .       ●      .       ●       .      .
reject         ●         .            .            .       ●      .       ●       .      .
close          ●         .            .            .       ●      .       ●       .      .
recheck        ●         .            .            .       ●      .       ●       .      .
reopen         ●         .            .            .       ●      .       ●       .      .
reroute        ●         .            .            ●       ●      .       ●       .      .
suspend        ●         .            .            ●       ●      .       ●       .      .
resume         .         ●            ●            .       .      .       .       .      .
merge          ●         .            .            ●       ●      .       ●       .      .
dismiss        ●         .            .            ●       ●      .       ●       .      .
"""
HEAD, *LINES = [line.split() for line in TABLE.strip().splitlines()]
CELLS = [(line[0], person, mark == "●") for line in LINES for person, mark in zip(HEAD, line[1:], strict=True)]


def start_of(step):
    """A state from which the step can be taken, one with a department where there is such."""
    sources = [state for arrow in LOOP.steps if arrow.name == step for state in arrow.source]
    return min(
        sources, key=lambda state: (state == State.FOUND and step != "hand_over", state == State.DISMISSED, list(State).index(state))
    )


def test_the_table_has_every_step():
    assert [line[0] for line in LINES] == list(dict.fromkeys(step.name for step in LOOP.steps))


@pytest.mark.parametrize(("step", "person", "allowed"), CELLS)
def test_a_person_may_take_exactly_the_steps_the_table_says(desk, step, person, allowed):
    case = desk.at_state(start_of(step).value)
    if allowed:
        assert desk.take(case, step, by=person).version == case.version + 1
    else:
        with pytest.raises(Forbidden):
            desk.take(case, step, by=person)
        assert Case.objects.get(pk=case.pk).version == case.version


@pytest.mark.parametrize("state", [state.value for state in State])
def test_from_every_state_exactly_the_steps_of_the_flow_can_be_taken(desk, state):
    case = desk.at_state(state)
    possible = {step.name for step in LOOP.open_from(State(state))}
    for name in {step.name for step in LOOP.steps} - possible:
        with pytest.raises(NotAllowed, match=f"当前状态为“{State(state).label}”"):
            desk.take(case, name)
    assert Case.objects.get(pk=case.pk).version == case.version


@pytest.mark.parametrize("step", [step for step in LOOP.steps if step.requires], ids=lambda step: step.name)
def test_a_step_without_what_it_requires_is_refused_and_names_it(desk, step):
    case = desk.at_state(min(step.source).value)
    for need in step.requires:
        with pytest.raises(NotAllowed, match=LOOP.requirements[need]):
            desk.take(case, step.name, **{need: None})


def test_the_whole_way_leaves_a_step_an_event_and_a_version_each(desk):
    case = desk.at_state("closed")
    steps = CaseStep.objects.filter(case=case)
    assert [step.step for step in steps] == ["find", *WAY["closed"]]
    assert [step.state for step in steps][-1] == "closed"
    assert all(later.before == earlier.state and later.since == earlier.at for earlier, later in pairwise(steps))
    verbs = Event.objects.filter(subject_type="cases.case", subject_id=str(case.pk)).order_by("id").values_list("verb", flat=True)
    assert list(verbs) == ["case.found", *(f"case.{step}" for step in WAY["closed"])]
    assert case.version == len(steps)


@pytest.mark.parametrize("step", sorted(APART))
def test_whoever_dealt_with_it_may_not_be_the_second_person(desk, step):
    """Even with a post that would allow it: the department found the problem itself, and its head told the result."""
    own = desk.found(origin=desk.department("城建局"))
    own = desk.take(own, "hand_over")
    for name in ("sign", "begin", "feed_back", "verify", "close"):
        source = {state for arrow in LOOP.steps if arrow.name == step for state in arrow.source}
        if State(own.state) in source and CaseStep.objects.filter(case=own, step__in=APART[step]).exists():
            break
        own = desk.take(own, name, by="chengjian-zhang" if name in {"sign", "begin", "feed_back"} else "tongchou")
    with pytest.raises(Forbidden, match="须由另一个人办"):
        desk.take(own, step, by="chengjian-zhang")
    assert desk.take(own, step, by="tongchou").version == own.version + 1


def test_the_second_of_two_people_is_told_what_the_first_did(desk):
    case = desk.at_state("handed_over")
    desk.take(case, "sign", at(10, 13, 10, 20), by="chengjian", version=case.version)
    with pytest.raises(Refusal, match=r"部门经办人 在 10-13 10:20 “签收”，现在是“已签收”。您的操作没有执行"):
        desk.take(case, "sign", at(10, 13, 10, 21), by="chengjian-zhang", version=case.version)
    assert CaseStep.objects.filter(case=case, step="sign").count() == 1


def test_the_same_form_sent_twice_is_one_step(desk):
    case = desk.at_state("handed_over")
    first = desk.take(case, "sign", by="chengjian", version=case.version, token="a" * 32)
    again = desk.take(case, "sign", by="chengjian", version=case.version, token="a" * 32)
    assert (first.version, again.version, again.state) == (case.version + 1, case.version + 1, "signed")


def test_the_same_finding_sent_twice_is_one_case(desk):
    first, again = (desk.found(by="jiaotong", token="b" * 32) for _ in range(2))
    assert first.pk == again.pk
    assert Case.objects.count() == CaseStep.objects.count() == 1


def test_handing_over_tells_the_department_and_feeding_back_those_who_found_it(desk, town):
    case = desk.at_state("fed_back")
    told = {dispatch.key.split(":")[0]: set(dispatch.to) for dispatch in Dispatch.objects.all()}
    assert told["case.hand_over"] == {town.user("chengjian").pk, town.user("chengjian-zhang").pk}
    assert told["case.feed_back"] == {town.user("jiaotong").pk, town.user("xinren").pk}
    assert Dispatch.objects.filter(link=f"/cases/{case.pk}/").count() == 2


def test_a_case_nobody_s_department_found_comes_back_to_the_coordinators(desk, town):
    desk.take(desk.take(desk.found(origin=None, by="jiancha"), "hand_over"), "send_back")
    told = Dispatch.objects.get(key__startswith="case.send_back")
    assert set(told.to) == {town.user("jiancha").pk, town.user("tongchou").pk}


def test_merging_into_itself_or_into_one_that_is_over_is_refused(desk):
    case, over = desk.found(), desk.at_state("closed")
    with pytest.raises(Refusal, match="不能并入它自己"):
        desk.take(case, "merge", into=case)
    with pytest.raises(Refusal, match="已经是“已结案”，只能并入还在办的问题"):
        desk.take(case, "merge", into=over)


def test_handing_over_to_where_it_is_or_to_a_department_out_of_use_is_refused(desk):
    case = desk.at_state("handed_over")
    with pytest.raises(Refusal, match="已经在“城建局”"):
        desk.take(case, "reroute", department=desk.department("城建局"))
    gone = desk.department("水务局")
    gone.active = False
    gone.save()
    with pytest.raises(Refusal, match="已停用"):
        desk.take(case, "reroute", department=gone)


def test_a_reopened_case_is_open_again_and_counted(desk):
    case = desk.take(desk.at_state("closed"), "reopen")
    assert (case.state, case.closed_at, case.took_hours, case.reopened, case.round) == ("handed_over", None, None, 1, 2)


def test_what_a_person_wrote_is_kept_as_written_and_not_too_long(desk):
    case = desk.take(desk.at_state("signed"), "begin", measures="<script>alert(1)</script>")
    assert CaseStep.objects.filter(case=case).last().text == "<script>alert(1)</script>"
    with pytest.raises(Refusal, match="“办理结果”有 2001 个字，最多 2000 个字"):
        desk.take(case, "feed_back", outcome="长" * 2001)


def test_every_state_that_is_open_waits_for_a_step_that_can_be_taken_or_is_suspended():
    assert set(AWAITED) == set(OPEN) - {State.SUSPENDED}
    assert all(LOOP.step(state, step) for state, step in AWAITED.items())
    assert {step.name for step in LOOP.steps} >= CLOCKED | set(APART)
