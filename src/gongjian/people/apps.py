"""How this room is named to Django."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PeopleConfig(AppConfig):
    """Who is who."""

    name = "gongjian.people"
    verbose_name = _("部门与人员")
