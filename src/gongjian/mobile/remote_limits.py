"""By which numbers this installation looks at remote data: its own table, or the one that is built in."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from pathlib import Path

from django.conf import settings

from gongjian.kernel.refusal import Refusal
from gongjian.mobile.remote.limits import Limits, limits_of, read_limits


def limits_on(on: date) -> Limits:
    """The numbers that hold on a day; Refusal where the table cannot be read."""
    own: str = settings.GONGJIAN_REMOTE
    return limits_of(_limits(own or str(Path(__file__).with_name("data") / "remote.toml")), on)


@lru_cache(maxsize=4)
def _limits(path: str) -> Sequence[Limits]:
    try:
        return read_limits(Path(path).read_text(encoding="utf-8"))
    except OSError as error:
        msg = f"读不到远程监控参数表“{path}”，请检查 GONGJIAN_REMOTE。"
        raise Refusal(msg) from error
