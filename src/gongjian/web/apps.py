"""How this room is named to Django."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    """Pages for signed-in people, and the open map."""

    name = "gongjian.web"
