"""The words that ledgers and records of mobile sources share: uses, bodies, ways of checking, as the departments say them."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from gongjian.standards.vehicles.fuels import Fuel
from gongjian.standards.vehicles.stages import EmissionStage, MachineStage

FUELS = [(one.value, one.word) for one in Fuel]
STAGES = [(int(one), one.word) for one in EmissionStage]
MACHINE_STAGES = [(int(one), one.word) for one in MachineStage]


class Use(models.TextChoices):
    """What a vehicle does (用途), as fine as the plan's promises about it."""

    BUS = "bus", _("公交")
    SANITATION = "sanitation", _("环卫")
    POST = "post", _("邮政")
    EXPRESS = "express", _("快递")
    COMMUTING = "commuting", _("通勤")
    LIGHT_LOGISTICS = "light-logistics", _("轻型物流")
    PASS_LOGISTICS = "pass-logistics", _("持通行证轻型物流")
    SLAG = "slag", _("渣土运输")
    DANGEROUS = "dangerous", _("危险品运输")
    CONCRETE = "concrete", _("混凝土运输")
    FREIGHT = "freight", _("普通货运")
    TOURISM = "tourism", _("客运旅游")
    TAXI = "taxi", _("出租")
    OFFICIAL = "official", _("公务")
    OTHER = "other", _("其他")


class Body(models.TextChoices):
    """The kind of vehicle (车辆类型) by GA 802, as far as rules tell them apart."""

    TRUCK = "truck", _("载货汽车")
    TRACTOR = "tractor", _("半挂牵引车")
    SPECIAL = "special", _("专项作业车")
    COACH = "coach", _("大中型客车")
    CAR = "car", _("小微型客车")


class PlateColour(models.TextChoices):
    """The colour of the plate (号牌颜色): two vehicles may carry one number in two colours."""

    BLUE = "blue", _("蓝")
    YELLOW = "yellow", _("黄")
    GREEN = "green", _("渐变绿")
    YELLOW_GREEN = "yellow-green", _("黄绿双拼")
    WHITE = "white", _("白")
    BLACK = "black", _("黑")


class GasEngine(models.TextChoices):
    """How a gas engine burns: the first and the last are what the plan wants gone."""

    LEAN = "lean", _("稀薄燃烧")
    STOICHIOMETRIC = "stoichiometric", _("当量燃烧")
    CONVERTED = "converted", _("油改气")


class Chosen(models.TextChoices):
    """Why just this one was checked (选取方式)."""

    RANDOM = "random", _("随机")
    PRECISE = "precise", _("精准")
    REPORT = "report", _("举报")
    CAMPAIGN = "campaign", _("专项")


class ExhaustMethod(models.TextChoices):
    """How exhaust was measured (检测方法), GB 3847-2018 and GB 18285-2018."""

    FREE_ACCELERATION = "free-acceleration", _("自由加速法")
    LUG_DOWN = "lug-down", _("加载减速法")
    TWO_IDLE = "two-idle", _("双怠速法")
    STEADY = "steady", _("稳态工况法")
    TRANSIENT = "transient", _("简易瞬态工况法")
    REMOTE = "remote", _("遥感检测法")
    PORTABLE = "portable", _("便携式仪器")


class Problem(models.TextChoices):
    """What else a check of a vehicle found besides exhaust over the limit (其他问题)."""

    NONE = "none", _("无")
    UREA = "urea", _("未按规定添加尿素")
    REMOVED = "removed", _("拆除或停用后处理装置")
    TAMPERED = "tampered", _("篡改OBD或监控数据")
    OBD = "obd", _("OBD报警未维修")
    UNTESTED = "untested", _("未按期排放检验")
    FUEL = "fuel", _("使用不合格油品")


class Outcome(models.TextChoices):
    """What was done about what was found (处理结果)."""

    NONE = "none", _("未发现问题")
    EDUCATED = "educated", _("批评教育")
    ORDERED = "ordered", _("责令限期维修复检")
    FINED = "fined", _("罚款")
    HANDED = "handed", _("移交公安交管处罚")


NEWLY_ELECTRIC = (Use.BUS, Use.SANITATION, Use.POST, Use.COMMUTING, Use.LIGHT_LOGISTICS, Use.PASS_LOGISTICS)  # by the plan, of what is new
WHOLLY_ELECTRIC = (Use.POST, Use.EXPRESS, Use.PASS_LOGISTICS)  # by the plan, of all there is; and light sanitation vehicles
