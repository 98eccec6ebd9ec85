"""A small bureau to try the rules on."""

from datetime import UTC, date, datetime

import pytest

from gongjian.people import actions
from gongjian.people.models import Department, User
from gongjian.people.roles import Role

AT = datetime(2020, 10, 31, 2, 0, tzinfo=UTC)


@pytest.fixture
def at():
    return AT


@pytest.fixture
def bureau(db, at):
    """The department that runs the city."""
    return actions.save_department(Department(name="城市运行局", short="运行局"), by=None, at=at)


@pytest.fixture
def other_bureau(db, at):
    return actions.save_department(Department(name="综合执法局"), by=None, at=at)


@pytest.fixture
def person(db, bureau, at):
    """Somebody who holds ``role``, in the bureau where the role needs a department; read afresh."""

    def _person(role=None, *, username="", department=None):
        user = actions.create_user(username or f"{role or 'nobody'}1", f"某{role.title if role else '人'}", None, by=None, at=at)
        if role:
            place = department or (bureau if role.card.needs_department else None)
            actions.give_post(user, role, place, since=date(2020, 1, 1), by=None, at=at)
        return User.objects.get(pk=user.pk)

    return _person


@pytest.fixture
def administrator(person):
    return person(Role.ADMINISTRATOR)
