"""How this room is named to Django."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PlansConfig(AppConfig):
    """The promise and its performance."""

    name = "gongjian.plans"
    verbose_name = _("行动计划")
