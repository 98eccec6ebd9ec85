"""The way of every assessment. Every state and arrow is in this file; an objection has its own four states."""

from gongjian.assessment.models.assessment import AssessmentState as S
from gongjian.kernel.flows import Flow, Step
from gongjian.people.roles import Permission

WAY = Flow(
    start=S.DRAFT,
    ends=frozenset({S.PUBLISHED, S.SUPERSEDED, S.DROPPED}),
    steps=(
        Step("send", frozenset({S.DRAFT}), S.OBJECTING, Permission.ASSESSMENT_MANAGE, title="发送征求意见"),
        Step("recall", frozenset({S.OBJECTING}), S.DRAFT, Permission.ASSESSMENT_MANAGE, frozenset({"reason"}), "撤回修改"),
        Step("publish", frozenset({S.OBJECTING}), S.PUBLISHED, Permission.ASSESSMENT_MANAGE, title="公布"),
        Step("drop", frozenset({S.DRAFT}), S.DROPPED, Permission.ASSESSMENT_MANAGE, frozenset({"reason"}), "作废"),
        Step("supersede", frozenset({S.PUBLISHED}), S.SUPERSEDED, Permission.ASSESSMENT_MANAGE, title="被新版代替"),
    ),
    requirements={"reason": "理由"},
)
LONGEST = 1000  # characters of one text
