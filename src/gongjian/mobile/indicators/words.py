"""What the indicators of this room say alike: the group they stand in, their splits, and a share of some of all."""

from __future__ import annotations

from django.db.models import Q

from gongjian.indicators.grammar import Split
from gongjian.standards.statistic import Statistic, judged

GROUP = "移动源"
STREET = Split("street", "街道", "street")
USE = Split("use", "用途", "use")
COMPANY = Split("company", "单位", "enterprise__name")
FAILED = Q(passed__in=(False,))  # not passed=False: SQLite would be asked for NOT passed, and no index answers that
DEPARTMENT = Split("department", "实施部门", "department__name")


def share(some: int, all_: int, nothing: str, method: str) -> Statistic:
    """A share in per cent; not valid for the reason ``nothing`` where there is nothing to take it of."""
    reasons = () if all_ else (nothing,)
    return judged(100.0 * some / all_ if all_ else None, "%", reasons, (all_, all_), method)
