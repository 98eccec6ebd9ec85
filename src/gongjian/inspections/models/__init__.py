"""The tables of this room."""

from gongjian.inspections.models.draws import DrawObject, DrawPlan, DrawState, Recusal, SeedWay
from gongjian.inspections.models.duties import Duty, DutyTurn, Every
from gongjian.inspections.models.proofs import Filling, TaskCase, TaskEvidence
from gongjian.inspections.models.task import OPEN, Task, TaskInspector, TaskOutcome, TaskState, TaskStep

__all__ = [
    "OPEN",
    "DrawObject",
    "DrawPlan",
    "DrawState",
    "Duty",
    "DutyTurn",
    "Every",
    "Filling",
    "Recusal",
    "SeedWay",
    "Task",
    "TaskCase",
    "TaskEvidence",
    "TaskInspector",
    "TaskOutcome",
    "TaskState",
    "TaskStep",
]
