"""What is allowed to one device: strict unless its profile says otherwise."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

from gongjian.protocols.hj212.tolerances import NONE, Tolerance

SEGMENT: Final = 1024  # bytes of a data segment at most, HJ 212-2017 clause 6.3.1
HARD_CAP: Final = 9999  # bytes: no more fits into the four digits of the length
AROUND: Final = 12  # bytes of a frame besides its data segment: ##, length, check code, CR LF
KEY: Final = 16  # bytes of an SM4 key
Keys = Callable[[str], bytes | None]  # of an MN


@dataclass(frozen=True, slots=True)
class Profile:
    """The setting of a device: which departures are read all the same, and how long a data segment may be (bytes).

    ``key`` is the device's SM4 key where CP is sealed (2025, second-hand); ``keys`` finds it by MN where a connection is of several
    devices. Neither is ever printed. ValueError for what cannot be: a segment over the hard cap.
    """

    name: str
    allowed: Tolerance = NONE
    longest: int = SEGMENT
    key: bytes | None = field(default=None, repr=False)
    keys: Keys | None = field(default=None, repr=False, compare=False)

    def __post_init__(self) -> None:
        if not SEGMENT <= self.longest <= HARD_CAP or (self.key is not None and len(self.key) != KEY):
            msg = f"a profile cannot allow segments of {self.longest} bytes (1024 to 9999), nor hold a key that is not of 16 bytes"
            raise ValueError(msg)
        if self.longest > SEGMENT:
            object.__setattr__(self, "allowed", self.allowed | Tolerance.LONG_SEGMENT)


_LOSSY = Tolerance.CRC_UNCHECKED | Tolerance.UNREADABLE_VALUE | Tolerance.LONG_SEGMENT | Tolerance.RESENT_MARK

STRICT: Final = Profile("standard")
FIELD: Final = Profile("field", ~_LOSSY, HARD_CAP)  # everything that leaves no doubt about what was meant
ANYTHING: Final = Profile("anything", ~NONE, HARD_CAP)  # to look into a capture, never to run on
SECOND_HAND_2025: Final = Profile("second-hand-2025", Tolerance.RESENT_MARK)  # the standard's text was not seen
