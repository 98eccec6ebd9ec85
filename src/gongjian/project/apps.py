"""How the whole house is named to Django."""

from django.apps import AppConfig
from django.contrib.admin import apps as admin


class ProjectConfig(AppConfig):
    """The top floor."""

    name = "gongjian.project"
    label = "project"
    default = True


class BackRoomConfig(admin.AdminConfig):
    """Django's admin as the administrator's back room."""

    default = False
    default_site = "gongjian.project.backroom.BackRoom"
