"""What a device was asked for because it was missing, and what came of it, in words."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Final, NamedTuple

from gongjian.live.queries.devices import KINDS
from gongjian.protocols.hj212.codes import ExecutionResult, RequestResult
from gongjian.telemetry.fates import Fate
from gongjian.telemetry.live.port import Stream
from gongjian.telemetry.models import Device, HistoryAsked
from gongjian.telemetry.moments import from_seconds

SHOWN: Final = 50
REFUSALS: Final[Mapping[int, str]] = {
    RequestResult.REFUSED: "请求被拒绝",
    RequestResult.WRONG_PW: "口令错误",
    RequestResult.WRONG_MN: "MN 错误",
    RequestResult.WRONG_ST: "ST 错误",
    RequestResult.WRONG_FLAG: "Flag 错误",
    RequestResult.WRONG_QN: "QN 错误",
    RequestResult.WRONG_CN: "CN 错误",
    RequestResult.WRONG_CRC: "校验错误",
    RequestResult.UNKNOWN: "原因未知",
}
RESULTS: Final[Mapping[int, str]] = {
    ExecutionResult.DONE: "执行成功",
    ExecutionResult.FAILED: "执行失败，原因未知",
    ExecutionResult.CONDITION: "请求条件错误",
    ExecutionResult.TIMEOUT: "通信超时",
    ExecutionResult.BUSY: "系统繁忙",
    ExecutionResult.FAULT: "系统故障",
    ExecutionResult.NO_DATA: "没有数据",
}
_GOOD: Final = (Fate.CAME, Fate.BY_ITSELF)


class AskedLine(NamedTuple):
    """A gap and its asking: which periods, how often and when last asked, what came. ``bad``: it is over and something is still missing."""

    kind: str
    first: datetime
    last: datetime
    wanted: int
    came: int
    tries: int
    asked: datetime | None
    outcome: str
    bad: bool


def asked_of(device: Device) -> list[AskedLine]:
    """The latest questions to a device, the newest first; one query."""
    return [_line(row) for row in HistoryAsked.objects.filter(device=device)[:SHOWN]]


def _line(row: HistoryAsked) -> AskedLine:
    fate = Fate(row.fate)
    said = _said(fate, row.said)
    return AskedLine(
        kind=KINDS[Stream(row.stream)],
        first=from_seconds(row.first),
        last=from_seconds(row.last),
        wanted=row.wanted,
        came=row.came,
        tries=row.tries,
        asked=row.asked_at,
        outcome=f"{fate.label}（{said}）" if said else fate.label,
        bad=fate.is_over and fate not in _GOOD,
    )


def _said(fate: Fate, number: int | None) -> str:
    """What the device gave as its reason; "" where it gave none, or all is well."""
    if number is None or fate in _GOOD:
        return ""
    if fate is Fate.REFUSED:
        return REFUSALS.get(number, "")
    return RESULTS.get(number, "")
