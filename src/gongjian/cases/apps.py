"""How this room is named to Django."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CasesConfig(AppConfig):
    """The closed loop: one flow for every kind of found problem."""

    name = "gongjian.cases"
    verbose_name = _("问题闭环")

    def ready(self) -> None:
        """Put the general kind among the kinds, and the cases beside the entries they are about."""
        from gongjian.cases.beside_entries import case_happenings, case_offers  # noqa: PLC0415 - models are known only now
        from gongjian.cases.general import GENERAL  # noqa: PLC0415 - models are known only now
        from gongjian.cases.registry import register  # noqa: PLC0415
        from gongjian.ledgers.happenings import register_happenings, register_offers  # noqa: PLC0415

        register(GENERAL)
        register_happenings(case_happenings)
        register_offers(case_offers)
