"""The one visual language: frame, components, style sheets."""

from django.apps import AppConfig


class UiConfig(AppConfig):
    """Templates, static files and template tags; no models."""

    name = "gongjian.ui"
    label = "ui"
