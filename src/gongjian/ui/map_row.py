"""One line of the battle map.

A template takes about 100 µs a line, which nine hundred lines cannot afford. This is written out in under half of that, and
remembered as long as nothing in it changes (4 µs). Every piece of text that is not ours goes through ``escape``.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from html import escape

from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from gongjian.ui.figures import days_left, thousands
from gongjian.ui.lights import light, look_of, mark, strip
from gongjian.ui.pace import SIGNS, Pace, draw

DONE = "blue"
KEPT = 16_384  # lines: a year's plans on a handful of days


@dataclass(frozen=True, slots=True)
class MapRow:
    """What one measure shows on the map on the day ``on``.

    ``light`` and the parts of ``weeks`` (oldest first, None before there was anything to show) are codes of lights; ``reasons`` are
    pairs of a light and a sentence; ``due`` is None where the document names no day; ``bar`` is the main figure, if there is one;
    ``opens`` names the figures behind the light with the way to each.
    """

    key: str
    url: str
    digest: str
    light: str
    on: date
    due_words: str = ""
    due: date | None = None
    lead: tuple[str, ...] = ()
    support: tuple[str, ...] = ()
    weeks: tuple[str | None, ...] = ()
    reasons: tuple[tuple[str, str], ...] = ()
    bar: Pace | None = None
    withdrawn: bool = False
    opens: tuple[tuple[str, str], ...] = ()


def map_rows(rows: Iterable[MapRow]) -> SafeString:
    """The lines of one task, each a list item of class ``measure``."""
    language = get_language()
    written = "".join([_map_row(row, language) for row in rows])
    return SafeString(written)  # nosec B703 # every piece went through escape


def who(names: Iterable[str], role: str = "lead") -> SafeString:
    """Departments one after another: those who lead in bold, those who assist not; the style sheet sets the marks between them."""
    tag = "b" if role == "lead" else "span"
    written = "".join(f'<{tag} class="{escape(role)}">{escape(name)}</{tag}>' for name in names)
    return SafeString(written)  # nosec B703 # escaped above


@lru_cache(maxsize=KEPT)
def _map_row(row: MapRow, _language: str | None) -> str:
    code = look_of(row.light).code
    withdrawn = " is-withdrawn" if row.withdrawn else ""
    left = "" if row.due is None or code == DONE else days_left(row.due, row.on)
    key = escape(row.key)
    return (
        f'<li class="measure is-{code}{withdrawn}" id="m-{key}">{_why(row)}'
        f'<span class="weeks">{strip(row.weeks) if row.weeks else ""}</span>'
        f'<a class="digest" href="{escape(row.url)}"><span class="key">{key}</span><span class="text">{escape(row.digest)}</span></a>'
        f'<span class="who" title="{_who_words(row)}">{who(row.lead)}{who(row.support, "support")}</span>'
        f'<span class="due"><span>{escape(row.due_words)}</span>{left}</span>{_bar(row)}</li>'
    )


def _why(row: MapRow) -> str:
    if not row.reasons:
        return f'<span class="why">{light(row.light)}</span>'
    items = "".join(f"<li>{mark(code)}<span>{escape(words)}</span></li>" for code, words in row.reasons)
    return (
        f'<details class="why"><summary title="{escape(row.reasons[0][1])}">{light(row.light)}</summary>'
        f'<div class="why-body"><ul>{items}</ul>{_opens(row)}</div></details>'
    )


def _opens(row: MapRow) -> str:
    links = "".join(f'<a href="{escape(url)}">{escape(name)}</a>' for name, url in row.opens)
    return f'<p class="opens">{links}</p>' if links else ""


def _who_words(row: MapRow) -> str:
    lead, support = _roles(get_language())
    words = f"{lead} {'、'.join(row.lead)}"
    return escape(f"{words}；{support} {'、'.join(row.support)}" if row.support else words)


@cache
def _roles(_language: str | None) -> tuple[str, str]:
    return _("牵头"), _("协办")


def _bar(row: MapRow) -> str:
    if row.bar is None:
        return ""
    value, target = thousands(row.bar.value, row.bar.digits), thousands(row.bar.target, row.bar.digits)
    return (
        f'<span class="bar">{draw(row.bar)}<span>{value} / {escape(SIGNS[row.bar.op])} {target}'
        f'<span class="unit">{escape(row.bar.unit)}</span></span></span>'
    )
