"""The rules alarms go by, and the registry they are found in.

Emission limits bind hourly or daily means (the permit says which); minute values over an hourly limit are a warning. Only valid data are
judged. The spans are this house's own and are changed here: in a permit's or a standard's words there are none for them.
"""

from __future__ import annotations

from datetime import timedelta

from gongjian.alarms.declaration import AlarmRule
from gongjian.alarms.engine.verdicts import Sort
from gongjian.alarms.severity import Severity
from gongjian.kernel.worktime import days, hours
from gongjian.telemetry.models import Kind
from gongjian.telemetry.store import Period

OWN = "本系统判定规则"
SOURCES = (Kind.EMISSION.value,)
BOTH = (Kind.EMISSION.value, Kind.DUST.value)
RULES = (
    AlarmRule(
        slug="over-hour",
        title="小时均值超标",
        sort=Sort.OVER,
        basis="排污许可证载明的小时浓度限值",
        severity=Severity.SERIOUS,
        kinds=SOURCES,
        heal=2,
        answer_within=days(1),
        case_kind="online-exceeding",
        level="serious",
    ),
    AlarmRule(
        slug="over-day",
        title="日均值超标",
        sort=Sort.OVER,
        basis="排污许可证载明的日均浓度限值",
        severity=Severity.SERIOUS,
        kinds=SOURCES,
        period=Period.DAY,
        limits=Period.DAY,
        answer_within=days(1),
        case_kind="online-exceeding",
        level="serious",
    ),
    AlarmRule(
        slug="over-minute",
        title="分钟数据接连超标",
        sort=Sort.OVER,
        basis=f"以小时限值衡量分钟数据，只作预警；{OWN}",
        severity=Severity.MINOR,
        kinds=SOURCES,
        period=Period.MINUTE,
        need=3,
        among=5,
        heal=5,
        heals=True,
    ),
    AlarmRule(
        slug="dust-hour",
        title="扬尘小时均值超标",
        sort=Sort.OVER,
        basis=f"工地扬尘监测点限值；{OWN}",
        severity=Severity.GENERAL,
        kinds=(Kind.DUST.value,),
        heal=2,
        answer_within=hours(4),
        case_kind="online-exceeding",
    ),
    AlarmRule(
        slug="flat-hour",
        title="数据恒值",
        sort=Sort.FLAT,
        basis=f"HJ 356-2019 异常值判别（条款待核原文）；时长为{OWN}",
        severity=Severity.GENERAL,
        kinds=BOTH,
        need=5,
        among=5,
        heals=True,
        answer_within=days(2),
        case_kind="online-abnormal",
    ),
    AlarmRule(
        slug="impossible-hour",
        title="数值超出物理可能",
        sort=Sort.IMPOSSIBLE,
        basis=f"HJ 356-2019 异常值判别（条款待核原文）；范围为{OWN}",
        severity=Severity.GENERAL,
        kinds=BOTH,
        heal=3,
        heals=True,
        answer_within=days(2),
        case_kind="online-abnormal",
    ),
    AlarmRule(
        slug="flagged-hour",
        title="长时间维护或故障",
        sort=Sort.FLAGGED,
        basis="HJ 75-2017 关于故障期间人工监测的要求（条款待核原文）",
        severity=Severity.GENERAL,
        kinds=SOURCES,
        need=24,
        among=24,
        heal=6,
        answer_within=days(2),
        case_kind="online-abnormal",
    ),
    AlarmRule(
        slug="offline",
        title="监测设备离线",
        sort=Sort.OFFLINE,
        basis=OWN,
        severity=Severity.GENERAL,
        kinds=SOURCES,
        silence=timedelta(hours=2),
        heals=True,
        answer_within=days(1),
        case_kind="online-offline",
    ),
    AlarmRule(
        slug="dust-offline",
        title="扬尘设备离线",
        sort=Sort.OFFLINE,
        basis=OWN,
        severity=Severity.MINOR,
        kinds=(Kind.DUST.value,),
        silence=timedelta(hours=4),
        heals=True,
        answer_within=days(2),
        case_kind="online-offline",
    ),
)
_BY_SLUG = {rule.slug: rule for rule in RULES}


def rules_for(kind: str, period: Period | None = None) -> list[AlarmRule]:
    """The rules for a kind of station; with a period those that judge values of that period."""
    return [rule for rule in RULES if kind in rule.kinds and (period is None or (rule.period == period and rule.silence is None))]


def find_rule(slug: str) -> AlarmRule:
    """The rule of that slug; KeyError for one that is no more."""
    return _BY_SLUG[slug]


def rule_title(slug: str) -> str:
    """What people call a rule; the slug itself for one that is no more."""
    return _BY_SLUG[slug].title if slug in _BY_SLUG else slug
