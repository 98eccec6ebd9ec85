"""Devices as the gateway knows them: what it must know to let one in, without asking a database. Pure."""

from __future__ import annotations

import hmac
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from gongjian.telemetry.addresses import is_within

Digest = Callable[[str, str], str]  # of a code and a password


@dataclass(slots=True, eq=False)
class Known:
    """One registered device. ``allowed`` is the mask of tolerances, ``password`` the digest of what it must send, "" for anything.

    ``key`` is the SM4 key it must seal with, None where it does not seal, b"" where its key can no longer be read. ``proven`` is the
    password that was found right, so that the digest is worked out once and not for every packet.
    """

    number: int
    code: str
    allowed: int = 0
    longest: int = 1024
    password: str = field(default="", repr=False)
    addresses: str = ""
    most_per_second: int | None = None
    minute_interval: int = 10
    asks_missing: bool = True
    active: bool = True
    revision: int = 0
    key: bytes | None = field(default=None, repr=False)
    proven: str | None = field(default=None, repr=False)

    def admits(self, password: str, digest: Digest) -> bool:
        """Whether this is its password."""
        if not self.password or password == self.proven:
            return True
        if not hmac.compare_digest(digest(self.code, password).encode(), self.password.encode()):
            return False
        self.proven = password
        return True

    def is_open_to(self, peer: str) -> bool:
        """Whether it may speak from this address."""
        return is_within(peer, self.addresses)


class Directory:
    """All registered devices by protocol and code. Sessions hold the directory, so that a change reaches connections that stand."""

    def __init__(self, devices: Mapping[str, Iterable[Known]] | None = None, digest: Digest = lambda _, password: password) -> None:
        self.digest = digest
        self._devices: dict[str, dict[str, Known]] = {}
        self.replace(devices or {})

    def find(self, protocol: str, code: str) -> Known | None:
        """The device with this code."""
        return self._devices.get(protocol, {}).get(code)

    def of(self, protocol: str) -> dict[str, Known]:
        """All of a protocol by code; the mapping itself, which the next ``replace`` replaces."""
        return self._devices.get(protocol, {})

    def replace(self, devices: Mapping[str, Iterable[Known]]) -> None:
        """Know these and no others. Who has not changed stays the same object, so that nothing is proven twice."""
        fresh: dict[str, dict[str, Known]] = {}
        for protocol, known in devices.items():
            old = self._devices.get(protocol, {})
            fresh[protocol] = {each.code: _same(old.get(each.code), each) for each in known}
        self._devices = fresh

    def __len__(self) -> int:
        return sum(map(len, self._devices.values()))


def _same(old: Known | None, new: Known) -> Known:
    return old if old is not None and (old.number, old.revision) == (new.number, new.revision) else new
