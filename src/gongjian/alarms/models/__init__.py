"""Outlets with their limits, alarms with their steps, findings of data quality, and how far the data were looked through."""

from gongjian.alarms.models.alarm import Alarm, AlarmPaper, AlarmStep
from gongjian.alarms.models.outlet import Limit, Outlet
from gongjian.alarms.models.quality import FindingStep, QualityFinding
from gongjian.alarms.models.sweep import SweepCursor

__all__ = ["Alarm", "AlarmPaper", "AlarmStep", "FindingStep", "Limit", "Outlet", "QualityFinding", "SweepCursor"]
