"""How the whole house is named to Django."""

from django.apps import AppConfig
from django.contrib.admin import apps as admin


class ProjectConfig(AppConfig):
    """The top floor."""

    name = "gongjian.project"
    label = "project"
    default = True

    def ready(self) -> None:
        """Every room is there: connect them."""
        from gongjian.project.connections import connect_rooms  # noqa: PLC0415 - models are not known before

        connect_rooms()


class BackRoomConfig(admin.AdminConfig):
    """Django's admin as the administrator's back room."""

    default = False
    default_site = "gongjian.project.backroom.BackRoom"
