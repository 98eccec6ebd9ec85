"""What a page about the air is asked for: the station, the year, and the day by whose end things were known."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from urllib.parse import urlencode

from gongjian.air.queries.days import first_day, last_day, station, years
from gongjian.standards.air.pollutants import Pollutant
from gongjian.telemetry.models import Kind, Station
from gongjian.telemetry.moments import CLOCK
from gongjian.telemetry.queries import stations
from gongjian.ui.dating import DateShown, date_shown


@dataclass(frozen=True, slots=True)
class Shown:
    """What a page shows: the ``year`` at a station up to ``through``, from what was known at ``as_of``.

    ``through`` is the last day of the year that was known then; None when there was none.
    """

    station: Station
    dating: DateShown
    year: int
    years: list[int]
    through: date | None
    as_of: datetime
    pollutant: Pollutant
    asked: Mapping[str, str]

    def address(self, **changes: str) -> str:
        """The query that keeps what was asked for, with changes."""
        kept = {**self.asked, **changes}
        return "?" + urlencode(kept) if kept else "?"


def shown(asked: Mapping[str, str], today: date) -> Shown | None:
    """What the address asks for, nonsense put right; None while there is no data at all. Refusal for a station nobody knows."""
    if not stations(Kind.AIR):
        return None
    where = station(asked.get("station", ""))
    begin = first_day(where)
    if begin is None:
        return None
    dating = date_shown(asked.get("on"), today=today, first=min(begin, today), last=today, parameters=asked.items())
    as_of = datetime.combine(dating.on + timedelta(1), time.min, CLOCK)
    known = years(where, as_of=as_of)
    wished = asked.get("year", "")
    year = int(wished) if wished in {str(each) for each in known} else dating.on.year
    through = last_day(where, date(year, 1, 1), min(date(year, 12, 31), dating.on), as_of=as_of)
    named = asked.get("pollutant", "")
    pollutant = Pollutant(named) if named in set(Pollutant) else Pollutant.PM25
    kept = {name: value for name, value in asked.items() if name in {"station", "on", "year", "pollutant"}}
    return Shown(where, dating, year, known, through, as_of, pollutant, kept)
