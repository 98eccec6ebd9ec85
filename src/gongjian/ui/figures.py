"""Figures, days and dates as they are written on a page."""

from __future__ import annotations

from datetime import date, datetime
from functools import lru_cache
from math import isfinite

from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

MISSING = "—"
SOON = 30  # days: from here on a deadline is written in amber


def day_of(moment: date | None) -> date | None:
    """The local day of a date or a moment."""
    if isinstance(moment, datetime):
        return timezone.localtime(moment).date() if timezone.is_aware(moment) else moment.date()
    return moment


def cn_date(moment: date | None) -> str:
    """2020年10月31日, as written in prose; — when there is none."""
    day = day_of(moment)
    return f"{day.year}年{day.month}月{day.day}日" if day else MISSING


def iso(moment: date | None) -> str:
    """2020-10-31, as written in tables; — when there is none."""
    day = day_of(moment)
    return day.isoformat() if day else MISSING


def minute(moment: datetime | None) -> str:
    """2020-10-31 09:05 local time; — when there is none."""
    if moment is None:
        return MISSING
    local = timezone.localtime(moment) if timezone.is_aware(moment) else moment
    return f"{local:%Y-%m-%d %H:%M}"


def thousands(value: float | None, digits: int | None = None) -> str:
    """1,234.5: thousands separated; ``digits`` after the point, by default one for a broken number and none for a whole one."""
    if value is None or not isfinite(value):
        return MISSING
    if digits is None:
        digits = 0 if float(value).is_integer() else 1
    return f"{value:,.{digits}f}"


def percent(ratio: float | None, digits: int = 1) -> str:
    """A ratio (1 is the whole) as 83.3%; — when there is none, never 0."""
    return MISSING if ratio is None or not isfinite(ratio) else f"{100 * ratio:.{digits}f}%"


def days_left_words(due: date | None, on: date) -> str:
    """还有 61 天, 今天到期 or 已过 3 天, counted from ``on``; empty when no day is stated."""
    if due is None:
        return ""
    days = (due - on).days
    if days == 0:
        return _("今天到期")
    return _("还有 %d 天") % days if days > 0 else _("已过 %d 天") % -days


def days_left(due: date | None, on: date) -> SafeString:
    """The days left with their shade: amber from 30 days on, red when past."""
    return SafeString("") if due is None else _days_left(due, on, get_language())


@lru_cache(maxsize=1024)
def _days_left(due: date, on: date, _language: str | None) -> SafeString:
    days = (due - on).days
    shade = " left-past" if days < 0 else " left-soon" if days <= SOON else ""
    return format_html('<span class="left{}">{}</span>', shade, days_left_words(due, on))


def degrees(value: float) -> str:
    """116.4973: an angle to six decimals, a tenth of a metre on the ground, without the zeros at its end; never localized."""
    return f"{value:.6f}".rstrip("0").rstrip(".")
