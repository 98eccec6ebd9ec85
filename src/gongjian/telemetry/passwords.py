"""What is kept of a device's password. HJ 212 sends six characters in plain text; a keyed digest is enough to know them again."""

from __future__ import annotations

from django.utils.crypto import salted_hmac


def digest_of(code: str, password: str) -> str:
    """The digest of a device's password under the installation's secret: worth nothing without it."""
    return salted_hmac(f"gongjian.telemetry.device:{code}", password, algorithm="sha256").hexdigest()
