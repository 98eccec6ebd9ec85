"""Declarations: vehicles, those who run them, where they stand, their terminals."""

from gongjian.ledgers.declaration import Ledger, Placed
from gongjian.mobile import rules
from gongjian.mobile.models import (
    Fleet,
    FleetVersion,
    KeyPlace,
    KeyPlaceVersion,
    RemoteTerminal,
    RemoteTerminalVersion,
    Vehicle,
    VehicleVersion,
)
from gongjian.standards.identifiers.credit_codes import check_credit_code
from gongjian.standards.identifiers.plates import check_plate
from gongjian.standards.identifiers.vin import check_vin
from gongjian.standards.vehicles.fuels import parse_fuel
from gongjian.standards.vehicles.stages import parse_stage

GROUP = "移动源"
VEHICLES = Ledger(
    slug="vehicles",
    title="机动车台账",
    about="本地登记和常在本区使用的车辆，以号牌号码为准；用途、燃料和排放阶段决定限行、淘汰和电动化的统计。",
    unit="辆",
    group=GROUP,
    model=Vehicle,
    versions=VehicleVersion,
    columns=("code", "enterprise", "body", "use", "fuel", "stage", "mass_kg", "registered_here", "registered_on", "status"),
    filters=("status", "use", "fuel", "stage", "registered_here", "enterprise", "department"),
    searched=("vin", "brand"),
    needed=("vin", "enterprise", "registered_on"),
    hidden=("name", "address"),
    titles={"code": "号牌号码", "valid_from": "纳入日期"},
    units={"mass_kg": "kg"},
    aliases={
        "code": ("车牌号码", "车牌号", "车牌", "车辆号牌", "号牌"),
        "vin": ("车架号", "车辆识别代号（VIN）", "VIN", "VIN码", "车辆识别代号/车架号"),
        "body": ("车型", "车辆种类"),
        "use": ("使用性质", "车辆用途", "运营类别"),
        "brand": ("车辆型号", "厂牌型号"),
        "fuel": ("燃料类型", "燃油种类", "能源类型", "燃料"),
        "stage": ("排放标准", "排放水平", "排放标准阶段"),
        "mass_kg": ("最大总质量", "总质量(kg)", "核定总质量"),
        "registered_here": ("本地车", "是否本地登记", "是否本市登记"),
        "registered_on": ("登记日期", "注册登记日期", "注册日期", "上牌日期", "初登日期"),
        "enterprise": ("所属企业", "所有人", "车主单位", "单位名称"),
    },
    checks={"code": check_plate, "vin": check_vin},
    parses={"fuel": parse_fuel, "stage": parse_stage},
    rules=(
        rules.stage_fits_fuel,
        rules.plate_fits_fuel,
        rules.here_is_local,
        rules.gas_engine_burns_gas,
        rules.light_use_is_light,
    ),
    symbol="truck",
)
FLEETS = Ledger(
    slug="fleets",
    title="用车单位台账",
    about="有自有车队的运输、环卫、邮政、快递、公交等单位，以统一社会信用代码为准，对应企业名录中的同一家。",
    unit="家",
    group=GROUP,
    model=Fleet,
    versions=FleetVersion,
    columns=("code", "name", "sector", "vehicle_count", "diesel_count", "manager", "street", "status"),
    filters=("status", "sector", "street", "department"),
    searched=("manager", "phone"),
    needed=("name", "enterprise", "street", "vehicle_count", "diesel_count", "manager", "phone"),
    titles={"code": "统一社会信用代码", "name": "单位名称", "enterprise": "企业名录中的单位"},
    units={"vehicle_count": "辆", "diesel_count": "辆"},
    aliases={
        "code": ("信用代码", "社会信用代码"),
        "name": ("企业名称", "运输企业", "公司名称"),
        "vehicle_count": ("车辆总数", "车辆数"),
        "diesel_count": ("柴油车数", "柴油车数量"),
        "manager": ("负责人", "联系人", "环保联系人"),
        "phone": ("电话", "手机"),
    },
    checks={"code": check_credit_code},
    rules=(rules.diesel_within_fleet,),
    placed=Placed.POINT,
    symbol="building-warehouse",
    sign="车",
)
KEY_PLACES = Ledger(
    slug="key-places",
    title="重点场所台账",
    about="物流园、工业园、货物集散地、公交场站等车辆停放集中地，和物流、环卫、邮政等重点单位；入户抽测要全部走到。",
    unit="处",
    group=GROUP,
    model=KeyPlace,
    versions=KeyPlaceVersion,
    columns=("code", "name", "sort", "enterprise", "street", "diesel_daily", "status"),
    filters=("status", "sort", "street", "department"),
    searched=("contact", "phone"),
    needed=("name", "street", "address", "lon", "contact"),
    titles={"code": "场所编号", "name": "场所名称"},
    units={"capacity": "个", "diesel_daily": "辆次"},
    aliases={"code": ("编号",), "name": ("重点场所", "停放地名称", "单位名称"), "sort": ("场所类型", "类型"), "phone": ("电话",)},
    placed=Placed.POINT,
    symbol="parking",
    sign="场",
)
REMOTE_TERMINALS = Ledger(
    slug="remote-terminals",
    title="远程监控终端台账",
    about="重型柴油车安装的排放远程在线监控终端，以终端编号为准。",
    unit="台",
    group=GROUP,
    model=RemoteTerminal,
    versions=RemoteTerminalVersion,
    columns=("code", "vehicle", "enterprise", "fitting", "supplier", "installed_on", "connected_on", "status"),
    filters=("status", "fitting", "enterprise", "department"),
    searched=("supplier",),
    needed=("installed_on", "connected_on"),
    hidden=("name", "address", "street"),
    titles={"code": "终端编号"},
    aliases={"code": ("终端号", "终端ID", "设备编号"), "vehicle": ("车牌号码", "车牌号", "安装车辆")},
    rules=(rules.in_order("installed_on", "connected_on", "联网日期早于安装日期，请核对"),),
    symbol="antenna",
)
VEHICLE_LEDGERS = (VEHICLES, FLEETS, KEY_PLACES, REMOTE_TERMINALS)
