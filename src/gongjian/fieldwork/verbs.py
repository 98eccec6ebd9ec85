"""The verbs this room writes into the log, and how a screen says them."""

from types import MappingProxyType

from django.utils.translation import gettext_lazy as _

VERBS = MappingProxyType({"sending.arrived": _("外勤草稿送达")})
