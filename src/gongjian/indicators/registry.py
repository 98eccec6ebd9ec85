"""The catalogue of indicators. Each room names its own; the house collects the lists at start."""

from __future__ import annotations

from collections.abc import Iterable

from django.core.exceptions import ImproperlyConfigured

from gongjian.indicators.grammar import Indicator
from gongjian.indicators.sources import check
from gongjian.kernel.refusal import Refusal

_CATALOGUE: dict[str, Indicator] = {}


def register(*indicators: Indicator) -> None:
    """Take declarations into the catalogue; ImproperlyConfigured on one that does not fit its table or takes another's code.

    Called from a room's ``AppConfig.ready``, when every model is known. Registering the same declaration again changes nothing.
    """
    for indicator in indicators:
        if _CATALOGUE.get(indicator.code, indicator) != indicator:
            msg = f"two indicators are called {indicator.code}"
            raise ImproperlyConfigured(msg)
        check(indicator)
        _CATALOGUE[indicator.code] = indicator


def forget(*codes: str) -> None:
    """Take declarations out again; for tests."""
    for code in codes:
        _CATALOGUE.pop(code, None)


def catalogue() -> list[Indicator]:
    """Every indicator, by group and code."""
    return sorted(_CATALOGUE.values(), key=lambda indicator: (indicator.group, indicator.code))


def known(codes: Iterable[str]) -> dict[str, Indicator]:
    """Those of ``codes`` that somebody has declared."""
    return {code: _CATALOGUE[code] for code in codes if code in _CATALOGUE}


def find(code: str) -> Indicator:
    """The indicator of that code; Refusal in one sentence when there is none."""
    if found := _CATALOGUE.get(code):
        return found
    near = [other for other in sorted(_CATALOGUE) if code and (code in other or other.startswith(code.split(".", maxsplit=1)[0] + "."))]
    hint = f"，相近的有 {'、'.join(near[:5])}" if near else ""
    msg = f"没有代码为“{code[:80]}”的指标{hint}；全部代码见“指标”目录或“gongjian indicator list”。"
    raise Refusal(msg)
