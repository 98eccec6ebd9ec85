"""Declarations: what vehicles that report by themselves told, and signs in it. Both may come in sheets too, from the city's platform."""

from gongjian.ledgers.declaration import RecordKind
from gongjian.mobile import rules
from gongjian.mobile.models import RemoteDay, RemoteSign
from gongjian.mobile.records.found import FOUND_NAMES, GROUP
from gongjian.mobile.remote.vocabulary import Sign

LABEL = {"label": "号牌号码或VIN"}
REMOTE_DAYS = RecordKind(
    slug="remote-days",
    title="远程监控日汇总",
    about="按GB 17691联网的重型车每天的里程、油耗、尿素和NOx；网关收到的数据每晚自动汇总，排放量是估算，不是计量。",
    unit="辆日",
    group=GROUP,
    model=RemoteDay,
    ledger="vehicles",
    strangers=True,
    key=("on", "label"),
    columns=("on", "label", "hours", "complete", "km", "fuel_litres", "urea_litres", "nox_ppm", "converted", "nox_grams", "signs"),
    filters=("street", "department"),
    titles=LABEL,
    aliases={"label": FOUND_NAMES["label"], "vin": ("车架号", "VIN"), "km": ("里程",), "fuel_litres": ("燃油消耗",)},
    units={
        "hours": "h",
        "complete": "%",
        "km": "km",
        "track_km": "km",
        "fuel_litres": "L",
        "urea_litres": "L",
        "urea_level": "%",
        "nox_ppm": "ppm",
        "converted": "%",
        "nox_grams": "g",
        "nox_per_kwh": "g/kWh",
    },
    helps={
        "urea_litres": "按假定的尿素罐容积折算",
        "nox_grams": "由进气量、油耗和NOx浓度估算",
        "nox_per_kwh": "功由油耗折算",
    },
    result="signs",
)
REMOTE_SIGNS = RecordKind(
    slug="remote-signs",
    title="远程监控异常迹象",
    about="远程监控数据里值得核查的表现，写明时间和数值；只是线索，不是结论，核查后按需要立案。",
    unit="条",
    group=GROUP,
    model=RemoteSign,
    ledger="vehicles",
    strangers=True,
    key=("on", "label", "sign"),
    columns=("on", "label", "sign", "words", "again", "first_at", "last_at", "street"),
    filters=("sign", "again", "street", "department"),
    titles=LABEL,
    aliases={"label": FOUND_NAMES["label"], "vin": ("车架号", "VIN"), "sign": ("异常类型",), "words": ("说明",)},
    rules=(rules.in_order("first_at", "last_at", "终止时间早于起始时间，请核对"),),
    result="sign",
    bad=tuple(sign.value for sign in Sign),
)
REMOTE_RECORDS = (REMOTE_DAYS, REMOTE_SIGNS)
