"""How the five lights are drawn and named: always a shape and a word with the colour."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

from django.utils.functional import Promise
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Look:
    """One light as drawn: ``path`` in a 12 × 12 box, ``height`` of its week in a strip (worse is higher, of ``STRIP_HEIGHT``)."""

    code: str
    word: str | Promise
    path: str
    height: int


# Worst first: the order in which a reader wants them counted.
LOOKS = (
    Look("red", _("滞后"), "M1 1h10v10H1z", 13),
    Look("amber", _("预警"), "M6 1 11.4 11H.6z", 9),
    Look("green", _("正常"), "M6 .8a5.2 5.2 0 1 0 0 10.4A5.2 5.2 0 1 0 6 .8z", 5),
    Look("blue", _("完成"), "M1.2 6.6 4.6 10 11 2.6", 5),
    Look("grey", _("无数据"), "M6 1.6a4.4 4.4 0 1 0 0 8.8A4.4 4.4 0 1 0 6 1.6z", 2),
)
BY_CODE = {look.code: look for look in LOOKS}

STRIP_HEIGHT = 13
WEEK_WIDTH, WEEK_STEP = 5, 6


def look_of(code: object) -> Look:
    """The look of a light given as its code or a string enum; ValueError names what is not a light."""
    if look := BY_CODE.get(str(code)):
        return look
    msg = f"{code!r} is not one of the lights {', '.join(BY_CODE)}"
    raise ValueError(msg)


def light(code: object) -> SafeString:
    """Shape and word of one light."""
    return _light(str(code), get_language())


def mark(code: object) -> SafeString:
    """The shape alone, for where the word stands in the heading; it still says the word to a screen reader."""
    return _mark(str(code), get_language())


def share(counts: Mapping[str, int]) -> SafeString:
    """A stacked bar of how many lights there are of each kind, drawn by width; empty when there are none."""
    return _share(tuple(int(counts.get(look.code, 0)) for look in LOOKS), get_language())


def strip(lights: Iterable[object]) -> SafeString:
    """The last weeks of one light, oldest first; None is a week in which there was nothing to show yet."""
    return _strip(tuple(None if code is None else str(code) for code in lights), get_language())


@cache
def _light(code: str, _language: str | None) -> SafeString:
    look = look_of(code)
    return format_html('<span class="light light-{}">{}{}</span>', look.code, _shape(look), look.word)


@cache
def _mark(code: str, _language: str | None) -> SafeString:
    look = look_of(code)
    return format_html('<span class="light light-{}">{}<span class="unseen">{}</span></span>', look.code, _shape(look), look.word)


def _shape(look: Look) -> SafeString:
    return format_html('<svg class="mk mk-{}" viewBox="0 0 12 12" aria-hidden="true"><path d="{}"/></svg>', look.code, look.path)


@lru_cache(maxsize=1024)
def _share(numbers: tuple[int, ...], _language: str | None) -> SafeString:
    total = sum(numbers)
    if not total:
        return SafeString("")
    starts = (sum(numbers[:index]) for index in range(len(numbers)))
    parts = format_html_join(
        "",
        '<rect class="tr-{}" x="{}" width="{}" height="8"/>',
        (
            (look.code, f"{1000 * start / total:.1f}", f"{max(1000 * number / total - 3, 1):.1f}")
            for look, number, start in zip(LOOKS, numbers, starts, strict=True)
            if number
        ),
    )
    words = "，".join(f"{look.word} {number}" for look, number in zip(LOOKS, numbers, strict=True) if number)
    return format_html(
        '<svg class="share" viewBox="0 0 1000 8" preserveAspectRatio="none" role="img" aria-label="{}">{}</svg>', words, parts
    )


@lru_cache(maxsize=4096)
def _strip(codes: tuple[str | None, ...], _language: str | None) -> SafeString:
    words = _strip_words(codes)
    bars = format_html_join(
        "",
        '<path class="tr-{}" d="{}"/>',
        ((look.code, path) for look in LOOKS if (path := _weeks_path(codes, look))),
    )
    return format_html(
        '<svg class="trend" viewBox="0 0 {} {}" role="img" aria-label="{}"><title>{}</title>{}</svg>',
        max(len(codes) * WEEK_STEP - 1, 1),
        STRIP_HEIGHT,
        words,
        words,
        bars,
    )


def _weeks_path(codes: tuple[str | None, ...], look: Look) -> str:
    shape = f"{STRIP_HEIGHT - look.height}h{WEEK_WIDTH}v{look.height}h-{WEEK_WIDTH}z"
    return "".join(f"M{index * WEEK_STEP} {shape}" for index, code in enumerate(codes) if code == look.code)


def _strip_words(codes: tuple[str | None, ...]) -> str:
    for code in filter(None, codes):
        look_of(code)
    counted = "，".join(f"{look.word} {codes.count(look.code)} 周" for look in LOOKS if look.code in codes)
    return f"{_('近')} {len(codes)} {_('周')}：{counted or _('没有记录')}"
