"""A plan of an invented county, with what a reader must make of it, and the shared file."""

from __future__ import annotations

from pathlib import Path

from gongjian.plans.planfile.model import DepartmentEntry, Directory, PlanDocument

SHARED = Path(__file__).parents[2].parent / "shared" / "plan"
OFFICIAL = SHARED / "official-plan-2020.txt"

HEADING = "序号\t重点工作\t主要措施\t完成期限\t责任单位\t配合单位"
BARE = "<p>建立裸地台账。</p> <p>每季度复核一次。</p> <p>绿化或覆盖，</p>"
COUNTY = f"""青禾县人民政府文件

青政发〔2022〕17号

签发人：何青

青禾县人民政府关于印发《青禾县生态环境保护2022年行动计划》的通知

附件：1. 青禾县大气污染防治2022年行动计划

2022年4月1日

青禾县大气污染防治2022年行动计划

{HEADING}
一、控制扬尘\t\t\t\t\t
1\t工地扬尘 治理\t<p>规模以上工地安装在线监测设备。</p> <p>拆除作业全程喷淋。</p>\t9月底前\t县住建局\t县城管局 临江街道
\t\t渣土车密闭运输。\t长期实施\t县交警大队\t
2\t裸地管控\t{BARE}\t<p>6月底前</p> <p>长期实施</p> <p>年底前</p>\t县自然资源局\t临江街道 白石镇

{HEADING}
\t\t<p>不留死角。</p> <p>公布复核结果。</p>\t按时间节点完成\t县自然资源局\t
二、控制燃煤\t\t\t\t\t
3\t散煤清零\t严防散煤复燃。\t10月31日前\t县发展改革局 县市场监管局\t各乡镇
5\t锅炉改造\t<p>完成燃气锅炉低氮改造。</p> <p>淘汰燃煤锅炉。</p>\t年底前\t县生态环境局\t县发展改革局
\t\t\t长期实施\t县市场监管局\t

青禾县水污染防治2022年行动计划

{HEADING}
一、河道治理\t\t\t\t\t
1\t河道巡查\t每月开展河道巡查。\t长期实施\t县水利局\t农业农村服务中心 县河长制办公室
"""

DIRECTORY = Directory(
    departments=(
        DepartmentEntry("县住房和城乡建设局", aliases=("县住建局",)),
        DepartmentEntry("县城市管理局", aliases=("县城管局",)),
        DepartmentEntry("临江街道", kind="street"),
        DepartmentEntry("白石镇", kind="town"),
        DepartmentEntry("县公安局交通警察大队", kind="police", aliases=("县交警大队",)),
        DepartmentEntry("县自然资源局"),
        DepartmentEntry("县发展改革局"),
        DepartmentEntry("县市场监管局"),
        DepartmentEntry("县生态环境局"),
        DepartmentEntry("县水利局"),
    ),
    groups=("各乡镇",),
)

# key, deadline, lead, support, codes of doubts
EXPECTED = [
    ("A1.1", "09-30", "县住房和城乡建设局", "县城市管理局 临江街道", "support-order"),
    ("A1.2", "09-30", "县住房和城乡建设局", "县城市管理局 临江街道", "support-order"),
    ("A1.3", "ongoing", "县公安局交通警察大队", "", ""),
    ("A2.1", "06-30", "县自然资源局", "临江街道 白石镇", "support-order"),
    ("A2.2", "ongoing", "县自然资源局", "临江街道 白石镇", "support-order"),
    ("A2.3", "year-end", "县自然资源局", "临江街道 白石镇", "joined-over-rows support-order"),
    ("A2.4", "milestones", "县自然资源局", "临江街道 白石镇", "support-as-above"),
    ("A3.1", "10-31", "县发展改革局 县市场监管局", "各乡镇", ""),
    ("A5.1", "year-end", "县生态环境局", "县发展改革局", ""),
    ("A5.2", "ongoing", "县市场监管局", "", ""),
    ("W1.1", "ongoing", "县水利局", "农业农村服务中心 县河长制办公室", "department-unknown"),
]


def told(document: PlanDocument) -> list[tuple[str, str, str, str, str]]:
    """Each measure as the rows of ``EXPECTED`` put it."""
    return [
        (
            m.key,
            m.deadline.code(),
            " ".join(p.name for p in m.lead),
            " ".join(p.name for p in m.support),
            " ".join(sorted({d.code for d in m.doubts})),
        )
        for m in document.measures
    ]


def essence(document: PlanDocument) -> object:
    """Everything a reading says but the places, which differ from one format to another, and the doubts, which hang on layout."""
    measures = [
        (m.key, m.plan, m.section, m.task_no, m.task, m.measure_no, m.text, m.deadline.code(), m.deadline.text, m.lead, m.support)
        for m in document.measures
    ]
    return document.head, document.plans, measures
