"""The verbs this room writes into the log, and how a screen says them."""

from types import MappingProxyType

from django.utils.translation import gettext_lazy as _

VERBS = MappingProxyType({"mobile.simulated": _("生成移动源演示数据（模拟）")})
