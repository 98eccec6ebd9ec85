"""The way of every task. Every state and arrow is in this file."""

from gongjian.inspections.models.task import TaskState
from gongjian.kernel.flows import Flow, Step
from gongjian.people.roles import Permission as May

TASK = Flow(
    start=TaskState.OPEN,
    ends=frozenset({TaskState.CONFIRMED, TaskState.CANCELLED}),
    steps=(
        Step("start", frozenset({TaskState.OPEN, TaskState.RETURNED}), TaskState.STARTED, May.TASK_DO, title="开始检查"),
        Step("finish", frozenset({TaskState.OPEN, TaskState.STARTED, TaskState.RETURNED}), TaskState.DONE, May.TASK_DO, title="完成上报"),
        Step("send_back", frozenset({TaskState.DONE}), TaskState.RETURNED, May.TASK_CONFIRM, frozenset({"reason"}), "退回重做"),
        Step("confirm", frozenset({TaskState.DONE}), TaskState.CONFIRMED, May.TASK_CONFIRM, title="确认完成"),
        Step(
            "cancel",
            frozenset({TaskState.OPEN, TaskState.STARTED, TaskState.RETURNED}),
            TaskState.CANCELLED,
            May.TASK_MANAGE,
            frozenset({"reason"}),
            "取消任务",
        ),
    ),
    requirements={"reason": "理由"},
)
LONGEST = 500  # characters of a reason
