"""What indicators are called in Chinese."""

import tomllib
from functools import cache
from importlib import resources


@cache
def _titles() -> dict[str, str]:
    return tomllib.loads((resources.files("gongjian.plans") / "data" / "indicators.toml").read_text(encoding="utf-8"))


def indicator_title(code: str) -> str:
    """The Chinese name of an indicator; its code in quotes where the plan names one nobody has named yet."""
    return _titles().get(code, f"“{code}”")
