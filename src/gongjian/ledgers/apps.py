"""How this room is named to Django."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LedgersConfig(AppConfig):
    """The spine of all ledgers, and the ledger of enterprises that every field shares."""

    name = "gongjian.ledgers"
    verbose_name = _("台账")

    def ready(self) -> None:
        """Put the enterprises among the ledgers."""
        from gongjian.ledgers.enterprises import ENTERPRISES  # noqa: PLC0415 - models are known only now
        from gongjian.ledgers.registry import register  # noqa: PLC0415

        register(ENTERPRISES)
