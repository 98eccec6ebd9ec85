"""The verbs of this room in Chinese."""

from collections.abc import Mapping
from types import MappingProxyType

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

VERBS: Mapping[str, str | Promise] = MappingProxyType(
    {
        "scheme.created": _("登记考核办法"),
        "scheme.changed": _("修改考核办法"),
        "scheme.weighed": _("调整考核项和可比组"),
        "assessment.drafted": _("编制考核"),
        "assessment.taken_anew": _("考核重新取数"),
        "assessment.send": _("考核征求意见"),
        "assessment.recall": _("撤回考核"),
        "assessment.publish": _("公布考核"),
        "assessment.supersede": _("考核被新版代替"),
        "assessment.drop": _("作废考核草稿"),
        "objection.made": _("提出考核异议"),
        "objection.rejected": _("不予采纳异议"),
        "objection.proposed": _("拟更正得分"),
        "objection.approved": _("复核同意更正"),
        "objection.sent_back": _("更正未获同意"),
    }
)
