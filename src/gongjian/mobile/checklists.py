"""What is looked at on the spot among mobile sources: fuel stations, illegal storage, companies with vehicles, machines on a site."""

from __future__ import annotations

from gongjian.inspections.declaration import Checklist, Item, ItemKind, Makes

GROUP = "移动源"
VAPOUR, OIL = "GB 20952—2007", "GB 19147—2016、GB 29518—2013"
COMPANY_PHOTO = Item(slug="photo", text="现场照片", kind=ItemKind.PHOTO, help="拍到门头、设备或号牌，手机开启定位。")
ACCOUNT = Item(slug="account", text="情况说明", kind=ItemKind.TEXT, required=False, help="不符合的写明位置、数量和当场处置。")


def _fuel(title: str, level: str = "general") -> Makes:
    return Makes(kind="fuel-and-tanks", level=level, title=title)


FUEL_STATION = Checklist(
    slug="fuel-station",
    title="加油站油气回收与油品检查",
    about="油气回收设施是否正常、油品和车用尿素是否有来源和合格证明；当场能测的填读数。",
    version=1,
    group=GROUP,
    ledgers=("fuel-sites",),
    items=(
        Item(slug="licence", text="成品油零售经营批准证书在有效期内", makes=_fuel("无证或证件过期经营", "serious")),
        Item(slug="sources", text="近三个月购油凭证齐全，来源可查", makes=_fuel("油品来源不明", "serious")),
        Item(slug="reports", text="在售汽柴油有批次检验合格报告", basis=OIL, makes=_fuel("在售油品没有合格报告")),
        Item(slug="sampled", text="本次抽取油样送检", bad=(), help="抽样单编号写在情况说明里。"),
        Item(slug="urea", text="车用尿素包装标识完整并有合格证明", basis=OIL, makes=_fuel("车用尿素不合格或无标识")),
        Item(
            slug="ratio",
            text="加油枪气液比",
            kind=ItemKind.NUMBER,
            unit="L/L",
            least=0,
            most=5,
            low=1.0,
            high=1.2,
            required=False,
            basis=VAPOUR,
            help="抽测一支枪，填最不利的读数。",
            makes=_fuel("加油油气回收气液比超标"),
        ),
        Item(slug="closed", text="卸油口、量油口密闭，卸油油气回收接口完好", basis=VAPOUR, makes=_fuel("卸油油气回收不密闭")),
        Item(slug="hoses", text="加油枪集气罩、软管无破损", basis=VAPOUR, makes=_fuel("集气罩或软管破损")),
        Item(slug="treatment", text="油气处理装置正常运行，有运行记录", basis=VAPOUR, makes=_fuel("油气处理装置不正常运行")),
        Item(slug="monitoring", text="在线监测系统无持续报警", basis=VAPOUR, makes=_fuel("油气回收在线监测报警未处理")),
        COMPANY_PHOTO,
        ACCOUNT,
    ),
)
STORAGE_SITE = Checklist(
    slug="storage-site",
    title="非法储油点复查",
    about="台账内的非法储油点：是否关停、拆除，有没有死灰复燃。",
    version=1,
    group=GROUP,
    ledgers=("illegal-storage",),
    items=(
        Item(
            slug="state",
            text="现场状态",
            kind=ItemKind.CHOICE,
            choices=(("removed", "储罐已拆除"), ("sealed", "已查封，储罐仍在"), ("idle", "停用，没有查封"), ("active", "仍在储油或加油")),
            bad=("idle", "active"),
            makes=_fuel("非法储油点没有关停拆除", "serious"),
        ),
        Item(slug="oil", text="罐内无油品残留", makes=_fuel("罐内仍有油品")),
        Item(slug="volume", text="现场储罐总容积", kind=ItemKind.NUMBER, unit="m³", least=0, most=500, required=False),
        Item(slug="tankers", text="周边没有流动加油车停放", makes=_fuel("发现流动加油车", "serious")),
        Item(slug="photo", text="现场照片", kind=ItemKind.PHOTO, help="拍全储罐或拆除后的场地，手机开启定位。"),
        ACCOUNT,
    ),
)
FLEET_PREMISES = Checklist(
    slug="fleet-premises",
    title="重点用车单位入户检查",
    about="用车大户和物流、环卫、渣土等单位：门禁、车辆台账、抽测尾气、尿素和维修记录。",
    version=1,
    group=GROUP,
    ledgers=("fleets", "key-places"),
    items=(
        Item(slug="system", text="建立了车辆使用和维护的内部管理制度"),
        Item(slug="book", text="车辆台账与在场车辆一致"),
        Item(slug="gate", text="安装门禁和视频监控并正常使用", help="没有要求安装的选“不适用”。"),
        Item(slug="present", text="在场重型柴油车", kind=ItemKind.NUMBER, unit="辆", least=0, most=2000),
        Item(slug="tested", text="抽测尾气", kind=ItemKind.NUMBER, unit="辆", least=0, most=500),
        Item(
            slug="over",
            text="抽测超标",
            kind=ItemKind.NUMBER,
            unit="辆",
            least=0,
            most=500,
            high=0,
            basis="GB 3847—2018",
            makes=Makes(kind="over-limit-penalty", level="general", title="入户抽测尾气超标"),
        ),
        Item(
            slug="devices",
            text="污染控制装置和车载终端没有拆除、屏蔽",
            makes=Makes(kind="over-limit-penalty", level="serious", title="拆除或屏蔽污染控制装置"),
        ),
        Item(slug="urea", text="尿素使用和加注记录完整"),
        Item(slug="repairs", text="超标车辆的维修复检记录完整"),
        Item(slug="national-three", text="不使用限行的国三及以下柴油货车"),
        COMPANY_PHOTO,
        ACCOUNT,
    ),
)
SITE_MACHINES = Checklist(
    slug="site-machine",
    title="工地非道路移动机械检查",
    about="在用的挖掘机、装载机、叉车等：编码登记、排放阶段、有没有冒黑烟。",
    version=1,
    group=GROUP,
    ledgers=("machines",),
    items=(
        Item(
            slug="label",
            text="环保登记号码清晰并与台账一致",
            makes=Makes(kind="machine-smoke", level="general", title="机械未登记或号码不符"),
        ),
        Item(slug="card", text="信息采集卡随车"),
        Item(
            slug="smoke",
            text="启动和作业时没有明显可见烟",
            basis="GB 36886—2018",
            makes=Makes(kind="machine-smoke", level="general", title="机械冒黑烟"),
        ),
        Item(
            slug="opacity",
            text="光吸收系数",
            kind=ItemKind.NUMBER,
            unit="m⁻¹",
            least=0,
            most=10,
            required=False,
            basis="GB 36886—2018",
            help="限值按功率和类别查表，超限的在下一项选“否”。",
        ),
        Item(slug="within", text="光吸收系数没有超限", makes=Makes(kind="machine-smoke", level="serious", title="机械排放超标")),
        Item(
            slug="zone",
            text="低排放区内没有使用禁用的高排放机械",
            makes=Makes(kind="machine-smoke", level="serious", title="低排放区使用高排放机械"),
        ),
        Item(slug="fuel", text="所用柴油有来源凭证"),
        Item(slug="photo", text="机械照片", kind=ItemKind.PHOTO, help="拍到登记号码和机械全貌，手机开启定位。"),
        ACCOUNT,
    ),
)
CHECKLISTS = (FUEL_STATION, STORAGE_SITE, FLEET_PREMISES, SITE_MACHINES)
