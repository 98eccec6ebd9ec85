"""A short plan of an invented county as printed, and the revision that came later; its departments are the demonstration's."""

HEADING = "序号\t重点任务\t工作措施\t完成时限\t牵头单位\t协办单位"
HEAD = """春山县人民政府文件

春政发〔2020〕9号

春山县人民政府关于印发《春山县污染防治攻坚战2020年行动计划》的通知

2020年3月16日

春山县打赢蓝天保卫战2020年行动计划
"""
DUST = "规模以上工地全部安装在线监测设备，数据接入县平台。"
REVISED_DUST = "规模以上工地全部安装在线监测设备和视频监控，数据接入县平台。"
COAL = "严防散煤复燃，对已完成改造的村庄每月巡查一次。"
BOILER = "完成两台燃气锅炉低氮改造。"

PRINTED = f"""{HEAD}
{HEADING}
一、控制扬尘\t\t\t\t\t
1\t工地扬尘治理\t{DUST}\t9月底前\t开发建设局\t荣华街道
二、控制燃煤\t\t\t\t\t
2\t散煤清零\t{COAL}\t长期实施\t城市运行局\t博兴街道
\t\t拆除违规存煤点。\t\t综合执法局\t
"""
REVISED = f"""{HEAD}
{HEADING}
一、控制扬尘\t\t\t\t\t
1\t工地扬尘治理\t{REVISED_DUST}\t10月底前\t开发建设局\t荣华街道
二、控制燃煤\t\t\t\t\t
2\t散煤清零\t{COAL}\t长期实施\t城市运行局\t博兴街道
3\t锅炉改造\t{BOILER}\t年底前\t城市运行局\t综合执法局
"""
