"""How this room is named to Django."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AirConfig(AppConfig):
    """The field of ambient air."""

    name = "gongjian.air"
    verbose_name = _("环境空气")
