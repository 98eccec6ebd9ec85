"""The folder of an import: the file as it was handed in, the verdicts on its rows, and how far the work has come."""

from __future__ import annotations

import gzip
import json
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from itertools import islice
from pathlib import Path
from typing import TextIO

from django.conf import settings

from gongjian.ledgers.declaration import Table
from gongjian.ledgers.importing.coding import decoded, encoded
from gongjian.ledgers.importing.verdicts import RowPlan, Verdict

_LEVEL = 1  # of compression: a fifth of the size, at no time to speak of


def _all() -> Path:
    return Path(settings.GONGJIAN_UPLOADS) / "imports"


class Folder:
    """One import's; its name says nothing to anybody."""

    def __init__(self, token: str) -> None:
        self.token = token
        self._path = _all() / token

    @classmethod
    def fresh(cls) -> Folder:
        """A new one, under a name nobody can guess, open to this system alone."""
        _all().mkdir(parents=True, exist_ok=True)
        return cls(Path(tempfile.mkdtemp(prefix="", dir=_all())).name)

    def keep(self, data: bytes) -> None:
        """Put the file in."""
        (self._path / "upload").write_bytes(data)

    def upload(self) -> bytes:
        """The file; FileNotFoundError once it is gone."""
        return (self._path / "upload").read_bytes()

    @property
    def there(self) -> bool:
        """Whether it has not been removed."""
        return self._path.is_dir()

    def remove(self) -> None:
        """Everything goes."""
        shutil.rmtree(self._path, ignore_errors=True)

    @contextmanager
    def writing(self) -> Iterator[Writer]:
        """Write the verdicts anew; those that were there stay until all are written."""
        with ExitStack() as stack:
            files = {one: stack.enter_context(gzip.open(self._file(one, ".new"), "wt", _LEVEL, encoding="utf-8")) for one in Verdict}
            yield Writer(files)
        for one in Verdict:
            self._file(one, ".new").replace(self._file(one))

    def rows(self, table: Table, verdict: Verdict, start: int = 0, most: int | None = None) -> Iterator[RowPlan]:
        """The rows with that verdict in the order of the sheet, ``most`` of them from ``start`` on."""
        if not self._file(verdict).exists():
            return
        with gzip.open(self._file(verdict), "rt", encoding="utf-8") as lines:
            for line in islice(lines, start, None if most is None else start + most):
                yield decoded(table, verdict, line)

    def tell(self, done: int, total: int) -> None:
        """Note how far the work has come: beside the database, for what is under way there nobody sees."""
        note = self._path / "progress.new"
        note.write_text(json.dumps([done, total]), encoding="ascii")
        note.replace(self._path / "progress")

    def told(self) -> tuple[int, int]:
        """Rows done, and rows in all; zeros before it has begun."""
        try:
            done, total = json.loads((self._path / "progress").read_text(encoding="ascii"))
        except FileNotFoundError:
            return 0, 0
        return int(done), int(total)

    def untell(self) -> None:
        """Nothing is under way."""
        (self._path / "progress").unlink(missing_ok=True)

    def _file(self, verdict: Verdict, more: str = "") -> Path:
        return self._path / f"{verdict.value}.gz{more}"


class Writer:
    """Takes rows and counts them by verdict."""

    def __init__(self, files: Mapping[Verdict, TextIO]) -> None:
        self._files = files
        self.counts = dict.fromkeys(Verdict, 0)

    def take(self, plan: RowPlan) -> None:
        """One row."""
        self._files[plan.verdict].write(encoded(plan) + "\n")
        self.counts[plan.verdict] += 1
