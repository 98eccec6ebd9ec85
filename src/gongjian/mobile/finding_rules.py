"""Which records of mobile sources are problems that must come to an end (plan A3.1, A3.4, A5 to A8)."""

from __future__ import annotations

from gongjian.cases.finding_rules import FindingRule
from gongjian.mobile.case_kinds import BLACK_STATIONS, FUEL, MACHINES, OVER_LIMIT, REPAIRED, RESTRICTED
from gongjian.mobile.models import PeriodicTest, StorageCheck

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
)
