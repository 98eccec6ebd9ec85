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
    }
)
