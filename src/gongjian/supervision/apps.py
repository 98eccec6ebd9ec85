"""How this room is named to Django."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SupervisionConfig(AppConfig):
    """Supervision orders: by rule or by a person, until cleared."""

    name = "gongjian.supervision"
    verbose_name = _("督办")

    def ready(self) -> None:
        """Put the kinds of fact among those rules may name."""
        from gongjian.supervision.detecting.kinds import KINDS  # noqa: PLC0415 - models are known only now
        from gongjian.supervision.detecting.registry import register  # noqa: PLC0415

        register(*KINDS)
