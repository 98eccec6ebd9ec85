"""The verbs this room writes into the log, and how a screen says them."""

from types import MappingProxyType

from django.utils.translation import gettext_lazy as _

VERBS = MappingProxyType(
    {
        "order.issue": _("签发督办单"),
        "order.sign": _("签收督办单"),
        "order.answer": _("答复督办单"),
        "order.return": _("退回督办答复"),
        "order.review": _("督办审核通过"),
        "order.clear": _("督办销号"),
        "order.withdraw": _("撤销督办单"),
        "order.deepen": _("督办升级颜色"),
        "order.add": _("补充督办依据"),
        "order.climb": _("督办升级告知"),
        "order.evidence_given": _("上传督办佐证"),
        "order.evidence_struck": _("作废督办佐证"),
        "orderrule.created": _("新增督办规则"),
        "orderrule.changed": _("修改督办规则"),
        "ladderrung.created": _("新增督办升级"),
        "ladderrung.changed": _("修改督办升级"),
    }
)
