"""How duties and inspections are carried out, as figures: of every task the outcome on the day it was due."""

from __future__ import annotations

from gongjian.indicators.conditions import Field
from gongjian.indicators.formulas import Count, Ratio, Records
from gongjian.indicators.grammar import Better, Indicator, Split

GROUP = "专项检查"
OUTCOMES = Records("inspections.TaskOutcome", "on")
SPLITS = (Split("department", "责任部门", "department__name"), Split("street", "街道", "street"), Split("duty", "履职事项", "duty__title"))
COUNTED = Field("counted") == True  # noqa: E712 - it declares, it does not compare
OF_DUTY = COUNTED & (Field("drawn") == False)  # noqa: E712 - it declares, it does not compare
OF_LOT = COUNTED & (Field("drawn") == True)  # noqa: E712 - it declares, it does not compare
IN_TIME = Field("in_time") == True  # noqa: E712 - it declares, it does not compare
OVERDUE = (Field("in_time") == False) & (Field("done") == False)  # noqa: E712 - it declares, it does not compare

DUTY_IN_TIME = Indicator(
    code="inspections.duty.done_in_time",
    title="履职任务按期完成率",
    unit="%",
    better=Better.UP,
    records=OUTCOMES,
    formula=Ratio(IN_TIME, among=OF_DUTY),
    about="期内到期（含提前完成）的履职任务中，在截止日当天或之前完成上报的比例；已取消的不计",
    splits=SPLITS,
    group=GROUP,
)
DUTY_OVERDUE = Indicator(
    code="inspections.duty.overdue",
    title="履职任务过期未完成数",
    unit="项",
    better=Better.DOWN,
    records=OUTCOMES,
    formula=Count(OF_DUTY & OVERDUE),
    about="期内到期、至今没有完成上报的履职任务",
    splits=SPLITS,
    digits=0,
    group=GROUP,
)
DUTY_DONE = Indicator(
    code="inspections.duty.done",
    title="履职任务完成数",
    unit="项",
    better=Better.UP,
    records=OUTCOMES,
    formula=Count(OF_DUTY & (Field("done") == True)),  # noqa: E712 - it declares, it does not compare
    about="期内到期的履职任务中已经完成上报的",
    splits=SPLITS,
    digits=0,
    group=GROUP,
)
LOT_IN_TIME = Indicator(
    code="inspections.drawn.done_in_time",
    title="双随机抽查按期完成率",
    unit="%",
    better=Better.UP,
    records=OUTCOMES,
    formula=Ratio(IN_TIME, among=OF_LOT),
    about="期内到期（含提前完成）的双随机抽查任务中，在截止日当天或之前完成上报的比例",
    splits=SPLITS[:2],
    group=GROUP,
)
INDICATORS = (DUTY_IN_TIME, DUTY_OVERDUE, DUTY_DONE, LOT_IN_TIME)
