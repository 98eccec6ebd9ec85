"""How this room is named to Django."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LiveConfig(AppConfig):
    """The live pages."""

    name = "gongjian.live"
    label = "live"
    verbose_name = _("在线监测")

    def ready(self) -> None:
        """Put the way to a vehicle's live page on the page of its entry."""
        from gongjian.ledgers.happenings import register_offers  # noqa: PLC0415 - models are known only now
        from gongjian.live.beside_entries import vehicle_offers  # noqa: PLC0415

        register_offers(vehicle_offers)
