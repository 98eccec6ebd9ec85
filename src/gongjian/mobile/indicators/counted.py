"""Figures counted straight from records: checks, violations, fuel, terminals, machines, new vehicles."""

from gongjian.indicators.formulas import Records
from gongjian.indicators.grammar import Better, Count, Coverage, Field, Indicator, PeriodKind, Ratio, Split, Sum
from gongjian.mobile.indicators.words import DEPARTMENT, GROUP, STREET, USE
from gongjian.mobile.models.vocabulary import NEWLY_ELECTRIC
from gongjian.standards.vehicles.fuels import Fuel

HEAVY_DIESEL = (Field("fuel") == Fuel.DIESEL) & (Field("heavy") == True)  # noqa: E712 - it declares
PASSED = Field("passed") == True  # noqa: E712 - same
ELECTRIC = Field("fuel").isin([Fuel.ELECTRIC, Fuel.HYDROGEN])

ROAD_CHECKS = Indicator(
    code="mobile.heavy_diesel.road_checks",
    title="重型柴油车道路检查数",
    unit="辆次",
    better=Better.UP,
    formula=Count(HEAVY_DIESEL),
    records=Records("mobile.RoadCheck", "on"),
    about="路检路查记录中的重型柴油车，每查一辆次计一次",
    splits=(STREET, DEPARTMENT, Split("stage", "排放阶段", "stage")),
    group=GROUP,
)
PREMISES_CHECKS = Indicator(
    code="mobile.heavy_diesel.premises_checks",
    title="重型柴油车入户检查数",
    unit="辆次",
    better=Better.UP,
    formula=Count(HEAVY_DIESEL),
    records=Records("mobile.PremisesCheck", "on"),
    about="入户检查记录中的重型柴油车，每查一辆次计一次",
    splits=(STREET, DEPARTMENT, Split("company", "受检单位", "company__name"), Split("stage", "排放阶段", "stage")),
    group=GROUP,
)
VIOLATIONS_HANDLED = Indicator(
    code="mobile.restricted.violations_handled_rate",
    title="限行违法处理率",
    unit="%",
    better=Better.UP,
    formula=Ratio(Field("handled_on").known()),
    records=Records("mobile.ZoneViolation", "on"),
    about="发现的限行违法中，已登记处理日期的比例",
    splits=(STREET, DEPARTMENT),
    group=GROUP,
)
BLACK_SMOKE = Indicator(
    code="mobile.black_smoke.found",
    title="冒黑烟车辆发现数",
    unit="辆次",
    better=Better.DOWN,
    formula=Count(),
    records=Records("mobile.BlackSmoke", "on"),
    about="黑烟抓拍、路面巡查和群众举报发现的冒黑烟车辆，每发现一次计一次",
    splits=(STREET, Split("seen_by", "发现方式", "seen_by")),
    group=GROUP,
)
NEWLY_ELECTRIC_SHARE = Indicator(
    code="mobile.electric_share.new",
    title="新增更新车电动化比例",
    unit="%",
    better=Better.UP,
    formula=Ratio(ELECTRIC, Field("use").isin(NEWLY_ELECTRIC)),
    records=Records("mobile.Acquisition", "on"),
    about="公交、环卫、邮政、通勤、轻型物流新增和更新的车辆中，纯电动和氢燃料车所占比例",
    splits=(USE, Split("company", "购置单位", "company__name")),
    group=GROUP,
)
KEY_PLACES_VISITED = Indicator(
    code="mobile.key_places.visited_rate",
    title="停放集中重点场所入户抽测率",
    unit="%",
    better=Better.UP,
    formula=Coverage(Records("mobile.PremisesCheck", "on"), by="place"),
    records=Records("mobile.KeyPlaceVersion", "valid_from", until="valid_to"),
    about="台账内的重点场所和重点单位中，期内至少有一次入户检查的比例",
    splits=(STREET, Split("sort", "场所类别", "sort")),
    open_rows=True,
    group=GROUP,
)
TERMINALS_ONLINE = Indicator(
    code="mobile.remote.online_rate",
    title="重型柴油车远程监控在线率",
    unit="%",
    better=Better.UP,
    formula=Ratio(Field("online") == True),  # noqa: E712 - it declares
    records=Records("mobile.TerminalStatus", "on"),
    about="每周核对终端联网状态，在线的台次占核对台次的比例；接入网关的终端由网关按一周内是否收到数据核对，同一周有人工核对的以人工为准",
    splits=(DEPARTMENT,),
    open_rows=True,
    group=GROUP,
)
MACHINES_REGISTERED = Indicator(
    code="machinery.registered_rate",
    title="检查机械已编码登记率",
    unit="%",
    better=Better.UP,
    formula=Ratio(Field("registered") == True),  # noqa: E712 - it declares
    records=Records("mobile.MachineCheck", "on"),
    about="检查中遇到的非道路移动机械里，已编码登记的比例",
    splits=(STREET, DEPARTMENT, Split("type", "机械类型", "type")),
    group=GROUP,
)
MACHINE_CHECKS = Indicator(
    code="machinery.checks",
    title="非道路移动机械检查数",
    unit="台次",
    better=Better.UP,
    formula=Count(),
    records=Records("mobile.MachineCheck", "on"),
    about="非道路移动机械的检查记录，每查一台次计一次",
    splits=(STREET, DEPARTMENT, Split("type", "机械类型", "type"), Split("zone", "低排放区", "zone__name")),
    group=GROUP,
)
DIESEL_SOLD = Indicator(
    code="fuel.diesel.sold",
    title="车用柴油销售量",
    unit="t",
    better=Better.DOWN,
    formula=Sum("tonnes"),
    records=Records("mobile.DieselSale", "on"),
    about="各加油站和油库按月报送的车用柴油销售量之和",
    splits=(Split("site", "站点", "entry__name"), Split("street", "街道", "entry__street")),
    open_rows=True,
    group=GROUP,
)
STORAGE_COVERED = Indicator(
    code="fuel.storage.quarter_coverage",
    title="储油单位季度检查覆盖率",
    unit="%",
    better=Better.UP,
    formula=Coverage(Records("mobile.StorageCheck", "on")),
    records=Records("mobile.IllegalStorageVersion", "valid_from", until="valid_to"),
    about="非法储油台账内的点位中，本季度至少检查过一次的比例",
    splits=(STREET, Split("sort", "类别", "sort")),
    period=PeriodKind.QUARTER,
    open_rows=True,
    group=GROUP,
)


def samples_passed(code: str, title: str, product: str, named: str) -> Indicator:
    """The pass rate of the samples of one product."""
    return Indicator(
        code=code,
        title=title,
        unit="%",
        better=Better.UP,
        formula=Ratio(PASSED, Field("product") == product),
        records=Records("mobile.FuelSample", "on"),
        about=f"抽检的{named}样品中合格的比例，含加油机、储罐、油罐车和车辆油箱取样",
        splits=(Split("origin", "取样环节", "origin"), STREET),
        group=GROUP,
    )


DIESEL_PASSED = samples_passed("fuel.diesel.pass_rate", "车用柴油抽检合格率", "diesel", "车用柴油")
UREA_PASSED = samples_passed("fuel.urea.pass_rate", "车用尿素抽检合格率", "urea", "车用尿素")
COUNTED = (
    DIESEL_SOLD,
    VIOLATIONS_HANDLED,
    NEWLY_ELECTRIC_SHARE,
    ROAD_CHECKS,
    PREMISES_CHECKS,
    BLACK_SMOKE,
    KEY_PLACES_VISITED,
    MACHINES_REGISTERED,
    MACHINE_CHECKS,
    STORAGE_COVERED,
    DIESEL_PASSED,
    UREA_PASSED,
    TERMINALS_ONLINE,
)
