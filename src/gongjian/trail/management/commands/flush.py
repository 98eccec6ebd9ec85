"""Django's ``flush`` for a database whose log refuses to be emptied: wiping everything wipes the log as well, and nothing less does."""

from typing import Any

from django.core.management.commands import flush
from django.db import connections

from gongjian.trail import triggers


class Command(flush.Command):
    """Empties every table, the log included; asks first, as Django does."""

    def handle(self, **options: Any) -> None:
        """Lift the refusal, empty, put it back."""
        with triggers.lifted(connections[options["database"]]):
            super().handle(**options)
