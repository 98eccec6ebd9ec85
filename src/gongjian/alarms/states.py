"""Where an alarm and a finding stand, and by what an alarm is explained."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class AlarmState(models.TextChoices):
    """Where an alarm stands; the arrows are in ``alarms.flow``."""

    OPEN = "open", _("待确认")
    ACKNOWLEDGED = "acknowledged", _("待说明")
    EXPLAINED = "explained", _("待审核")
    ACCEPTED = "accepted", _("说明已采纳")
    CASED = "cased", _("已立案")
    CLEARED = "cleared", _("已自行恢复")
    WITHDRAWN = "withdrawn", _("更正后不成立")


class FindingState(models.TextChoices):
    """Where a finding of data quality stands."""

    FRESH = "fresh", _("待查看")
    SOUND = "sound", _("查看后无异常")
    CASED = "cased", _("已立案")


class Cause(models.TextChoices):
    """By what the company explains an alarm (the kinds HJ 212 has flags for, and what is none of them)."""

    MAINTENANCE = "maintenance", _("设备维护、校准")
    FAULT = "fault", _("设备故障")
    START_STOP = "start_stop", _("启炉、停炉")
    PROCESS = "process", _("工况或治理设施异常")
    LINK = "link", _("通信中断")
    OTHER = "other", _("其他")


ALARM_ENDS = (AlarmState.ACCEPTED, AlarmState.CASED, AlarmState.CLEARED, AlarmState.WITHDRAWN)
ALARM_OPEN = tuple(state for state in AlarmState if state not in ALARM_ENDS)
