"""How this room is named to Django."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MobileConfig(AppConfig):
    """The field of mobile sources."""

    name = "gongjian.mobile"
    verbose_name = _("移动源")

    def ready(self) -> None:
        """Put the room's ledgers and records in the registry, ledgers first."""
        from gongjian.ledgers.registry import register  # noqa: PLC0415 - models are known only now
        from gongjian.mobile.ledgers import LEDGERS  # noqa: PLC0415
        from gongjian.mobile.records import RECORD_KINDS  # noqa: PLC0415

        register(*LEDGERS, *RECORD_KINDS)
