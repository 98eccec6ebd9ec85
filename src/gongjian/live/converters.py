"""Parts of addresses: what devices call themselves."""

from __future__ import annotations

from gongjian.telemetry.models import Protocol


class CodeConverter:
    """An MN or a VIN; whatever a device calls itself that nobody has registered."""

    regex = ".{1,64}"

    def to_python(self, value: str) -> str:
        """As it stands."""
        return value

    def to_url(self, value: str) -> str:
        """As it stands."""
        return value


class ProtocolConverter(CodeConverter):
    """What a device speaks."""

    regex = "|".join(Protocol.values)
