"""Vehicles as the rules class them: every way a register writes it, the limit of the day, and what a year of driving gives off."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongjian.standards.vehicles.emissions import ANNUAL_KM, Fleet, annual_nox_tonnes, nox_factor, without_factor
from gongjian.standards.vehicles.fuels import Fuel, parse_fuel
from gongjian.standards.vehicles.masses import MassClass, mass_class, parse_mass_class
from gongjian.standards.vehicles.smoke import Exhaust, SmokeTest, exhaust_limit
from gongjian.standards.vehicles.stages import BadVehicleWord, EmissionStage, MachineStage, parse_machine_stage, parse_stage

S, M = EmissionStage, MassClass
BURNT = [Fuel.DIESEL, Fuel.PETROL]
FLEETS = st.builds(
    Fleet, st.sampled_from([*BURNT, Fuel.ELECTRIC, Fuel.HYDROGEN]), st.sampled_from(MassClass), st.sampled_from(EmissionStage)
)
COUNTS = st.dictionaries(FLEETS, st.integers(0, 10_000), max_size=12)


@pytest.mark.parametrize(
    "written",
    ["国三", "国Ⅲ", "国3", "国III", "国ⅲ", " 国 三 ", "国３", "第三阶段", "国三阶段", "三", "III", "国第三阶段", "国三排放标准", "国iii"],
)
def test_the_third_stage_is_read_however_written(written):
    assert parse_stage(written) is S.THREE
    assert parse_machine_stage(written) is MachineStage.THREE


@pytest.mark.parametrize(
    ("written", "stage"),
    [
        ("国零", S.ZERO), ("国0", S.ZERO), ("国〇", S.ZERO), ("国O", S.ZERO), ("国一前", S.ZERO),
        ("国Ⅰ以前", S.ZERO),
        ("国一", S.ONE), ("国Ⅱ", S.TWO), ("国IV", S.FOUR), ("国Ⅳ", S.FOUR), ("国V", S.FIVE),
        ("国六", S.SIX), ("国VI", S.SIX), ("国六b", S.SIX), ("国VIA", S.SIX),
    ],
)  # fmt: skip
def test_each_stage_is_read(written, stage):
    assert parse_stage(written) is stage


@pytest.mark.parametrize("stage", EmissionStage)
def test_a_stage_s_own_word_is_read_back(stage):
    assert parse_stage(stage.word) is stage


@pytest.mark.parametrize("written", ["", "国", "国七", "国VV", "国IIV", "国3.5", "欧三", "柴油"])
def test_what_is_no_stage_is_turned_down_with_the_reason(written):
    with pytest.raises(BadVehicleWord, match=f"^排放阶段“{written}”认不出，应为国零至国六$"):
        parse_stage(written)


def test_a_machine_has_no_fifth_stage():
    with pytest.raises(BadVehicleWord, match=r"^排放阶段“国五”认不出，应为国零至国四$"):
        parse_machine_stage("国五")
    assert [one.word for one in MachineStage] == ["国零", "国一", "国二", "国三", "国四"]


@pytest.mark.parametrize(
    ("written", "fuel"),
    [("柴油", Fuel.DIESEL), ("ＣＮＧ", Fuel.CNG), ("lng", Fuel.LNG), ("天然气", Fuel.NATURAL_GAS), ("两用燃料", Fuel.DUAL),
     ("纯 电动", Fuel.ELECTRIC),
     ("插电式混合动力", Fuel.HYBRID), ("氢燃料电池", Fuel.HYDROGEN), ("汽油", Fuel.PETROL), ("diesel", Fuel.DIESEL)],
)  # fmt: skip
def test_each_fuel_is_read(written, fuel):
    assert parse_fuel(written) is fuel


@pytest.mark.parametrize("fuel", Fuel)
def test_a_fuel_s_own_word_and_value_are_read_back(fuel):
    assert parse_fuel(fuel.word) is parse_fuel(fuel.value) is fuel


def test_an_unknown_fuel_is_turned_down_with_the_choice():
    with pytest.raises(BadVehicleWord, match=r"^燃料种类“煤”认不出，应为柴油、汽油、天然气、"):
        parse_fuel("煤")


@pytest.mark.parametrize(
    ("kg", "mm", "expected"),
    [
        (12_000, None, M.HEAVY), (11_999, None, M.MEDIUM), (4_500, None, M.MEDIUM), (4_499, None, M.LIGHT), (4_499, 5_999, M.LIGHT),
        (4_499, 6_000, M.MEDIUM), (1_800, 3_500, M.MINI), (1_801, 3_500, M.LIGHT), (1_800, 3_501, M.LIGHT), (1_800, None, M.LIGHT),
        (49_000, 3_000, M.HEAVY),
    ],
)  # fmt: skip
def test_a_truck_s_class_changes_at_its_limit_and_not_before(kg, mm, expected):
    assert mass_class(kg, mm) is expected


@pytest.mark.parametrize("kg", [0, -1, float("nan")])
def test_a_truck_without_mass_is_a_mistake(kg):
    with pytest.raises(ValueError, match="a truck of"):
        mass_class(kg)


def test_a_vehicle_type_names_the_class():
    assert parse_mass_class("重型半挂牵引车") is M.HEAVY
    assert parse_mass_class("轻 型厢式货车") is M.LIGHT
    with pytest.raises(BadVehicleWord, match=r"^货车类型“小轿车”认不出"):
        parse_mass_class("小轿车")


@pytest.mark.parametrize(
    ("test", "exhaust", "a", "b"),
    [
        (SmokeTest.FREE_ACCELERATION, Exhaust.OPACITY, 1.2, 0.7),
        (SmokeTest.LUG_DOWN, Exhaust.OPACITY, 1.2, 0.7),
        (SmokeTest.LUG_DOWN, Exhaust.NOX, 1500, 900),
    ],
)
def test_each_limit_of_gb_3847_from_its_first_day(test, exhaust, a, b):
    first = date(2019, 5, 1)
    assert [exhaust_limit(test, exhaust, first, cls).value for cls in "ab"] == [a, b]
    assert exhaust_limit(test, exhaust, date(2019, 4, 30)) is None
    assert not exhaust_limit(test, exhaust, first).exceeded_by(a)
    assert exhaust_limit(test, exhaust, first, "b").exceeded_by(a)


def test_free_acceleration_has_no_limit_for_nox_and_there_is_no_class_c():
    assert exhaust_limit(SmokeTest.FREE_ACCELERATION, Exhaust.NOX, date(2020, 1, 1)) is None
    with pytest.raises(ValueError, match="class a or b"):
        exhaust_limit(SmokeTest.LUG_DOWN, Exhaust.NOX, date(2020, 1, 1), "c")


def test_a_limit_names_its_standard():
    found = exhaust_limit(SmokeTest.LUG_DOWN, Exhaust.NOX, date(2020, 1, 1))
    assert (found.method, found.exhaust.unit) == ("GB 3847-2018 表2 加载减速法 氮氧化物限值a", "10⁻⁶")


@pytest.mark.parametrize(
    ("fuel", "mass", "expected"),
    [
        (Fuel.DIESEL, M.HEAVY, [13.823, 9.589, 7.934, 7.934, 5.554, 4.721]),
        (Fuel.DIESEL, M.MEDIUM, [10.782, 7.479, 6.221, 6.221, 4.354, 3.701]),
        (Fuel.DIESEL, M.LIGHT, [6.758, 5.578, 5.578, 3.765, 2.636, 2.24]),
        (Fuel.DIESEL, M.MINI, [5.74, 4.787, 5.693, 3.347, 2.678, 2.276]),
        (Fuel.PETROL, M.HEAVY, [5.807, 2.979, 2.905, 1.713, 0.907, 0.68]),
        (Fuel.PETROL, M.MEDIUM, [5.807, 2.979, 2.905, 1.713, 0.907, 0.68]),
        (Fuel.PETROL, M.LIGHT, [3.31, 2.006, 1.656, 0.534, 0.229, 0.172]),
        (Fuel.PETROL, M.MINI, [3.31, 2.006, 1.656, 0.534, 0.229, 0.172]),
    ],
)
def test_each_factor_of_the_guide_and_the_estimate_after_it(fuel, mass, expected):
    found = [nox_factor(Fleet(fuel, mass, stage)) for stage in EmissionStage]
    assert [one.grams_per_km for one in found[:-1]] == expected
    assert [one.estimated for one in found] == [False] * 6 + [True]
    assert found[-1].grams_per_km == pytest.approx(expected[-1] * (0.23 if fuel is Fuel.DIESEL else 1), abs=5e-4)
    assert "估算" in found[-1].source
    assert "估算" not in found[0].source


def test_a_hundred_heavy_diesel_trucks_of_the_third_stage_give_off_some_sixty_tonnes():
    assert annual_nox_tonnes({Fleet(Fuel.DIESEL, M.HEAVY, S.THREE): 100}) == pytest.approx(100 * 75_000 * 7.934 / 1e6)
    assert annual_nox_tonnes({Fleet(Fuel.DIESEL, M.HEAVY, S.THREE): 100}, dict.fromkeys(M, 1_000)) == pytest.approx(0.7934)
    assert ANNUAL_KM == {M.HEAVY: 75_000, M.MEDIUM: 35_000, M.LIGHT: 30_000, M.MINI: 30_000}


def test_a_fleet_without_a_factor_is_never_left_out_in_silence():
    gas = Fleet(Fuel.LNG, M.HEAVY, S.FIVE)
    counts = {gas: 3, Fleet(Fuel.DIESEL, M.HEAVY, S.FIVE): 1}
    assert without_factor(counts) == {gas: 3}
    with pytest.raises(ValueError, match="no factor"):
        annual_nox_tonnes(counts)
    with pytest.raises(ValueError, match="no count"):
        annual_nox_tonnes({Fleet(Fuel.DIESEL, M.HEAVY, S.FIVE): -1})


@given(COUNTS, COUNTS)
def test_tonnes_add_up_over_fleets(one, other):
    both = {fleet: one.get(fleet, 0) + other.get(fleet, 0) for fleet in {**one, **other}}
    assert annual_nox_tonnes(both) == pytest.approx(annual_nox_tonnes(one) + annual_nox_tonnes(other))


@given(st.sampled_from(MassClass), st.sampled_from([stage for stage in EmissionStage if stage > S.TWO]), st.integers(1, 500))
def test_a_newer_stage_gives_off_no_more_and_electric_nothing(mass, stage, count):
    before = annual_nox_tonnes({Fleet(Fuel.DIESEL, mass, EmissionStage(stage - 1)): count})
    assert annual_nox_tonnes({Fleet(Fuel.DIESEL, mass, stage): count}) <= before
    assert annual_nox_tonnes({Fleet(Fuel.ELECTRIC, mass, stage): count}) == 0
