"""What ships inside the package: stations and years, see ``data/README.md``."""

from __future__ import annotations

from importlib import resources
from pathlib import Path


def data(name: str) -> Path:
    """A file of the room's data folder."""
    return Path(str(resources.files("gongjian.air") / "data" / name))


def packed_files() -> list[Path]:
    """The years, by name."""
    return sorted(data("").glob("*.json.gz"))
