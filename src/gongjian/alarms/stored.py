"""The store of observations (``telemetry.store``) as a source: what files and the demonstration bring in."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date

from gongjian.alarms.source import Touched
from gongjian.alarms.uploaded import uploading_stations
from gongjian.standards.quality.series import Series, series_of
from gongjian.telemetry.models import Series as StoredSeries
from gongjian.telemetry.moments import begin, end, from_seconds, seconds
from gongjian.telemetry.queries import store
from gongjian.telemetry.store import Period, SeriesKey

LENGTHS = {Period.REAL_TIME: 1, Period.MINUTE: 60, Period.HOUR: 3600, Period.DAY: 86400}
FOREVER = 4_102_444_800  # the year 2100


class StoredSource:
    """Told by days: whatever was written into a day, all of it is judged again, which changes nothing that stood.

    Stations whose devices upload are left to the live store: what is here of them was folded out of it.
    """

    name = "store"

    def since(self, cursor: int, stations: Collection[str]) -> tuple[int, Sequence[Touched]]:
        """See the port."""
        to, written = store().touched_since(cursor)
        wanted = set(stations) - uploading_stations() if written else set()
        days: dict[SeriesKey, list[date]] = {}
        for key, day in written:
            if key.station in wanted:
                days.setdefault(key, []).append(day)
        told = []
        for key, touched in days.items():
            rows = store().read(key, from_seconds(begin(min(touched))), from_seconds(end(max(touched))))
            if rows:
                told.append(Touched(key, seconds(rows[0].at), max(int(row.entered_at.timestamp()) for row in rows)))
        return to, told

    def judged(self, cursor: int) -> None:
        """Nothing waits for it."""

    def length(self, key: SeriesKey) -> int:
        """See the port."""
        return LENGTHS[key.period]

    def window(self, key: SeriesKey, after: int, until: int | None = None) -> Series:
        """See the port."""
        rows = store().read(key, from_seconds(after), from_seconds(FOREVER if until is None else until))
        return series_of(((seconds(row.at), row.value, row.flag) for row in rows), LENGTHS[key.period])

    def keys(self, stations: Collection[str]) -> Sequence[SeriesKey]:
        """See the port."""
        here = set(stations) - uploading_stations()
        rows = StoredSeries.objects.filter(station__code__in=here).order_by("station__code", "factor__code", "period")
        named = rows.values_list("station__code", "factor__code", "period")
        return [SeriesKey(station, factor, Period(period)) for station, factor, period in named]
