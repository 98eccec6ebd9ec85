"""The verbs this room writes into the log, and how a screen says them."""

from types import MappingProxyType

from django.utils.translation import gettext_lazy as _

VERBS = MappingProxyType(
    {
        "case.found": _("登记问题"),
        "case.rule_used": _("启用立案规则"),
        "case.rule_stopped": _("停用立案规则"),
        "case.hand_over": _("移交问题"),
        "case.sign": _("签收问题"),
        "case.send_back": _("退回移交单位"),
        "case.begin": _("开始办理问题"),
        "case.feed_back": _("反馈办理结果"),
        "case.verify": _("核验通过"),
        "case.reject": _("退回重办"),
        "case.close": _("问题结案"),
        "case.recheck": _("回头看未反弹"),
        "case.reopen": _("重开问题"),
        "case.reroute": _("转办问题"),
        "case.suspend": _("挂起问题"),
        "case.resume": _("恢复办理问题"),
        "case.merge": _("问题并案"),
        "case.dismiss": _("不予立案"),
        "case.commented": _("问题留言"),
        "case.evidence_given": _("上传佐证"),
        "case.evidence_struck": _("作废佐证"),
        "case.help_asked": _("商请协办"),
        "case.help_given": _("反馈协办情况"),
        "case.time_asked": _("申请延期"),
        "case.time_granted": _("同意延期"),
        "case.time_refused": _("不同意延期"),
        "case.extra_done": _("完成附加步骤"),
        "case.sanctioned": _("登记惩戒措施"),
        "case.published": _("公开问题"),
    }
)
