"""The plan as rows: the document's tree, what it promises, and what is reported of it."""

from gongjian.plans.models.contributing import Contribution, ContributionState, ContributionStep, ReportFile
from gongjian.plans.models.document import Edition, Intake, Measure, Plan, Programme, Responsibility, Wording
from gongjian.plans.models.freezing import MonthFreeze
from gongjian.plans.models.performance import Achievement, Report, ReportStep
from gongjian.plans.models.promise import Adjustment, Commitment

__all__ = [
    "Achievement",
    "Adjustment",
    "Commitment",
    "Contribution",
    "ContributionState",
    "ContributionStep",
    "Edition",
    "Intake",
    "Measure",
    "MonthFreeze",
    "Plan",
    "Programme",
    "Report",
    "ReportFile",
    "ReportStep",
    "Responsibility",
    "Wording",
]
