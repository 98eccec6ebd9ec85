"""A TOML table looked at with suspicion: every field is asked for by name and type, and what nobody asked for is refused."""

from __future__ import annotations

import math
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, NoReturn

from gongjian.plans.planfile.model import PlanFileError


class Table:
    """One table of a plan file. ``where`` is its place in words; every fault becomes a ``PlanFileError`` that begins with it."""

    def __init__(self, data: object, where: str) -> None:
        self.where = where
        if not isinstance(data, dict):
            self.fail("这里应是一个表（字段 = 值）")
        self._data: Mapping[str, Any] = data
        self._asked: list[str] = []

    def fail(self, problem: str) -> NoReturn:
        """Refuse the file for ``problem``, a Chinese clause."""
        msg = f"{self.where}：{problem}，请改正后再读。"
        raise PlanFileError(msg)

    def has(self, name: str) -> bool:
        """Whether the field is written."""
        return name in self._data

    def text(self, name: str, default: str | None = None) -> str:
        """A string; required, and not empty, without a ``default``."""
        value = self._take(name, default)
        if not isinstance(value, str):
            self.fail(f"字段“{name}”应是带引号的文字")
        if default is None and not value.strip():
            self.fail(f"字段“{name}”不能为空")
        return value

    def texts(self, name: str) -> tuple[str, ...]:
        """A list of strings, empty where not written."""
        values = self._take(name, [])
        if not isinstance(values, list) or not all(isinstance(value, str) for value in values):
            self.fail(f"字段“{name}”应是文字的列表")
        return tuple(values)

    def whole(self, name: str, default: int | None = None) -> int | None:
        """A whole number from 1."""
        value = self._take(name, default, optional=True)
        if value is not None and (not isinstance(value, int) or isinstance(value, bool) or value < 1):
            self.fail(f"字段“{name}”应是正整数")
        return value

    def number(self, name: str) -> float | None:
        """A finite number, None where not written."""
        value = self._take(name, None, optional=True)
        if value is None:
            return None
        try:
            fits = isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)
        except OverflowError:
            fits = False
        if not fits:
            self.fail(f"字段“{name}”应是数字")
        return float(value)

    def flag(self, name: str, *, default: bool) -> bool:
        """True or false."""
        value = self._take(name, default)
        if not isinstance(value, bool):
            self.fail(f"字段“{name}”应是 true 或 false")
        return value

    def day(self, name: str) -> date | None:
        """A date, None where not written."""
        value = self._take(name, None, optional=True)
        if value is not None and (not isinstance(value, date) or isinstance(value, datetime)):
            self.fail(f"字段“{name}”应是不带引号的日期，如 2020-03-29")
        return value

    def table(self, name: str) -> Table | None:
        """A table inside this one, None where not written."""
        value = self._take(name, None, optional=True)
        return None if value is None else Table(value, f"{self.where}的“{name}”")

    def items(self, name: str) -> list[Any]:
        """A list of anything, empty where not written."""
        values = self._take(name, [])
        if not isinstance(values, list):
            self.fail(f"字段“{name}”应是列表")
        return values

    def finish(self) -> None:
        """Refuse a field that nobody asked for."""
        for name in self._data:
            if name not in self._asked:
                self.fail(f"不认识的字段“{name}”，这里可用的是 {'、'.join(self._asked)}")

    def rest(self) -> dict[str, object]:
        """The fields not asked for so far."""
        return {name: value for name, value in self._data.items() if name not in self._asked}

    def _take(self, name: str, default: Any, *, optional: bool = False) -> Any:
        self._asked.append(name)
        if name not in self._data and default is None and not optional:
            self.fail(f"缺少字段“{name}”")
        return self._data.get(name, default)
