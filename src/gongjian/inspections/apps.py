"""How this room is named to Django."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class InspectionsConfig(AppConfig):
    """Duties, tasks and inspections drawn by lot."""

    name = "gongjian.inspections"
    verbose_name = _("专项检查")

    def ready(self) -> None:
        """Put the general checklist, the indicators and what an entry's page tells of tasks in their registries."""
        from gongjian.cases.origins import register_origin  # noqa: PLC0415 - models are known only now
        from gongjian.indicators import registry as catalogue  # noqa: PLC0415 - models are known only now
        from gongjian.inspections.beside import case_tasks, task_happenings  # noqa: PLC0415
        from gongjian.inspections.checklists import register  # noqa: PLC0415
        from gongjian.inspections.general import GENERAL_CHECKLISTS  # noqa: PLC0415
        from gongjian.inspections.indicators import INDICATORS  # noqa: PLC0415
        from gongjian.inspections.weighing import FOUND_BEFORE, register_weigher  # noqa: PLC0415
        from gongjian.ledgers.happenings import register_happenings  # noqa: PLC0415

        register(*GENERAL_CHECKLISTS)
        register_weigher(FOUND_BEFORE)
        catalogue.register(*INDICATORS)
        register_happenings(task_happenings)
        register_origin(case_tasks)
