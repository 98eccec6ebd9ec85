"""How this room is named to Django."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class FieldworkConfig(AppConfig):
    """The phone of those who work outside."""

    name = "gongjian.fieldwork"
    verbose_name = _("外勤")

    def ready(self) -> None:
        """Put the cases and the tasks of inspection among the errands."""
        from gongjian.fieldwork.case_errands import case_errands  # noqa: PLC0415 - models are known only now
        from gongjian.fieldwork.errands import register_errands  # noqa: PLC0415
        from gongjian.fieldwork.task_errands import task_errands  # noqa: PLC0415

        register_errands(case_errands)
        register_errands(task_errands)
