"""The couriers there are. ``GONGJIAN_COURIERS`` names those in use by dotted path; the inbox is always in use and stands apart."""

from __future__ import annotations

from typing import Protocol, cast

from django.conf import settings
from django.utils.module_loading import import_string

from gongjian.notices.channels import Channel
from gongjian.notices.courier import Courier


class _Made(Protocol):
    """A courier's class as the settings name it."""

    def from_settings(self) -> Courier:
        """One as the settings want it; ImproperlyConfigured where they are wrong."""


def current() -> dict[Channel, Courier]:
    """A courier for each channel the settings name."""
    made = [cast("_Made", import_string(path)).from_settings() for path in settings.GONGJIAN_COURIERS]
    return {courier.channel: courier for courier in made}
