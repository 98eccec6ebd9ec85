"""Where uploaded files are kept: below the folder of uploads, outside the web root, under names nobody can guess."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

_KEY = re.compile(r"[0-9a-f]{32,64}")


@dataclass(frozen=True, slots=True)
class Shelf:
    """One room's ``folder`` below the folder of uploads."""

    folder: str

    def keep(self, data: bytes, key: str, ending: str) -> str:
        """Write a file under the random ``key`` (32 hexadecimal digits or more), readable by the owner only; its name for the database.

        ValueError for a key that is not random enough to be one; FileExistsError where it is taken.
        """
        if not _KEY.fullmatch(key):
            msg = "a key is 32 to 64 hexadecimal digits"
            raise ValueError(msg)
        name = f"{key[:2]}/{key}{ending}"
        path = self._place() / name
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        with path.open("xb") as file:
            path.chmod(0o600)
            file.write(data)
        return name

    def path_of(self, name: str) -> Path:
        """The file of that name; ValueError for a name that would lead out of the folder."""
        path = (self._place() / name).resolve()
        if not path.is_relative_to(self._place().resolve()):
            msg = "a name leads out of the folder of uploads"
            raise ValueError(msg)
        return path

    def discard(self, *names: str) -> None:
        """Take files away again whose rows were never written; absent ones are no matter."""
        for name in filter(None, names):
            self.path_of(name).unlink(missing_ok=True)

    def _place(self) -> Path:
        return Path(settings.GONGJIAN_UPLOADS) / self.folder
