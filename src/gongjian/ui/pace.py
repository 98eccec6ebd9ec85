"""The small bar that holds a value against its target and against where it should be by now."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from math import isfinite

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from gongjian.ui.figures import MISSING, thousands
from gongjian.ui.lights import look_of

WIDTH = 120  # of the drawing, in its own units
ROOM = 1.12  # the largest number does not touch the right edge
SIGNS = {">=": "≥", ">": ">", "<=": "≤", "<": "<"}
OPS = {">=": gettext_lazy("不低于"), ">": gettext_lazy("高于"), "<=": gettext_lazy("不高于"), "<": gettext_lazy("低于")}


@dataclass(frozen=True, slots=True)
class Pace:
    """A value on its way to a target. All numbers are in one unit; ``now`` is where it should be by the day shown."""

    value: float | None
    target: float
    now: float | None = None
    op: str = ">="
    unit: str = ""
    light: str | None = None
    digits: int | None = None

    def __post_init__(self) -> None:
        """Refuse a comparison that no plan writes."""
        if self.op not in OPS:
            msg = f"{self.op!r} is not one of {', '.join(OPS)}"
            raise ValueError(msg)

    def words(self) -> str:
        """Everything the bar shows, in one sentence."""
        parts = [_("当前 %s") % self._figure(self.value), f"{_('目标')}{OPS[self.op]} {self._figure(self.target)}"]
        if self.now is not None:
            parts.append(_("按进度应为 %s") % self._figure(self.now))
        return "，".join(parts)

    def _figure(self, value: float | None) -> str:
        return thousands(value, self.digits) + (f" {self.unit}" if self.unit and value is not None else "")


def draw(pace: Pace) -> SafeString:
    """The bar as inline SVG; without a value a dash that says there is none, never an empty bar."""
    return _draw(pace, get_language())


@lru_cache(maxsize=1024)
def _draw(pace: Pace, _language: str | None) -> SafeString:
    if pace.value is None or not isfinite(pace.value):
        return format_html('<span class="missing" title="{}">{}</span>', pace.words(), MISSING)
    scale = WIDTH / (ROOM * max(pace.value, pace.target, pace.now or 0, 1e-9))
    shade = f" tr-{look_of(pace.light).code}" if pace.light else ""
    words = pace.words()
    return format_html(
        '<svg class="pace" viewBox="0 0 {} 12" preserveAspectRatio="none" role="img" aria-label="{}"><title>{}</title>'
        '<rect class="pace-track" y="4" width="{}" height="5"/>{}'
        '<rect class="pace-value{}" y="4" width="{}" height="5"/>{}'
        '<rect class="pace-target" x="{}" y="0" width="2" height="12"/></svg>',
        WIDTH,
        words,
        words,
        WIDTH,
        _beyond(pace, scale),
        shade,
        f"{max(pace.value * scale, 1):.1f}",
        _now(pace, scale),
        f"{pace.target * scale - 1:.1f}",
    )


def _beyond(pace: Pace, scale: float) -> SafeString:
    """For a ceiling, strokes over the part one must not enter."""
    if pace.op not in {"<=", "<"}:
        return SafeString("")
    start = int(pace.target * scale) + 3
    return format_html('<path class="pace-beyond" d="{}"/>', "".join(f"M{x} 9l3-5" for x in range(start, WIDTH - 2, 4)))


def _now(pace: Pace, scale: float) -> SafeString:
    """A small wedge from above where the value should be by now."""
    if pace.now is None:
        return SafeString("")
    middle = pace.now * scale
    return format_html('<path class="pace-now" d="M{} 0h6l-3 4z"/>', f"{middle - 3:.1f}")
