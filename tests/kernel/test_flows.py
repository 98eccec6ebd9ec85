"""Flow tables: what is refused when one is built, and what it tells people."""

from enum import Enum, StrEnum, auto

import pytest

from gongjian.kernel.flows import Flow, FlowError, NotAllowed, Step
from gongjian.kernel.refusal import Refusal


class State(StrEnum):
    DRAFT = auto()
    SENT = auto()
    DONE = auto()


S = State
SEND = Step("send", frozenset({S.DRAFT}), S.SENT, "write", frozenset({"text", "files"}), "报送")
BACK = Step("back", frozenset({S.SENT}), S.DRAFT, "review", title="退回")
ACCEPT = Step("accept", frozenset({S.SENT}), S.DONE, "review", title="采用")
FLOW = Flow(S.DRAFT, frozenset({S.DONE}), (SEND, BACK, ACCEPT), {"text": "进展", "files": "附件"})


def test_a_state_nobody_reaches_is_refused():
    with pytest.raises(FlowError, match="unreachable: sent"):
        Flow(S.DRAFT, frozenset({S.DONE}), (Step("jump", frozenset({S.DRAFT, S.SENT}), S.DONE, "write"),))


def test_a_state_nobody_leaves_is_refused_unless_it_is_an_end():
    steps = (SEND, Step("accept", frozenset({S.DRAFT}), S.DONE, "review"))
    with pytest.raises(FlowError, match="cannot end: sent"):
        Flow(S.DRAFT, frozenset({S.DONE}), steps)
    assert Flow(S.DRAFT, frozenset({S.DONE, S.SENT}), steps)


def test_two_steps_of_one_name_may_not_leave_one_state():
    again = Step("back", frozenset({S.SENT}), S.DONE, "review")
    with pytest.raises(FlowError, match="ambiguous: back from sent"):
        Flow(S.DRAFT, frozenset({S.DONE}), (SEND, BACK, again))


def test_one_name_may_leave_different_states():
    flow = Flow(S.DRAFT, frozenset({S.DONE}), (SEND, ACCEPT, Step("accept", frozenset({S.DRAFT}), S.DONE, "review")))
    assert flow.step(S.DRAFT, "accept").source == {S.DRAFT}
    assert flow.step(S.SENT, "accept") is ACCEPT


def test_a_step_from_the_wrong_state_says_what_can_be_done_instead():
    with pytest.raises(NotAllowed) as refused:
        FLOW.step(S.SENT, "send")
    assert str(refused.value) == "当前状态为“sent”，不能“报送”；可以做的是：退回、采用。"
    assert isinstance(refused.value, Refusal)


def test_after_the_end_it_says_that_the_flow_has_ended():
    with pytest.raises(NotAllowed, match=r"^当前状态为“done”，不能“报送”；流程已经结束。$"):
        FLOW.step(S.DONE, "send")


@pytest.mark.parametrize("blank", [None, "", "  ", []])
def test_a_step_lacking_what_it_must_carry_is_refused_and_names_it(blank):
    with pytest.raises(NotAllowed, match=r"^“报送”还缺：进展；请补充后再提交。$"):
        FLOW.take(S.DRAFT, "send", {"text": blank, "files": ["图.jpg"]})
    assert FLOW.take(S.DRAFT, "send", {"text": "已完成", "files": ["图.jpg"]}) is S.SENT


def test_zero_is_something_carried():
    assert FLOW.take(S.DRAFT, "send", {"text": 0, "files": False}) is S.SENT


def test_the_steps_open_to_a_state_come_in_table_order():
    assert FLOW.open_from(S.SENT) == (BACK, ACCEPT)
    assert FLOW.open_from(S.DONE) == ()


def test_the_picture_is_drawn_from_the_table():
    assert FLOW.mermaid().splitlines() == [
        "stateDiagram-v2",
        "    [*] --> draft",
        "    draft --> sent: 报送",
        "    sent --> draft: 退回",
        "    sent --> done: 采用",
        "    done --> [*]",
    ]


def test_states_are_called_by_their_label_where_they_have_one():
    class Labelled(Enum):
        OPEN = "open"
        SHUT = "shut"

        @property
        def label(self):
            return {"open": "未结", "shut": "已结"}[self.value]

    flow = Flow(Labelled.OPEN, frozenset({Labelled.SHUT}), (Step("shut", frozenset({Labelled.OPEN}), Labelled.SHUT, "x", title="结案"),))
    with pytest.raises(NotAllowed, match="当前状态为“已结”，不能“结案”"):
        flow.step(Labelled.SHUT, "shut")
    assert "    open: 未结" in flow.mermaid()
