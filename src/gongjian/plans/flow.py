"""The monthly report's way: written, submitted, returned or accepted. Every state and arrow is in this file."""

from gongjian.kernel.flows import Flow, Step
from gongjian.people.roles import Permission
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
