"""Figures of what there is on a day: old trucks, old gas vehicles, electric vehicles, machines of new energy."""

from gongjian.indicators.formulas import Records
from gongjian.indicators.grammar import Better, Count, Field, Indicator, Ratio, Split
from gongjian.mobile.indicators.counted import ELECTRIC
from gongjian.mobile.indicators.words import COMPANY, GROUP, STREET, USE
from gongjian.mobile.models.machinery import Machine
from gongjian.mobile.models.vocabulary import WHOLLY_ELECTRIC, Body, GasEngine, Use
from gongjian.standards.vehicles.fuels import Fuel
from gongjian.standards.vehicles.masses import MEDIUM_FROM_KG
from gongjian.standards.vehicles.stages import EmissionStage

VEHICLES = Records("mobile.VehicleVersion", "valid_from", until="valid_to")
MACHINES = Records("mobile.MachineVersion", "valid_from", until="valid_to")
HERE = Field("registered_here") == True  # noqa: E712 - it declares
TRUCKS = Field("body").isin([Body.TRUCK, Body.TRACTOR, Body.SPECIAL])
CHINA_3_OR_OLDER = (Field("fuel") == Fuel.DIESEL) & (Field("stage") <= int(EmissionStage.THREE))
LIGHT_SANITATION = (Field("use") == Use.SANITATION) & (Field("mass_kg") <= MEDIUM_FROM_KG)

CHINA_3_TRUCKS = Indicator(
    code="mobile.china3_trucks.registered",
    title="国三柴油货车保有量",
    unit="辆",
    better=Better.DOWN,
    formula=Count(HERE & TRUCKS & CHINA_3_OR_OLDER),
    records=VEHICLES,
    about="台账内本地登记、排放阶段在国三及以下的柴油货车（含牵引车、专项作业车）",
    splits=(USE, COMPANY, Split("stage", "排放阶段", "stage")),
    digits=0,
    group=GROUP,
)
OLD_GAS = Indicator(
    code="mobile.old_gas.registered",
    title="老旧燃气车保有量",
    unit="辆",
    better=Better.DOWN,
    formula=Count(HERE & Field("gas_engine").isin([GasEngine.LEAN, GasEngine.CONVERTED])),
    records=VEHICLES,
    about="台账内本地登记、采用稀薄燃烧技术或由燃油改装的燃气车",
    splits=(USE, COMPANY),
    digits=0,
    group=GROUP,
)
ELECTRIC_SHARE = Indicator(
    code="mobile.electric_share.fleet",
    title="在用车电动化比例",
    unit="%",
    better=Better.UP,
    formula=Ratio(ELECTRIC, Field("use").isin(WHOLLY_ELECTRIC) | LIGHT_SANITATION),
    records=VEHICLES,
    about="台账内邮政、快递、轻型环卫（4.5吨以下）和持通行证轻型物流车中，纯电动和氢燃料车所占比例",
    splits=(USE, COMPANY),
    group=GROUP,
)
NEW_ENERGY_MACHINES = Indicator(
    code="machinery.new_energy_share",
    title="新能源非道路移动机械占比",
    unit="%",
    better=Better.UP,
    formula=Ratio(Field("power").isin([Machine.Power.ELECTRIC, Machine.Power.HYDROGEN])),
    records=MACHINES,
    about="台账内的非道路移动机械中，电动和氢燃料机械所占比例",
    splits=(Split("type", "机械类型", "type"), STREET),
    group=GROUP,
)
STOCKS = (CHINA_3_TRUCKS, OLD_GAS, ELECTRIC_SHARE, NEW_ENERGY_MACHINES)
