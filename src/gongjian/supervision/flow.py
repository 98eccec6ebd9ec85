"""The way of every order. Every state, arrow and second person is in this file."""

from types import MappingProxyType

from gongjian.kernel.flows import Flow, Step
from gongjian.people.roles import Permission
from gongjian.supervision.models.order import OrderState as S

ORDER = Flow(
    start=S.ISSUED,
    ends=frozenset({S.CLEARED, S.WITHDRAWN}),
    steps=(
        Step("sign", frozenset({S.ISSUED}), S.SIGNED, Permission.ORDER_ANSWER, title="签收"),
        Step("answer", frozenset({S.SIGNED, S.RETURNED}), S.ANSWERED, Permission.ORDER_ANSWER, frozenset({"outcome"}), "答复"),
        Step("return", frozenset({S.ANSWERED, S.REVIEWED}), S.RETURNED, Permission.ORDER_REVIEW, frozenset({"reason"}), "退回重办"),
        Step("review", frozenset({S.ANSWERED}), S.REVIEWED, Permission.ORDER_REVIEW, frozenset({"finding"}), "审核通过"),
        Step("clear", frozenset({S.REVIEWED}), S.CLEARED, Permission.ORDER_CLEAR, frozenset({"finding"}), "销号"),
        Step(
            "withdraw",
            frozenset({S.ISSUED, S.SIGNED, S.ANSWERED, S.RETURNED, S.REVIEWED}),
            S.WITHDRAWN,
            Permission.ORDER_ISSUE,
            frozenset({"reason"}),
            "撤销督办",
        ),
    ),
    requirements={"outcome": "落实情况", "reason": "理由", "finding": "核查意见"},
)
# Which step a state waits for
AWAITED = MappingProxyType({S.ISSUED: "sign", S.SIGNED: "answer", S.RETURNED: "answer", S.ANSWERED: "review", S.REVIEWED: "clear"})
# A second person: whoever took one of the later steps, in whatever round, may not take the first; nor may anybody of the department asked.
APART = MappingProxyType(
    {"return": frozenset({"sign", "answer"}), "review": frozenset({"sign", "answer"}), "clear": frozenset({"sign", "answer"})}
)
EVIDENCED = frozenset({"answer", "review", "clear"})  # the steps evidence may be given for
PROVEN = "clear"  # the step that needs some
RETURN_DAYS = 2  # working days at least for an answer that was sent back
LONGEST = 2000  # characters of one text a step carries
