"""The verbs this room writes into the log, and how a screen says them."""

from types import MappingProxyType

from django.utils.translation import gettext_lazy as _

VERBS = MappingProxyType(
    {
        "programme.created": _("建立行动计划"),
        "programme.loaded": _("载入行动计划文件"),
        "intake.opened": _("上传文件待确认"),
        "intake.corrected": _("更正读取结果"),
        "intake.discarded": _("放弃导入"),
        "measure.added": _("新增措施"),
        "measure.attached": _("附上原文"),
        "measure.changed": _("修订措施"),
        "measure.withdrawn": _("撤销措施"),
        "adjustment.deadline": _("调整完成时限"),
        "adjustment.lead": _("调整牵头部门"),
        "adjustment.support": _("调整协办部门"),
        "adjustment.value": _("调整目标值"),
        "milestone.done": _("标记节点完成"),
        "milestone.taken_back": _("撤回节点完成"),
        "report.write": _("保存月报草稿"),
        "report.submit": _("提交月报"),
        "report.recall": _("撤回月报"),
        "report.return": _("退回月报"),
        "report.accept": _("采用月报"),
        "contribution.write": _("保存协办情况草稿"),
        "contribution.hand_in": _("报出协办情况"),
        "contribution.recall": _("撤回协办情况"),
        "contribution.return": _("退回协办情况"),
        "contribution.ask": _("催要协办情况"),
        "reportfile.given": _("上传月报佐证"),
        "reportfile.struck": _("移除月报佐证"),
        "month.freeze": _("封存月份"),
        "month.unfreeze": _("解封月份"),
        "month.remind": _("催报月报"),
    }
)
