"""Which uploads each kind of retention is, and from when on they are kept. Pure but for the model's choices."""

from __future__ import annotations

from datetime import datetime, timedelta
from types import MappingProxyType
from typing import Final

from gongjian.telemetry.live.months import month_begin, month_of
from gongjian.telemetry.live.port import Stream
from gongjian.telemetry.models import RetentionKind
from gongjian.telemetry.moments import seconds

STREAMS_OF: Final = MappingProxyType(
    {
        RetentionKind.REAL_TIME: (Stream.REAL_TIME,),
        RetentionKind.MINUTE: (Stream.MINUTE,),
        RetentionKind.HOUR: (Stream.HOUR,),
        RetentionKind.DAY: (Stream.DAY,),
        RetentionKind.STATE: (Stream.STATE, Stream.RUN_TIME, Stream.BOOT),
        RetentionKind.VEHICLE: (Stream.VEHICLE, Stream.LOGIN, Stream.LOGOUT),
        RetentionKind.REFUSED: (),
    }
)
LEAST: Final = MappingProxyType(  # months of what are original records of monitoring, 《排污许可管理条例》 article 19
    {RetentionKind.MINUTE: 60, RetentionKind.HOUR: 60, RetentionKind.DAY: 60}
)
ARCHIVED_AFTER: Final = timedelta(days=35)  # after a month's end: the gateway asks devices for what is missing up to thirty days back


def archived_before(now: datetime) -> int:
    """The moment (seconds) that months must have ended before to be archived now."""
    return seconds(now.replace(microsecond=0) - ARCHIVED_AFTER)


def kept_from(months: int, now: datetime) -> int:
    """The moment (seconds) from which on is kept what is kept for so many whole months before the present one."""
    return month_begin(month_of(seconds(now.replace(microsecond=0))) - months)
