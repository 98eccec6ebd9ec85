"""The problems of mobile sources that must come to an end: who receives them, by when, with what evidence (plan A3, A5 to A8)."""

from __future__ import annotations

from gongjian.cases.declaration import CaseKind, Extra, Level, Needed, Publication, Recipient, Sanction
from gongjian.cases.models import EvidenceKind
from gongjian.kernel.worktime import days

ENFORCEMENT, POLICE, RUNNING = "综合执法局", "公安分局交通大队", "城市运行局"
GROUP = "移动源"
USUAL = {"hand_over": days(1), "sign": days(1), "feed_back": days(15), "verify": days(3), "close": days(3)}
QUICK = {"hand_over": days(1), "sign": days(1), "feed_back": days(5), "verify": days(2), "close": days(2)}
LEVELS = (Level("general", "一般", USUAL), Level("serious", "较重", QUICK))
FEEDBACK_DAYS = {"hand_over": days(1), "sign": days(2), "feed_back": days(40), "verify": days(5), "close": days(3)}
DECISION = Needed(step="feed_back", kind=EvidenceKind.DOCUMENT, title="处罚决定书", help="扫描成PDF。")
PLACE_PHOTO = Needed(step="find", kind=EvidenceKind.PHOTO, title="现场照片", dated=True, help="拍到号牌或点位，手机开启定位。")
DONE_PHOTO = Needed(step="feed_back", kind=EvidenceKind.PHOTO, title="处置后照片", dated=True, help="在现场拍，手机开启定位。")
PUBLISHED = Publication(days(7), "处罚决定作出后七个工作日内公开（行政执法公示制度）")

RESTRICTED = CaseKind(
    slug="restricted-zone",
    title="限行违法",
    about="国三柴油载货汽车等在限行区域行驶，由交通大队处罚。",
    levels=LEVELS,
    recipients=(Recipient(POLICE),),
    needed=(DECISION,),
    sanctions=(Sanction.FINE, Sanction.POINTS),
    ledgers=("vehicles",),
    group=GROUP,
)
OVER_LIMIT = CaseKind(
    slug="over-limit-penalty",
    title="超标排放处罚",
    about="路检路查、入户检查查出尾气超标的车辆：检测与处罚衔接，维修后复检，处罚结果反馈行业部门。",
    levels=LEVELS,
    recipients=(Recipient(ENFORCEMENT),),
    needed=(DECISION, Needed(step="feed_back", kind=EvidenceKind.VALUE, title="复检光吸收系数", unit="m⁻¹")),
    extras=(
        Extra(slug="retest", title="维修后复检", about="维修治理后经检测达标，填写复检结果。", before="feed_back"),
        Extra(slug="tell-industry", title="反馈行业部门", about="处罚结果反馈给行业主管部门。", before="close", tells=True),
    ),
    sanctions=(Sanction.FINE, Sanction.NOTICE, Sanction.INTERVIEW),
    publication=PUBLISHED,
    ledgers=("vehicles", "fleets", "key-places"),
    group=GROUP,
)
REPAIRED = CaseKind(
    slug="inspection-maintenance",
    title="检测超标-维修-复检",
    about="定期检验首检超标的车辆：维修治理、复检或处置的信息要反馈回来。",
    levels=(Level("general", "一般", FEEDBACK_DAYS),),
    recipients=(Recipient(ENFORCEMENT),),
    extras=(Extra(slug="retest", title="复检", about="维修后在检验机构复检，填写结果；报废、转出的写明处置。", before="feed_back"),),
    ledgers=("vehicles",),
    group=GROUP,
)
MACHINES = CaseKind(
    slug="machine-smoke",
    title="机械冒黑烟与禁用区违规",
    about="非道路移动机械冒黑烟、未登记使用，或在低排放区使用高排放机械。",
    levels=LEVELS,
    recipients=(Recipient(ENFORCEMENT),),
    needed=(PLACE_PHOTO, DONE_PHOTO),
    sanctions=(Sanction.FINE, Sanction.NOTICE, Sanction.STOP_WORK),
    publication=PUBLISHED,
    ledgers=("machines", "low-emission-zones"),
    group=GROUP,
)
FUEL = CaseKind(
    slug="fuel-and-tanks",
    title="不合格油品与非法储罐关停拆除",
    about="抽检不合格的油品、尿素，和台账内的非法储油点：查处、关停、拆除。",
    levels=LEVELS,
    recipients=(Recipient(ENFORCEMENT),),
    needed=(DONE_PHOTO,),
    sanctions=(Sanction.FINE, Sanction.NOTICE),
    publication=PUBLISHED,
    ledgers=("fuel-sites", "illegal-storage"),
    group=GROUP,
)
BLACK_STATIONS = CaseKind(
    slug="black-stations",
    title="黑加油站",
    about="黑加油站点、流动加油罐车：清除并防止死灰复燃。",
    levels=(Level("serious", "较重", QUICK),),
    recipients=(Recipient(ENFORCEMENT),),
    needed=(PLACE_PHOTO, DONE_PHOTO),
    sanctions=(Sanction.FINE,),
    ledgers=("illegal-storage",),
    group=GROUP,
)
REMOTE = CaseKind(
    slug="remote-alarms",
    title="远程监控报警核查",
    about="重型柴油车远程监控发现的长期离线、排放异常和疑似篡改，逐车核查。",
    levels=LEVELS,
    recipients=(Recipient(ENFORCEMENT),),
    sanctions=(Sanction.FINE, Sanction.INTERVIEW),
    ledgers=("remote-terminals", "vehicles"),
    group=GROUP,
)
CASE_KINDS = (RESTRICTED, OVER_LIMIT, REPAIRED, MACHINES, FUEL, BLACK_STATIONS, REMOTE)
