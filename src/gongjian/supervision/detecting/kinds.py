"""The kinds of fact this house knows: a new one is a pure function over the scene and a line here."""

from gongjian.supervision.detecting.duties import late_cases, late_reports
from gongjian.supervision.detecting.lights import figures_behind, figures_falling, red_lights
from gongjian.supervision.detecting.registry import Detector

RED_LIGHT, BEHIND, FALLING = "red_light", "figure_behind", "figure_falling"
KINDS = (
    Detector(RED_LIGHT, "措施亮红灯", "天", "措施亮红灯满{n}天", red_lights),
    Detector("report_late", "进展报告逾期未报", "个工作日", "进展报告逾期未报满{n}个工作日", late_reports),
    Detector("case_late", "问题办理超时", "天", "问题办理超时满{n}天", late_cases),
    Detector(BEHIND, "指标落后", "个月", "指标连续{n}个月末落后于目标或时间进度", figures_behind),
    Detector(FALLING, "指标下滑", "个月", "指标连续{n}个月变差", figures_falling),
)
