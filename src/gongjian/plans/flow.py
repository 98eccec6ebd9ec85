"""The ways of a monthly report and of what is contributed to it. Every state and arrow is in this file."""

from gongjian.kernel.flows import Flow, Step
from gongjian.people.roles import Permission
from gongjian.plans.models.contributing import ContributionState as C
from gongjian.plans.models.performance import ReportState as S

REPORT = Flow(
    start=S.DRAFT,
    ends=frozenset({S.ACCEPTED}),
    steps=(
        Step("submit", frozenset({S.DRAFT, S.RETURNED}), S.SUBMITTED, Permission.REPORT_WRITE, frozenset({"progress"}), "提交审核"),
        Step("recall", frozenset({S.SUBMITTED}), S.DRAFT, Permission.REPORT_WRITE, title="撤回修改"),
        Step("return", frozenset({S.SUBMITTED, S.ACCEPTED}), S.RETURNED, Permission.REPORT_REVIEW, frozenset({"reason"}), "退回"),
        Step("accept", frozenset({S.SUBMITTED}), S.ACCEPTED, Permission.REPORT_REVIEW, title="采用"),
    ),
    requirements={"progress": "本月进展", "reason": "退回理由"},
)

CONTRIBUTION = Flow(
    start=C.DRAFT,
    ends=frozenset({C.HANDED}),
    steps=(
        Step("hand_in", frozenset({C.DRAFT, C.RETURNED}), C.HANDED, Permission.REPORT_WRITE, frozenset({"text"}), "报牵头部门"),
        Step("recall", frozenset({C.HANDED}), C.DRAFT, Permission.REPORT_WRITE, title="撤回修改"),
        Step("return", frozenset({C.HANDED}), C.RETURNED, Permission.REPORT_WRITE, frozenset({"reason"}), "退回补充"),
    ),
    requirements={"text": "协办情况", "reason": "退回理由"},
)
