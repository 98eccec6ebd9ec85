"""The way of every alarm and every finding. Every state and arrow is in this file.

A step without a permission is taken by the system alone.
"""

from gongjian.alarms.states import AlarmState, FindingState
from gongjian.kernel.flows import Flow, Step
from gongjian.people.roles import Permission

SYSTEM = ""
ALARM = Flow(
    start=AlarmState.OPEN,
    ends=frozenset({AlarmState.ACCEPTED, AlarmState.CASED, AlarmState.CLEARED, AlarmState.WITHDRAWN}),
    steps=(
        Step("acknowledge", frozenset({AlarmState.OPEN}), AlarmState.ACKNOWLEDGED, Permission.ALARM_ANSWER, title="确认收到"),
        Step(
            "explain",
            frozenset({AlarmState.OPEN, AlarmState.ACKNOWLEDGED}),
            AlarmState.EXPLAINED,
            Permission.ALARM_ANSWER,
            frozenset({"cause", "words"}),
            "提交说明",
        ),
        Step("accept", frozenset({AlarmState.EXPLAINED}), AlarmState.ACCEPTED, Permission.ALARM_REVIEW, title="采纳说明"),
        Step("reject", frozenset({AlarmState.EXPLAINED}), AlarmState.CASED, Permission.ALARM_REVIEW, frozenset({"words"}), "不采纳并立案"),
        Step(
            "file",
            frozenset({AlarmState.OPEN, AlarmState.ACKNOWLEDGED}),
            AlarmState.CASED,
            Permission.ALARM_REVIEW,
            frozenset({"words"}),
            "直接立案",
        ),
        Step("expire", frozenset({AlarmState.OPEN, AlarmState.ACKNOWLEDGED}), AlarmState.CASED, SYSTEM, title="逾期未说明，自动立案"),
        Step("clear", frozenset({AlarmState.OPEN, AlarmState.ACKNOWLEDGED}), AlarmState.CLEARED, SYSTEM, title="恢复正常，自动解除"),
        Step("resume", frozenset({AlarmState.CLEARED}), AlarmState.OPEN, SYSTEM, title="补传数据表明仍在持续，重新报警"),
        Step(
            "withdraw",
            frozenset({AlarmState.OPEN, AlarmState.ACKNOWLEDGED, AlarmState.EXPLAINED}),
            AlarmState.WITHDRAWN,
            SYSTEM,
            title="数据更正后不成立，自动撤销",
        ),
    ),
    requirements={"cause": "原因类别", "words": "情况说明"},
)
FINDING = Flow(
    start=FindingState.FRESH,
    ends=frozenset({FindingState.SOUND, FindingState.CASED}),
    steps=(
        Step("dismiss", frozenset({FindingState.FRESH}), FindingState.SOUND, Permission.ALARM_REVIEW, frozenset({"words"}), "无异常"),
        Step("confirm", frozenset({FindingState.FRESH}), FindingState.CASED, Permission.ALARM_REVIEW, frozenset({"words"}), "立案核查"),
        Step("look_again", frozenset({FindingState.SOUND}), FindingState.FRESH, Permission.ALARM_REVIEW, frozenset({"words"}), "重新查看"),
    ),
    requirements={"words": "查看情况"},
)
APART = {"accept": frozenset({"explain"}), "reject": frozenset({"explain"})}  # a second person
LONGEST = 1000  # characters of one text a step carries
