"""Which stores alarms watch: handed over from above, since one of them may live beside this database."""

from __future__ import annotations

from gongjian.alarms.source import Source
from gongjian.alarms.stored import StoredSource

_SOURCES: dict[str, Source] = {}


def provide(*sources: Source) -> None:
    """Watch these as well; one of a name that is watched already takes its place."""
    _SOURCES.update({source.name: source for source in sources})


def forget(*names: str) -> None:
    """Watch these no more; for tests."""
    for name in names:
        _SOURCES.pop(name, None)


def sources() -> list[Source]:
    """Every store that is watched: the store of observations first."""
    return [StoredSource(), *_SOURCES.values()]
