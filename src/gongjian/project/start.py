"""Start Django outside a server."""

import os

import django


def start_django() -> None:
    """Load settings and rooms; harmless when already done."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gongjian.project.settings")
    django.setup()
