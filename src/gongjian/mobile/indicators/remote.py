"""Figures of what vehicles that report by themselves told, vehicle-day by vehicle-day."""

from gongjian.indicators.conditions import Field
from gongjian.indicators.formulas import Mean, Ratio, RatioOf, Records
from gongjian.indicators.grammar import Better, Indicator
from gongjian.mobile.indicators.words import DEPARTMENT, GROUP, STREET

DAYS = Records("mobile.RemoteDay", "on")
NOX_BEHIND = Indicator(
    code="mobile.remote.nox_ppm",
    title="重型车SCR下游NOx平均浓度",
    unit="ppm",
    better=Better.DOWN,
    formula=Mean("nox_ppm"),
    records=DAYS,
    about="联网重型车每天运转期间SCR下游NOx平均浓度，各辆日等权平均；没有可用读数的不计",
    splits=(STREET, DEPARTMENT),
    group=GROUP,
)
UREA_TO_FUEL = Indicator(
    code="mobile.remote.urea_ratio",
    title="重型车尿素与柴油用量比",
    unit="%",
    better=Better.NONE,
    formula=RatioOf("urea_litres", over="fuel_litres"),
    records=DAYS,
    about="联网重型车尿素用量之和与油耗之和的体积比，尿素按假定的罐容折算，用于比较趋势；国五、国六柴油车一般在3%至7%",
    splits=(STREET, DEPARTMENT),
    group=GROUP,
)
SIGNED = Indicator(
    code="mobile.remote.signed_rate",
    title="重型车远程监控异常迹象率",
    unit="%",
    better=Better.DOWN,
    formula=Ratio(Field("signs") > 0),
    records=DAYS,
    about="联网重型车的辆日中，数据里有异常迹象的比例；迹象是待核查的线索，不是违法认定",
    splits=(STREET, DEPARTMENT),
    group=GROUP,
)
REMOTE = (NOX_BEHIND, UREA_TO_FUEL, SIGNED)
