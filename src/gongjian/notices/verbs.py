"""The verbs this room writes into the log, and how a screen says them."""

from types import MappingProxyType

from django.utils.translation import gettext_lazy as _

VERBS = MappingProxyType(
    {
        "preference.created": _("设置消息接收方式"),
        "preference.changed": _("修改消息接收方式"),
        "delivery.tried_again": _("重发消息"),
    }
)
