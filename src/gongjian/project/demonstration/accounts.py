"""Make the demonstration accounts."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import datetime
from importlib import resources
from typing import Any

from gongjian.people import actions as people
from gongjian.people.models import Department, User
from gongjian.people.roles import Role


@dataclass(frozen=True, slots=True)
class Account:
    """One made-up person."""

    username: str
    name: str
    role: Role
    department: str = ""

    @property
    def words(self) -> str:
        """How the account is listed: name and role."""
        return f"{self.name}（{self.role.title}）"


def listed() -> tuple[str, tuple[Account, ...]]:
    """The common password and the accounts."""
    data: dict[str, Any] = tomllib.loads((resources.files(__package__) / "accounts.toml").read_text(encoding="utf-8"))
    accounts = (Account(row["username"], row["name"], Role(row["role"]), row.get("department", "")) for row in data["account"])
    return data["password"], tuple(accounts)


def make_accounts(*, at: datetime) -> dict[str, User]:
    """Create every account with its post, held from the first day of the year; returned by username."""
    password, accounts = listed()
    return {account.username: _make(account, password, at) for account in accounts}


def _make(account: Account, password: str, at: datetime) -> User:
    user = people.create_user(account.username, account.name, password, by=None, at=at)
    department = Department.objects.get(name=account.department) if account.department else None
    people.give_post(user, account.role, department=department, since=at.date().replace(month=1, day=1), by=None, at=at)
    return user
