"""How this room is named to Django."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class IndicatorsConfig(AppConfig):
    """The catalogue's grammar and the readings."""

    name = "gongjian.indicators"
    verbose_name = _("指标")
