"""Every way of looking at a series."""

from __future__ import annotations

from gongjian.standards.quality.coincidence import flagged_exceedances
from gongjian.standards.quality.copies import copies, replays
from gongjian.standards.quality.findings import Detector, Finding, Subject
from gongjian.standards.quality.flat import flat_lines
from gongjian.standards.quality.jumps import jumps
from gongjian.standards.quality.margins import just_under
from gongjian.standards.quality.physics import outside_physics
from gongjian.standards.quality.rates import low_capture, low_validity

OWN = "本系统判定规则"
DETECTORS = (
    Detector(
        "capture",
        "捕集率偏低",
        "缺少的时段无法判断是否超标。",
        "HJ 75-2017、HJ 356-2019 关于数据捕集的要求（条款待核原文）",
        low_capture,
        whole=True,
    ),
    Detector(
        "validity",
        "有效率偏低",
        "带标记的时段不参与超标判定，过多则监测形同虚设。",
        "HJ 75-2017 有效数据、HJ 356-2019 有效性判别（条款待核原文）",
        low_validity,
        whole=True,
    ),
    Detector(
        "flat",
        "恒值",
        "真实排放总有波动，长时间一点不动多半是采样堵塞、死机或人为固定数值。",
        f"HJ 356-2019 异常值判别（条款待核原文）；时长为{OWN}",
        flat_lines,
    ),
    Detector(
        "physics",
        "超出物理可能",
        "仪器不可能测得这样的数值，须检查仪器、量程或单位。",
        f"HJ 356-2019 异常值判别（条款待核原文）；范围为{OWN}",
        outside_physics,
    ),
    Detector("jump", "突变", "可能是工况突变，也可能是取样被干扰、参数被改动或仪器重启。", OWN, jumps),
    Detector("copy", "与他台雷同", "两台设备各有噪声，逐点同起同落说明一台的数据取自另一台。", OWN, copies, whole=True),
    Detector("replay", "历史重放", "同一台设备不会两天给出同样的变化，可能是用历史数据冒充。", OWN, replays, whole=True),
    Detector("margin", "总是贴着限值", "数据聚集在限值以下而几乎没有越过，可能被截断或调低。", OWN, just_under, whole=True),
    Detector(
        "coincidence",
        "超标时总在维护",
        "维护标记使超标数据不参与判定，须核对维护记录。",
        f"HJ 212-2017 数据标记；重合检验为{OWN}",
        flagged_exceedances,
        whole=True,
    ),
)


def detector(slug: str) -> Detector:
    """The detector of that slug; KeyError where there is none."""
    return {one.slug: one for one in DETECTORS}[slug]


def look(subject: Subject) -> list[tuple[Detector, Finding]]:
    """Everything every detector sees, in the order of the catalogue."""
    return [(one, finding) for one in DETECTORS for finding in one.look(subject)]
