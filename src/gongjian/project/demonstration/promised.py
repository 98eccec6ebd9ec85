"""The plan's own duties as the demonstration keeps them: what plans call them, who, where, how well."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from gongjian.inspections.actions.keeping import Asked
from gongjian.people.models import Department

SOURCE = "演示数据（模拟）"
SINCE = date(2020, 4, 1)  # the plan was signed on 29 March
EVENTS: Mapping[date, str] = MappingProxyType(
    {date(2020, 4, 24): "4月24日空气重污染黄色预警（模拟）", date(2020, 10, 13): "10月13日空气重污染黄色预警（模拟）"}
)
ENFORCEMENT, RUNNING, PROMOTION = "综合执法局", "城市运行局", "营商合作局"
RONGHUA, BOXING = "荣华街道", "博兴街道"
UNSAID = Department()  # put in its place when the duty is entered: a declaration reads no database


@dataclass(frozen=True, slots=True)
class Kept:
    """A duty, its department by name, and the share of its tasks that is never done and done late."""

    duty: Asked
    department: str
    never: float
    late: float


def _kept(
    department: str, code: str, called: str, every: str, *, never: float = 0.03, late: float = 0.1, title: str = "", **more: object
) -> Kept:
    said = {"checklist": "work-record", "since": SINCE, "source": SOURCE, "called": called} | more
    return Kept(Asked(code=code, title=title or called, department=UNSAID, every=every, **said), department, never, late)  # type: ignore[arg-type] # as the fields are


PROMISED = (
    _kept(ENFORCEMENT, "dust-bulletin", "行业通报", "month", title="扬尘执法行业通报", never=0.0),
    _kept(
        ENFORCEMENT,
        "gate-checks",
        "进出门制度检查",
        "month",
        places=["渣土车出入口（荣华片区）", "渣土车出入口（博兴片区）", "渣土车出入口（路东片区）"],
    ),
    _kept(RUNNING, "dust-oversight", "责任落实专项督查", "quarter", places=[ENFORCEMENT, "开发建设局", RONGHUA, BOXING], never=0.12),
    _kept(
        ENFORCEMENT,
        "coatings",
        "涂料胶粘剂抽查（生产、超市、建材市场）",
        "month",
        title="涂料胶粘剂抽查",
        places=["生产企业", "超市", "建材市场"],
    ),
    _kept(PROMOTION, "scattered-firms", "散乱污排查", "month", places=[RONGHUA, BOXING], never=0.08),
    _kept(
        ENFORCEMENT,
        "warning-checks",
        "预警期间减排措施检查",
        "event",
        places=["汽车制造", "印刷包装", "建筑工地"],
        event_days=3,
        never=0.0,
        late=0.0,
    ),
    _kept(RONGHUA, "grid-rounds", "网格巡查", "month", places=["第一网格", "第二网格", "第三网格", "第四网格"], late=0.2),
    _kept(RUNNING, "groundwater", "地下水监督性监测", "quarter", documents=0, never=0.0, late=0.0),
    _kept(RUNNING, "storm-pipes", "汛前清管", "year", never=0.0, late=0.0),
    _kept(RUNNING, "aquatic-life", "水生态监测评价", "year", never=1.0),
    _kept(RUNNING, "river-chiefs", "各级河长巡河", "month", places=["凉水河", "新凤河", "大羊坊沟", "通惠排干"]),
    _kept(RUNNING, "soil-around", "周边土壤监测", "year", places=["固废集中处置设施周边", "污水处理厂周边"], never=0.3),
    _kept(ENFORCEMENT, "listed-plots", "名录地块监督检查", "quarter", never=0.35),
    _kept(RUNNING, "soil-training", "土壤污染防治培训", "year", never=0.0, late=0.0),
    _kept(
        ENFORCEMENT,
        "fuel-stations",
        "",
        "quarter",
        title="加油站油气回收与油品检查",
        checklist="fuel-station",
        ledger="fuel-sites",
        since=date(2020, 7, 1),
        never=0.05,
        late=0.05,
    ),
)
