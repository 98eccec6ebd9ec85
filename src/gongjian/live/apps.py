"""How this room is named to Django."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LiveConfig(AppConfig):
    """The live pages."""

    name = "gongjian.live"
    label = "live"
    verbose_name = _("在线监测")
