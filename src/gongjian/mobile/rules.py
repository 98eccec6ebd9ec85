"""What a row of a ledger or record of vehicles and machines cannot say at once: each rule gives the field and what is wrong, or None."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from gongjian.kernel.months import Month
from gongjian.standards.identifiers.machine_codes import ELECTRIC, looks_like_machine_code
from gongjian.standards.identifiers.plates import is_local, is_new_energy, is_pure_electric, looks_like_plate
from gongjian.standards.vehicles.fuels import Fuel
from gongjian.standards.vehicles.masses import HEAVY_FROM_KG, MEDIUM_FROM_KG
from gongjian.standards.vehicles.smoke import Exhaust, SmokeTest, exhaust_limit

Row = Mapping[str, Any]
Broken = tuple[str, str] | None
EXHAUST_FREE = frozenset({Fuel.ELECTRIC, Fuel.HYDROGEN})
NEW_ENERGY = EXHAUST_FREE | {Fuel.HYBRID}
GAS = frozenset({Fuel.NATURAL_GAS, Fuel.CNG, Fuel.LNG, Fuel.DUAL})
LIGHT_USES = frozenset({"light-logistics", "pass-logistics"})
GOODS = frozenset({"truck", "tractor", "special"})
MOST_SULPHUR_MG_KG = 10


def stage_fits_fuel(row: Row) -> Broken:
    """What burns nothing has no stage; what burns has one, or nobody can say whether it is restricted."""
    if row["fuel"] in EXHAUST_FREE and row["stage"] is not None:
        return "stage", f"{Fuel(row['fuel']).word}车没有排放阶段，请留空"
    if row["fuel"] not in EXHAUST_FREE and row["stage"] is None:
        return "stage", "排放阶段没有填写，燃油、燃气和混合动力车都要填"
    return None


def no_stage_without_exhaust(row: Row) -> Broken:
    """On the spot a stage may be unknown, but what burns nothing has none."""
    return stage_fits_fuel(row) if row["stage"] is not None else None


def machine_stage_fits_power(row: Row) -> Broken:
    """A machine without an exhaust has no stage."""
    if row["power"] in EXHAUST_FREE and row["stage"] is not None:
        return "stage", f"{Fuel(row['power']).word}机械没有排放阶段，请留空"
    return None


def plate_fits_fuel(row: Row, plate: str = "code") -> Broken:
    """Green plates are for new energy only, and say which of it; older ones may still carry blue or yellow."""
    number = row[plate]
    if not looks_like_plate(number) or not is_new_energy(number):
        return None
    if row["fuel"] not in NEW_ENERGY:
        return "fuel", f"“{number}”是新能源号牌，燃料种类却是{Fuel(row['fuel']).word}"
    if row["fuel"] == Fuel.HYBRID and is_pure_electric(number):
        return "fuel", f"“{number}”是纯电动号牌，燃料种类却是混合动力"
    return None


def label_fits_fuel(row: Row) -> Broken:
    """The same of a record, whose label is the plate."""
    return plate_fits_fuel(row, "label")


def here_is_local(row: Row) -> Broken:
    """A vehicle registered here carries a plate of this city."""
    plate = row.get("code") or row["label"]
    if row["registered_here"] and looks_like_plate(plate) and not is_local(plate):
        return "registered_here", f"“{plate}”不是本市号牌，不会是本地登记"
    return None


def gas_engine_burns_gas(row: Row) -> Broken:
    """How a gas engine burns is said of gas engines only."""
    if row["gas_engine"] and row["fuel"] not in GAS:
        return "gas_engine", f"燃料种类是{Fuel(row['fuel']).word}，燃气燃烧方式请留空"
    return None


def light_use_is_light(row: Row) -> Broken:
    """轻型物流 in the plan is up to 4.5 tonnes."""
    if row["use"] in LIGHT_USES and row["mass_kg"] > MEDIUM_FROM_KG:
        return "mass_kg", f"轻型物流车总质量不超过{MEDIUM_FROM_KG}kg，填的是{row['mass_kg']}kg"
    return None


def heavy_has_mass(row: Row) -> Broken:
    """A goods vehicle is heavy exactly from 12 tonnes on."""
    if row["heavy"] and row["mass_kg"] < HEAVY_FROM_KG and row["use"] not in ("bus", "tourism", "commuting"):
        return "heavy", f"总质量{row['mass_kg']}kg的货车不是重型"
    return None


def diesel_within_fleet(row: Row) -> Broken:
    """Diesel vehicles are some of the vehicles."""
    total, diesel = row["vehicle_count"], row["diesel_count"]
    if total is not None and diesel is not None and diesel > total:
        return "diesel_count", f"柴油车{diesel}辆多于车辆总数{total}辆"
    return None


def has_piles(row: Row) -> Broken:
    """A charging station without a pile is none."""
    return None if row["fast_piles"] + row["slow_piles"] else ("fast_piles", "快充桩和慢充桩都是0，请核对")


def code_fits_machine(row: Row) -> Broken:
    """The first sign of a registration number is the stage, or D for an electric machine."""
    first = row["code"][:1]
    if first == ELECTRIC and row["power"] not in EXHAUST_FREE:
        return "power", f"登记号码“{row['code']}”是电动机械的，动力类型却不是电动"
    if first.isdecimal() and row["stage"] is not None and int(first) != row["stage"]:
        return "stage", f"登记号码“{row['code']}”是国{'零一二三四'[int(first)]}机械的，排放阶段与它不符"
    return None


def in_order(earlier: str, later: str, words: str) -> Callable[[Row], Broken]:
    """The rule that one day is not before another."""

    def rule(row: Row) -> Broken:
        first, last = row[earlier], row[later]
        return (later, words) if first and last and last < first else None

    return rule


def verdict_fits_values(row: Row) -> Broken:
    """Who passed cannot be over a limit: the one written beside the value, else the laxest of GB 3847."""
    if row["passed"] is not True:
        return None
    for name, exhaust in _EXHAUSTS:
        value, limit = row.get(name), _limit(row, name, exhaust)
        if value is not None and limit is not None and value > limit:
            return "passed", f"结论是合格，{_TITLES[name]}{value:g}却超过限值{limit:g}，请核对"
    return None


def failure_has_cause(row: Row) -> Broken:
    """Whose every measured value is within its own limit cannot have failed for its exhaust."""
    pairs = [(row.get(name), row.get(f"{name}_limit")) for name in _TITLES]
    measured = [(value, limit) for value, limit in pairs if value is not None]
    told = measured and all(limit is not None and value <= limit for value, limit in measured)
    if row["passed"] is False and told and row.get("problem", "none") == "none":
        return "passed", "结论是不合格，填写的检测值却都不超过限值，请核对"
    return None


def finding_has_outcome(row: Row) -> Broken:
    """What was found has been dealt with somehow; where nothing was found there is nothing to deal with."""
    bad = row["passed"] is False or row.get("problem", "none") != "none"
    if bad and row["outcome"] == "none":
        return "outcome", "发现了问题，处理结果不能是“未发现问题”"
    if not bad and row["outcome"] not in ("none", "educated"):
        return "outcome", "没有发现问题，处理结果请填“未发现问题”"
    return None


def somewhere(row: Row) -> Broken:
    """A check on premises was on some premises."""
    return None if row["place"] or row["company"] else ("place", "请填写检查的重点场所或受检单位，至少一项")


def filling_has_litres(row: Row) -> Broken:
    """A filling without a quantity says nothing."""
    if row["item"] in ("fuel", "urea") and not row["litres"]:
        return "litres", "加注柴油、尿素的记录要填写数量"
    return None


def registered_has_number(row: Row) -> Broken:
    """A machine met as registered was known by its number."""
    if row["registered"] and not looks_like_machine_code(row["label"]):
        return "label", f"已编码登记的机械要填环保登记号码，“{row['label']}”不是"
    return None


def machine_fails_for_smoke(row: Row) -> Broken:
    """A machine that smokes black has not passed; one that failed has been dealt with."""
    if row["black_smoke"] and row["passed"]:
        return "passed", "冒黑烟的机械，检查结论不能是合格"
    if not row["passed"] and row["outcome"] == "none":
        return "outcome", "检查不合格，处理结果不能是“未发现问题”"
    return None


def failing_sample_says_why(row: Row) -> Broken:
    """A sample fails in something."""
    if row["passed"] is False and not row["failing"]:
        return "failing", "样品不合格，请填写不合格项目"
    return ("passed", "样品合格，不合格项目应留空") if row["passed"] and row["failing"] else None


def sulphur_fits_verdict(row: Row) -> Broken:
    """Fuel for vehicles of 国六 (GB 19147-2016, GB 17930-2016) holds 10 mg/kg of sulphur at most."""
    sulphur = row["sulphur_mg_kg"]
    if row["passed"] and row["product"] != "urea" and sulphur is not None and sulphur > MOST_SULPHUR_MG_KG:
        return "passed", f"结论是合格，硫含量{sulphur:g}mg/kg却超过{MOST_SULPHUR_MG_KG}mg/kg"
    return None


def ends_a_month(row: Row) -> Broken:
    """Monthly figures belong to the last day of their month."""
    last = Month.of(row["on"]).last
    return None if row["on"] == last else ("on", f"月销量的日期填当月最后一天，即{last:%Y-%m-%d}")


def fine_has_decision(row: Row) -> Broken:
    """A fine rests on a written decision."""
    if row["outcome"] == "fined" and not row["decision"]:
        return "decision", "处理结果是罚款，请填写处罚决定书文号"
    return None


def handled_after_found(row: Row) -> Broken:
    """Nothing is dealt with before it happened."""
    if row["handled_on"] and row["handled_on"] < row["on"]:
        return "handled_on", f"处理日期{row['handled_on']:%Y-%m-%d}早于发现日期{row['on']:%Y-%m-%d}"
    return None


def _limit(row: Row, name: str, exhaust: Exhaust | None) -> Any:
    """The limit written in the row; for diesel exhaust otherwise that of the standard, class a."""
    written = row.get(f"{name}_limit")
    if written is not None or exhaust is None or row.get("method") not in set(SmokeTest):
        return written
    found = exhaust_limit(SmokeTest(row["method"]), exhaust, row["on"])
    return found.value if found else None


_TITLES = {"opacity": "光吸收系数", "nox": "氮氧化物", "co": "一氧化碳"}
_EXHAUSTS = (("opacity", Exhaust.OPACITY), ("nox", Exhaust.NOX), ("co", None))
