"""How this room is named to Django."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AssessmentConfig(AppConfig):
    """Scores of departments, every point traceable."""

    name = "gongjian.assessment"
    verbose_name = _("考核")

    def ready(self) -> None:
        """Put the built-in kinds of item among the kinds."""
        from gongjian.assessment.gathering import cases, commitments, orders  # noqa: PLC0415 - models are known only now
        from gongjian.assessment.registry import register  # noqa: PLC0415

        register("plans", commitments.of_plans, *commitments.KINDS)
        register("cases", cases.of_cases, *cases.KINDS)
        register("orders", orders.of_orders, orders.KIND)
