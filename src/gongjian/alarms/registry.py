"""Which stores alarms watch: what devices upload, the observations, and what is handed over from above."""

from __future__ import annotations

from gongjian.alarms.source import Source
from gongjian.alarms.stored import StoredSource
from gongjian.alarms.uploaded import UploadedSource

_SOURCES: dict[str, Source] = {}


def provide(*sources: Source) -> None:
    """Watch these as well; one of a name that is watched already takes its place."""
    _SOURCES.update({source.name: source for source in sources})


def forget(*names: str) -> None:
    """Watch these no more; for tests."""
    for name in names:
        _SOURCES.pop(name, None)


def sources() -> list[Source]:
    """Every store that is watched; those handed over come first, the store of observations last."""
    return [*_SOURCES.values(), UploadedSource(), StoredSource()]
