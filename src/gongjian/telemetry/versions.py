"""The versions of one value, and where a claim finds its place among them. Pure; moments are whole numbers (``moments``)."""

from __future__ import annotations

from typing import NamedTuple

from gongjian.telemetry.moments import FOREVER


class Version(NamedTuple):
    """One version: stood from ``entered`` until just before ``replaced``. Its fields are columns of the table, in this order."""

    entered: int
    replaced: int
    value: float | None
    flag: str
    source: int

    def says(self, other: Version) -> bool:
        """Whether it tells the same as another."""
        return self.value == other.value and self.flag == other.flag


def first_version(entered: int, value: float | None, flag: str, source: int) -> Version:
    """A version that nothing has replaced."""
    return Version(entered, FOREVER, value, flag, source)


def placed(chain: list[Version], claim: Version) -> list[Version]:
    """The chain with a claim in its place; the same list object when the claim changes nothing. The claim is a ``first_version``.

    What was known at the claim's moment and says the same absorbs it. If the version that comes next says the same, that one was
    known earlier than thought. Otherwise the claim stands from its moment until the next version.
    """
    if not chain:
        return [claim]
    if chain[-1].entered <= claim.entered and chain[-1].says(claim):  # with the above by far the usual case
        return chain
    before = [version for version in chain if version.entered < claim.entered]
    after = [version for version in chain if version.entered > claim.entered]
    same_moment = [version for version in chain if version.entered == claim.entered]
    here = max([*same_moment, claim], key=_weight)
    if same_moment and here is same_moment[0]:
        return chain
    if not same_moment and before and before[-1].says(claim):
        return chain
    return _linked([*before, here, *after])


def _weight(version: Version) -> tuple[bool, float, str]:
    return (version.value is not None, version.value or 0.0, version.flag)


def _linked(chain: list[Version]) -> list[Version]:
    """Drop what says the same as its forerunner, and end each version where the next begins."""
    kept = [version for place, version in enumerate(chain) if place == 0 or not chain[place - 1].says(version)]
    ends = [*(version.entered for version in kept[1:]), FOREVER]
    return [version._replace(replaced=end) for version, end in zip(kept, ends, strict=True)]
