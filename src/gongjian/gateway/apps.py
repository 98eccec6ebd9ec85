"""How this room is named to Django."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class GatewayConfig(AppConfig):
    """Devices that are on the line."""

    name = "gongjian.gateway"
    verbose_name = _("联网接入")
