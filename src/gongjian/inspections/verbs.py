"""The verbs this room writes into the log, and how a screen says them."""

from types import MappingProxyType

from django.utils.translation import gettext_lazy as _

VERBS = MappingProxyType(
    {
        "duty.entered": _("登记履职事项"),
        "duty.changed": _("更改履职事项"),
        "duty.stopped": _("停止履职事项"),
        "duty.event_noted": _("登记事件并下达任务"),
        "duty.turn_opened": _("下达履职任务"),
        "task.start": _("开始检查任务"),
        "task.finish": _("完成检查任务"),
        "task.send_back": _("退回检查任务"),
        "task.confirm": _("确认检查任务"),
        "task.cancel": _("取消检查任务"),
        "task.given": _("指派检查任务"),
        "task.evidence_given": _("上传任务佐证"),
        "task.evidence_struck": _("作废任务佐证"),
        "draw.planned": _("制定抽查计划"),
        "draw.frozen": _("冻结抽查名单"),
        "draw.drawn": _("抽取检查对象和人员"),
        "draw.assigned": _("下达抽查任务"),
        "draw.called_off": _("作废抽查计划"),
        "recusal.entered": _("登记回避"),
        "recusal.ended": _("解除回避"),
    }
)
