"""How this room is named to Django."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MobileConfig(AppConfig):
    """The field of mobile sources."""

    name = "gongjian.mobile"
    verbose_name = _("移动源")

    def ready(self) -> None:
        """Put the ledgers, records, derived registers, indicators, kinds of case and checklists in their registries, ledgers first."""
        from gongjian.cases import registry as cases  # noqa: PLC0415 - models are known only now
        from gongjian.indicators import registry as catalogue  # noqa: PLC0415
        from gongjian.inspections import checklists  # noqa: PLC0415
        from gongjian.ledgers.registers import register_derived  # noqa: PLC0415
        from gongjian.ledgers.registry import register  # noqa: PLC0415
        from gongjian.mobile.case_kinds import CASE_KINDS  # noqa: PLC0415
        from gongjian.mobile.checklists import CHECKLISTS  # noqa: PLC0415
        from gongjian.mobile.indicators import INDICATORS  # noqa: PLC0415
        from gongjian.mobile.ledgers import LEDGERS  # noqa: PLC0415
        from gongjian.mobile.records import RECORD_KINDS  # noqa: PLC0415
        from gongjian.mobile.registers import REGISTERS  # noqa: PLC0415

        register(*LEDGERS, *RECORD_KINDS)
        register_derived(*REGISTERS)
        catalogue.register(*INDICATORS)
        cases.register(*CASE_KINDS)
        checklists.register(*CHECKLISTS)
