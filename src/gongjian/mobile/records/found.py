"""What the declarations of records about vehicles have in common: headings, units, rules."""

from gongjian.mobile import rules
from gongjian.standards.identifiers.plates import check_plate
from gongjian.standards.vehicles.fuels import parse_fuel
from gongjian.standards.vehicles.stages import parse_stage

GROUP = "移动源"
PLATE = {"label": "号牌号码"}
PLATE_CHECK = {"label": check_plate}
FOUND_NAMES = {
    "label": ("车牌号码", "车牌号", "车牌", "车辆号牌"),
    "stage": ("排放标准", "排放水平"),
    "fuel": ("燃料类型", "燃油种类"),
    "heavy": ("是否重型", "重型车"),
    "registered_here": ("是否本地登记", "是否本市登记", "本地车"),
    "use": ("使用性质", "车辆用途"),
}
FOUND_PARSES = {"fuel": parse_fuel, "stage": parse_stage}
MEASURED_NAMES = {
    "method": ("检验方法", "检测方式"),
    "opacity": ("光吸收系数K", "烟度", "烟度值", "K值"),
    "opacity_limit": ("烟度限值",),
    "nox": ("NOx", "氮氧化物值"),
    "nox_limit": ("NOx限值",),
}
CHECK_NAMES = (
    FOUND_NAMES
    | MEASURED_NAMES
    | {
        "on": ("检查时间", "日期"),
        "passed": ("检测结果", "是否合格", "检查结果"),
        "problem": ("违法行为", "存在问题"),
        "outcome": ("处理情况",),
        "decision": ("处罚决定", "处罚文书号"),
        "chosen": ("检查方式", "选车方式"),
    }
)
MEASURED_UNITS = {"opacity": "m⁻¹", "opacity_limit": "m⁻¹", "nox": "10⁻⁶", "nox_limit": "10⁻⁶"}
FOUND_RULES = (rules.no_stage_without_exhaust, rules.label_fits_fuel, rules.here_is_local)
MEASURED_RULES = (rules.verdict_fits_values, rules.failure_has_cause)
CHECK_RULES = (*FOUND_RULES, *MEASURED_RULES, rules.finding_has_outcome, rules.fine_has_decision)
