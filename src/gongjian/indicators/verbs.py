"""The verbs this room writes into the log, and how a screen says them."""

from types import MappingProxyType

from django.utils.translation import gettext_lazy as _

VERBS = MappingProxyType({"readings.frozen": _("冻结读数"), "readings.forgotten": _("清除逐日读数")})
