"""Which records of mobile sources are problems that must come to an end (plan A3.1, A3.4, A5 to A8)."""

from __future__ import annotations

from gongjian.cases.finding_rules import FindingRule
from gongjian.mobile.case_kinds import BLACK_STATIONS, FUEL, MACHINES, OVER_LIMIT, REMOTE, REPAIRED, RESTRICTED
from gongjian.mobile.models import PeriodicTest, StorageCheck
from gongjian.mobile.remote.vocabulary import SIGNS, Group


def _of(*groups: Group) -> tuple[str, ...]:
    """The signs of these groups."""
    return tuple(sign.value for sign, words in SIGNS.items() if words.group in groups)


FINDING_RULES = (
    FindingRule(
        slug="road-check-over-limit",
        title="路检路查尾气超标",
        about="路检路查中检测了尾气、结果不合格的车辆。",
        kind=OVER_LIMIT.slug,
        level="general",
        records="road-checks",
        where={"passed": False},
        place="place",
    ),
    FindingRule(
        slug="premises-check-over-limit",
        title="入户检查尾气超标",
        about="入户检查中检测了尾气、结果不合格的车辆。",
        kind=OVER_LIMIT.slug,
        level="general",
        records="premises-checks",
        where={"passed": False},
        place="place",
    ),
    FindingRule(
        slug="sampling-over-limit",
        title="监督抽测超标",
        about="遥感检测和监督抽测结果不合格的车辆。",
        kind=OVER_LIMIT.slug,
        level="general",
        records="samplings",
        where={"passed": False},
        place="place",
    ),
    FindingRule(
        slug="first-test-over-limit",
        title="定期检验初检超标",
        about="定期排放检验初检不合格的车辆：等待维修、复检或处置的反馈。",
        kind=REPAIRED.slug,
        level="general",
        records="periodic-tests",
        where={"passed": False, "turn": PeriodicTest.Turn.FIRST.value},
        place="station",
    ),
    FindingRule(
        slug="restricted-not-punished",
        title="限行违法尚未处罚",
        about="限行违法记录中还没有处理日期的车辆。",
        kind=RESTRICTED.slug,
        level="general",
        records="zone-violations",
        where={"handled_on": None},
        place="place",
    ),
    FindingRule(
        slug="machine-black-smoke",
        title="机械冒黑烟",
        about="机械检查中发现冒黑烟的机械。",
        kind=MACHINES.slug,
        level="serious",
        records="machine-checks",
        where={"black_smoke": True},
        place="place",
    ),
    FindingRule(
        slug="fuel-not-passed",
        title="油品尿素抽检不合格",
        about="油品、尿素抽检结果不合格的样品。",
        kind=FUEL.slug,
        level="general",
        records="fuel-samples",
        where={"passed": False},
    ),
    FindingRule(
        slug="storage-still-there",
        title="非法储油点仍在使用",
        about="检查时仍在使用或死灰复燃的非法储油点。",
        kind=BLACK_STATIONS.slug,
        level="serious",
        records="storage-checks",
        where={"state": (StorageCheck.State.WORKING.value, StorageCheck.State.BACK.value)},
    ),
    FindingRule(
        slug="remote-tampering",
        title="远程数据有疑似篡改迹象",
        about="远程监控数据中NOx读数不变或长时间不可用、冷却液温度长时间偏低、行驶中尿素液位不动的车辆；同一车辆同一迹象30天内只立一次。",
        kind=REMOTE.slug,
        level="serious",
        records="remote-signs",
        where={"sign": _of(Group.TAMPERING), "again": False},
    ),
    FindingRule(
        slug="remote-emission",
        title="远程监控NOx或尿素异常",
        about="远程监控数据中SCR下游NOx偏高、SCR几乎没有转化、尿素用量过低或近空仍行驶的车辆；同一车辆同一迹象30天内只立一次。",
        kind=REMOTE.slug,
        level="general",
        records="remote-signs",
        where={"sign": _of(Group.NOX, Group.UREA), "again": False},
    ),
    FindingRule(
        slug="remote-silent",
        title="远程监控终端长期没有数据",
        about="终端长期不上传数据、车辆仍在台账内；数据大量缺失的不在其内。",
        kind=REMOTE.slug,
        level="general",
        records="remote-signs",
        where={"sign": "silent"},
    ),
)
