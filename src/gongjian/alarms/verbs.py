"""The verbs this room writes into the log, and how a screen says them."""

from types import MappingProxyType

from django.utils.translation import gettext_lazy as _

VERBS = MappingProxyType(
    {
        "outlet.created": _("登记排放口"),
        "outlet.changed": _("修改排放口"),
        "limit.set": _("登记排放限值"),
        "limit.ended": _("停用排放限值"),
        "alarm.opened": _("报警"),
        "alarm.acknowledge": _("确认报警"),
        "alarm.explain": _("提交报警说明"),
        "alarm.accept": _("采纳报警说明"),
        "alarm.reject": _("不采纳报警说明并立案"),
        "alarm.file": _("报警直接立案"),
        "alarm.expire": _("报警逾期未说明，自动立案"),
        "alarm.clear": _("报警自动解除"),
        "alarm.resume": _("报警重新打开"),
        "alarm.withdraw": _("报警自动撤销"),
        "finding.found": _("发现数据质量疑点"),
        "finding.dismiss": _("疑点查看后无异常"),
        "finding.confirm": _("疑点立案核查"),
        "finding.look_again": _("重新查看疑点"),
    }
)
