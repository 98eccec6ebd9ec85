"""What is kept of a device's secrets: of its password a digest, of its SM4 key a cipher text. Both are worth nothing without the secret.

HJ 212 sends six characters in plain text; a keyed digest is enough to know them again. A key must be had again to open what was sealed with
it, so it is kept encrypted under the installation's secret and the device's number: a text copied to another device, or to another
installation, opens nothing.
"""

from __future__ import annotations

import base64
from collections.abc import Iterator
from typing import Final

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.utils.crypto import salted_hmac

_SALT: Final = "gongjian.telemetry.sealing-key"


def digest_of(code: str, password: str) -> str:
    """The digest of a device's password under the installation's secret: worth nothing without it."""
    return salted_hmac(f"gongjian.telemetry.device:{code}", password, algorithm="sha256").hexdigest()


def locked(device: int, key: bytes) -> str:
    """A device's SM4 key as it may be kept."""
    return _lock(device).encrypt(key).decode("ascii")


def unlocked(device: int, kept: str) -> bytes | None:
    """The key again; None where none is kept, b"" where it cannot be had any more because the installation's secret is another."""
    if not kept:
        return None
    try:
        return _lock(device).decrypt(kept)
    except InvalidToken:
        return b""


def _lock(device: int) -> MultiFernet:
    return MultiFernet([Fernet(each) for each in _lock_keys(device)])


def _lock_keys(device: int) -> Iterator[bytes]:
    """Under today's secret, then under those it replaced, which Django is told of."""
    for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS):
        yield base64.urlsafe_b64encode(salted_hmac(f"{_SALT}:{device}", "", secret=secret, algorithm="sha256").digest())
