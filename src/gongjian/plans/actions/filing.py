"""Putting files beside a report or a contribution: part of the verb that writes it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime

from gongjian.files.actions import Received
from gongjian.kernel.months import Month
from gongjian.kernel.refusal import Refusal
from gongjian.people.models import User
from gongjian.plans.keeping import SHELF
from gongjian.plans.models import Contribution, Report, ReportFile
from gongjian.trail.actions import record

MOST = 20  # files of one report or contribution, struck ones included


@dataclass(slots=True)
class Cabinet:
    """The files of one write, and the names of those already on the disk."""

    files: Sequence[Received]
    kept: list[str] = field(default_factory=list)

    def put(self, owner: Report | Contribution, *, by: User, at: datetime) -> None:
        """Keep the files as those of ``owner``, which is held by the transaction and may be written. Refusal for too many."""
        if not self.files:
            return
        if owner.files.count() + len(self.files) > MOST:
            msg = f"一份月报（协办情况）最多 {MOST} 个佐证文件（移除的也计在内），请合并后再上传。"
            raise Refusal(msg)
        whose = {"report": owner} if isinstance(owner, Report) else {"contribution": owner}
        for file in self.files:
            path = SHELF.keep(file.data, file.key, file.kind.ending)
            self.kept.append(path)
            ReportFile.objects.create(
                **whose,
                name=file.name,
                path=path,
                content_type=file.kind.content_type,
                size=len(file.data),
                sha256=file.sha256,
                scan=file.scan,
                at=at,
                by=by,
                by_label=str(by),
            )
        after = {"month": str(Month.of(owner.month)), "pieces": [file.name for file in self.files]}
        record("reportfile.given", owner.measure, by=by, at=at, after=after)


@contextmanager
def filing(files: Sequence[Received]) -> Iterator[Cabinet]:
    """The files of one write; where the write is refused after all they are taken away again."""
    cabinet = Cabinet(files)
    try:
        yield cabinet
    except BaseException:
        SHELF.discard(*cabinet.kept)
        raise
