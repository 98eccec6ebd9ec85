"""Elements of SVG, and the few colours charts use. Presentation attributes only: the content policy allows no inline style."""

from __future__ import annotations

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

INK, INK_2, INK_3 = "#1b2430", "#465262", "#5b6776"
LINE, LINE_STRONG, PAPER = "#e3e7ec", "#c5ccd5", "#ffffff"
ACTION, RED = "#1f5fbf", "#b02a1f"
SMALL, USUAL = "11", "12"  # type sizes, in units of the drawing


def element(tag: str, *children: SafeString | str, **attributes: str | float) -> SafeString:
    """An element; children are escaped unless safe, ``stroke_width`` is written ``stroke-width``, numbers to one decimal."""
    pairs = ((name.rstrip("_").replace("_", "-"), _written(value)) for name, value in attributes.items())
    written = format_html_join("", ' {}="{}"', pairs)
    if not children:
        return format_html("<{}{}/>", tag, written)
    return format_html("<{}{}>{}</{}>", tag, written, joined(children), tag)


def joined(parts: tuple[SafeString | str, ...] | list[SafeString]) -> SafeString:
    """Parts one after another, escaped unless safe."""
    return format_html_join("", "{}", ((part,) for part in parts))


def text(words: str, x: float, y: float, anchor: str = "start", fill: str = INK_2, size: str = SMALL, weight: str = "400") -> SafeString:
    """Words at a place."""
    return element("text", words, x=x, y=y, text_anchor=anchor, fill=fill, font_size=size, font_weight=weight)


def line(x1: float, y1: float, x2: float, y2: float, stroke: str = LINE, width: float = 1, dash: str = "none") -> SafeString:
    """A straight line."""
    return element("line", x1=x1, y1=y1, x2=x2, y2=y2, stroke=stroke, stroke_width=width, stroke_dasharray=dash)


def drawing(title: str, width: int, height: int, parts: list[SafeString]) -> SafeString:
    """The whole drawing; ``title`` is what a screen reader says of it."""
    content = [element("title", title), *parts]
    return element("svg", *content, viewBox=f"0 0 {width} {height}", role="img", aria_label=title, class_="chart-drawing")


def _written(value: str | float) -> str:
    return value if isinstance(value, str) else f"{value:.1f}".removesuffix(".0")
