"""The tables of this room."""

from gongjian.cases.models.arising import Arisen, RuleUse
from gongjian.cases.models.case import OPEN, Case, Finder, State
from gongjian.cases.models.evidence import Evidence, EvidenceKind
from gongjian.cases.models.happenings import Comment, ExtraDone, Postponement, Remark, SanctionTaken
from gongjian.cases.models.steps import Assistance, CaseStep

__all__ = [
    "OPEN",
    "Arisen",
    "Assistance",
    "Case",
    "CaseStep",
    "Comment",
    "Evidence",
    "EvidenceKind",
    "ExtraDone",
    "Finder",
    "Postponement",
    "Remark",
    "RuleUse",
    "SanctionTaken",
    "State",
]
