"""The directory of departments a reader starts with, from a data file."""

from __future__ import annotations

import tomllib
from pathlib import Path

from gongjian.plans.planfile.model import DepartmentEntry, Directory, PlanFileError

BUILT_IN = Path(__file__).parents[1] / "data" / "directory.toml"
KINDS = frozenset({"bureau", "street", "town", "centre", "police", "fire", "office", "group"})


def load_directory(path: Path = BUILT_IN) -> Directory:
    """Departments with kind and aliases, and collective names; raises PlanFileError where the file is not of that form."""
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
        departments = tuple(_entry(item) for item in data.get("department", []))
        return Directory(departments, tuple(str(name) for name in data.get("groups", [])))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, KeyError, TypeError, AttributeError) as error:
        msg = f"部门名录“{path.name}”读不出：请检查文件是否存在、是否符合 [[department]] name、kind、aliases 的写法。"
        raise PlanFileError(msg) from error


def _entry(item: dict[str, object]) -> DepartmentEntry:
    kind = str(item.get("kind", "bureau"))
    aliases = item.get("aliases", [])
    if kind not in KINDS or not isinstance(aliases, list):
        raise TypeError(kind)
    return DepartmentEntry(str(item["name"]), kind, tuple(str(alias) for alias in aliases))
