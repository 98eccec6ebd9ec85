"""How this room is named to Django."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AirConfig(AppConfig):
    """The field of ambient air."""

    name = "gongjian.air"
    verbose_name = _("环境空气")

    def ready(self) -> None:
        """Put the room's indicators into the catalogue."""
        from gongjian.air.indicators import INDICATORS  # noqa: PLC0415 - models are known only now
        from gongjian.indicators.registry import register  # noqa: PLC0415

        register(*INDICATORS)
