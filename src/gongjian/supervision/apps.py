"""How this room is named to Django."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SupervisionConfig(AppConfig):
    """Supervision orders: by rule or by a person, until cleared."""

    name = "gongjian.supervision"
    verbose_name = _("督办")
