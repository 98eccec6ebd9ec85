"""What an address asks of an indicator's pages; nonsense asks for what a page opens with, an unknown code is no page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.http import Http404, HttpRequest

from gongjian.indicators.grammar import Indicator
from gongjian.indicators.periods import Period, parse_period
from gongjian.indicators.queries.evidence import Sieve, Which
from gongjian.indicators.queries.page import default_period
from gongjian.indicators.registry import find
from gongjian.kernel.refusal import Refusal
from gongjian.people.permissions import Asker, may, require
from gongjian.people.roles import Permission
from gongjian.trail.clock import today
from gongjian.ui.dating import DateShown, date_shown

EARLIEST = date(2000, 1, 1)


@dataclass(frozen=True, slots=True)
class Asked:
    """Which indicator, which period, as of which day."""

    indicator: Indicator
    period: Period
    dating: DateShown
    refusal: str = ""  # why the period asked for is not shown

    @property
    def on(self) -> date:
        """The day by whose end rows must have been entered."""
        return self.dating.on

    @property
    def query(self) -> str:
        """What links to its other pages carry."""
        day = "" if self.dating.is_today else f"&on={self.on.isoformat()}"
        return f"?period={self.period.code}{day}"


def dating(request: HttpRequest) -> DateShown:
    """The day asked for by ``?on=``."""
    now = today()
    parameters = [(name, str(value)) for name, value in request.GET.items()]
    return date_shown(request.GET.get("on"), today=now, first=min(EARLIEST, now), last=now, parameters=parameters)


def asked(request: HttpRequest, code: str) -> Asked:
    """The whole of it; Http404 for a code nobody has declared."""
    try:
        indicator = find(code)
    except Refusal as refusal:
        raise Http404(str(refusal)) from refusal
    shown = dating(request)
    text = request.GET.get("period", "")
    try:
        return Asked(indicator, parse_period(text) if text else default_period(indicator, shown.on), shown)
    except Refusal as refusal:
        return Asked(indicator, default_period(indicator, shown.on), shown, str(refusal))


def which_rows(request: HttpRequest) -> Which:
    """Which rows are asked for."""
    said = request.GET.get("which", "")
    return Which(said) if said in set(Which) else Which.DENOMINATOR


def sieve(request: HttpRequest, indicator: Indicator) -> Sieve:
    """Parts of splits to narrow to."""
    return Sieve(tuple((split.name, key) for split in indicator.splits if (key := request.GET.get(split.name, "")[:80])))


def may_open(user: Asker, said: Asked) -> bool:
    """Whether this person may open the rows behind the figure."""
    return may(user, _opening(said))


def require_open(user: Asker, said: Asked) -> None:
    """Raise ``Forbidden`` unless they may."""
    require(user, _opening(said))


def _opening(said: Asked) -> Permission:
    return Permission.PLAN_VIEW if said.indicator.open_rows else Permission.REPORT_VIEW
