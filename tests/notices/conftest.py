"""People to tell, and somewhere to tell them."""

from datetime import UTC, date, datetime, timedelta

import pytest

from gongjian.notices import couriers
from gongjian.notices.channels import Channel
from gongjian.notices.couriers.plain import Memory
from gongjian.notices.models import Preference
from gongjian.people import actions as people
from gongjian.people.models import User
from gongjian.people.roles import Role

AT = datetime(2020, 10, 30, 2, 0, tzinfo=UTC)  # a Friday, ten o'clock here


class Watch:
    """A clock one can set; asked like the real one."""

    def __init__(self, moment):
        self.moment = moment

    def __call__(self):
        return self.moment

    def on(self, **gone):
        self.moment += timedelta(**gone)
        return self.moment


@pytest.fixture
def at():
    return AT


@pytest.fixture
def watch(at):
    return Watch(at)


@pytest.fixture
def person(db, at):
    def _person(name, habits=None, *, email=None):
        user = people.create_user(name, name.title(), None, email=f"{name}@example.org" if email is None else email, by=None, at=at)
        for channel, chosen in (habits or {}).items():
            Preference.objects.create(user=user, channel=channel, **chosen)
        return User.objects.get(pk=user.pk)

    return _person


@pytest.fixture
def use(monkeypatch):
    """Put couriers into use."""

    def _use(*chosen):
        monkeypatch.setattr(couriers, "current", lambda: {courier.channel: courier for courier in chosen})
        return chosen[0]

    return _use


@pytest.fixture
def memory(use, db):
    """One courier that keeps what it delivers, in place of e-mail."""
    return use(Memory(Channel.EMAIL))


@pytest.fixture
def administrator(person, at):
    user = person("guanli")
    people.give_post(user, Role.ADMINISTRATOR, since=date(2020, 1, 1), by=None, at=at)
    return User.objects.get(pk=user.pk)
