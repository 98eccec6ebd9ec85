"""Make the demonstration accounts."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import datetime
from importlib import resources
from typing import Any

from django.contrib.auth.hashers import make_password

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
    made = {account.username: _make(account, at) for account in accounts}
    common = make_password(password)  # hashed once: a hash takes a quarter of a second, and there is nothing to hide here
    User.objects.filter(username__in=made).update(password=common)
    return made


def _make(account: Account, at: datetime) -> User:
    user = people.create_user(account.username, account.name, None, by=None, at=at)
    department = Department.objects.get(name=account.department) if account.department else None
    people.give_post(user, account.role, department=department, since=at.date().replace(month=1, day=1), by=None, at=at)
    return user
