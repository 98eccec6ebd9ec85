"""The plan as rows: the document's tree, what it promises, and what is reported of it."""

from gongjian.plans.models.document import Edition, Intake, Measure, Plan, Programme, Responsibility, Wording
from gongjian.plans.models.performance import Achievement, Report, ReportStep
from gongjian.plans.models.promise import Adjustment, Commitment

__all__ = [
    "Achievement",
    "Adjustment",
    "Commitment",
    "Edition",
    "Intake",
    "Measure",
    "Plan",
    "Programme",
    "Report",
    "ReportStep",
    "Responsibility",
    "Wording",
]
