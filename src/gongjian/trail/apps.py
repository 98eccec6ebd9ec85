"""How this room is named to Django."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TrailConfig(AppConfig):
    """The log of every change."""

    name = "gongjian.trail"
    verbose_name = _("操作日志")
