"""The two frozen lists of a draw, and their fingerprints. Pure."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256


@dataclass(frozen=True, slots=True)
class Candidate:
    """One object as the draw sees it: ``weight`` in thousandths, ``party`` its enterprise's code, ``keeper`` the department in charge."""

    code: str
    name: str = ""
    party: str = ""
    keeper: str = ""
    stratum: str = ""
    weight: int = 1000


@dataclass(frozen=True, slots=True)
class Inspector:
    """One inspector: ``key`` names them for good, ``barred`` are the codes of enterprises they may not visit."""

    key: str
    name: str = ""
    departments: tuple[str, ...] = ()
    barred: tuple[str, ...] = ()


def universe_digest(candidates: Iterable[Candidate]) -> str:
    """SHA-256 over the list: a line of JSON for each object, in the order of codes."""
    return _digest([[one.code, one.name, one.party, one.keeper, one.stratum, one.weight] for one in candidates])


def pool_digest(pool: Iterable[Inspector]) -> str:
    """SHA-256 over the list: a line of JSON for each inspector, in the order of keys; names and departments included."""
    return _digest([[one.key, one.name, sorted(one.departments), sorted(one.barred)] for one in pool])


def seal_of(secret: str) -> str:
    """The fingerprint of a sealed seed."""
    return sha256(secret.encode()).hexdigest()


def _digest(rows: list[list[object]]) -> str:
    lines = "".join(f"{json.dumps(row, ensure_ascii=False, separators=(',', ':'))}\n" for row in sorted(rows, key=lambda row: str(row[0])))
    return sha256(lines.encode()).hexdigest()
