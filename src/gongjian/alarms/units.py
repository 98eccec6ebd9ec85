"""Units as a sentence says them."""

DIMENSIONLESS = "无量纲"


def with_unit(figure: str, unit: str) -> str:
    """A figure with its unit behind it; what has no dimension goes without."""
    return figure if unit in ("", DIMENSIONLESS) else f"{figure} {unit}"
