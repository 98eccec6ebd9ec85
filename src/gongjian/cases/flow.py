"""The way of every case, whatever its kind. Every state, arrow, clock's beginning and second person is in this file."""

from types import MappingProxyType

from gongjian.cases.models.case import State
from gongjian.kernel.flows import Flow, Step
from gongjian.people.roles import Permission as May

UNTIL_FED_BACK = frozenset({State.FOUND, State.HANDED_OVER, State.SIGNED, State.HANDLING})
LOOP = Flow(
    start=State.FOUND,
    ends=frozenset({State.CLOSED, State.DISMISSED, State.MERGED}),
    steps=(
        Step("hand_over", frozenset({State.FOUND}), State.HANDED_OVER, May.CASE_HAND_OVER, frozenset({"department"}), "移交"),
        Step("sign", frozenset({State.HANDED_OVER}), State.SIGNED, May.CASE_HANDLE, title="签收"),
        Step(
            "send_back",
            frozenset({State.HANDED_OVER, State.SIGNED}),
            State.FOUND,
            May.CASE_HANDLE,
            frozenset({"reason"}),
            "退回移交单位",
        ),
        Step("begin", frozenset({State.SIGNED}), State.HANDLING, May.CASE_HANDLE, frozenset({"measures"}), "开始办理"),
        Step(
            "feed_back",
            frozenset({State.SIGNED, State.HANDLING}),
            State.FED_BACK,
            May.CASE_HANDLE,
            frozenset({"outcome"}),
            "反馈办理结果",
        ),
        Step("verify", frozenset({State.FED_BACK}), State.VERIFIED, May.CASE_VERIFY, frozenset({"finding"}), "核验通过"),
        Step("reject", frozenset({State.FED_BACK, State.VERIFIED}), State.HANDLING, May.CASE_VERIFY, frozenset({"reason"}), "退回重办"),
        Step("close", frozenset({State.VERIFIED}), State.CLOSED, May.CASE_VERIFY, title="结案"),
        Step("recheck", frozenset({State.CLOSED}), State.CLOSED, May.CASE_VERIFY, frozenset({"finding"}), "回头看未反弹"),
        Step("reopen", frozenset({State.CLOSED}), State.HANDED_OVER, May.CASE_VERIFY, frozenset({"reason"}), "回头看重开"),
        Step("reopen", frozenset({State.DISMISSED}), State.FOUND, May.CASE_VERIFY, frozenset({"reason"}), "重新立案"),
        Step(
            "reroute",
            frozenset({State.HANDED_OVER, State.SIGNED, State.HANDLING}),
            State.HANDED_OVER,
            May.CASE_HAND_OVER,
            frozenset({"department", "reason"}),
            "转办",
        ),
        Step(
            "suspend",
            frozenset({State.SIGNED, State.HANDLING}),
            State.SUSPENDED,
            May.CASE_HAND_OVER,
            frozenset({"reason", "until"}),
            "挂起",
        ),
        Step("resume", frozenset({State.SUSPENDED}), State.HANDLING, May.CASE_HANDLE, title="恢复办理"),
        Step(
            "merge",
            frozenset({State.FOUND, State.HANDED_OVER, State.SIGNED, State.HANDLING}),
            State.MERGED,
            May.CASE_HAND_OVER,
            frozenset({"into"}),
            "并案",
        ),
        Step(
            "dismiss",
            frozenset({State.FOUND, State.HANDED_OVER}),
            State.DISMISSED,
            May.CASE_HAND_OVER,
            frozenset({"reason"}),
            "不予立案",
        ),
    ),
    requirements={
        "department": "办理部门",
        "reason": "理由",
        "measures": "拟采取的措施",
        "outcome": "办理结果",
        "finding": "现场核验情况",
        "until": "挂起至",
        "into": "并入的问题编号",
    },
)
# Which step a state waits for: that step's clock runs. A suspended or ended case waits for nobody.
AWAITED = MappingProxyType(
    {
        State.FOUND: "hand_over",
        State.HANDED_OVER: "sign",
        State.SIGNED: "feed_back",
        State.HANDLING: "feed_back",
        State.FED_BACK: "verify",
        State.VERIFIED: "close",
    }
)
CLOCKED = frozenset(AWAITED.values())
# A second person: whoever took one of the later steps in this round may not take the first.
APART = MappingProxyType(
    {
        "verify": frozenset({"feed_back"}),
        "close": frozenset({"feed_back"}),
        "reject": frozenset({"feed_back"}),
        "recheck": frozenset({"feed_back"}),
        "suspend": frozenset({"sign", "begin"}),
    }
)
ANEW = frozenset({"reject", "reopen", "reroute"})  # steps after which it is dealt with anew: evidence and second persons count afresh
EVIDENCED = ("find", "feed_back", "verify", "recheck")  # the steps evidence may be required for; finding comes before the table
LONGEST = 2000  # characters of one text a step carries
