"""How this room is named to Django."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AlarmsConfig(AppConfig):
    """Alarms and data quality."""

    name = "gongjian.alarms"
    verbose_name = _("报警与数据质量")

    def ready(self) -> None:
        """Name the kinds of case alarms become, and show them on the cases they became and the entries they are about."""
        from gongjian.alarms.beside import alarm_happenings, alarm_origin  # noqa: PLC0415 - models are known only now
        from gongjian.alarms.casekinds import KINDS  # noqa: PLC0415
        from gongjian.cases.origins import register_origin  # noqa: PLC0415
        from gongjian.cases.registry import register  # noqa: PLC0415
        from gongjian.ledgers.happenings import register_happenings  # noqa: PLC0415

        register(*KINDS)
        register_origin(alarm_origin)
        register_happenings(alarm_happenings)
