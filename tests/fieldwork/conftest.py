"""A phone in the invented county: what it sends, and the people who hold it."""

import pytest
from field_phone import Phone
from stage import at

from gongjian.cases import registry
from gongjian.people import actions as people
from gongjian.people.models import Department
from gongjian.people.roles import Role

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@pytest.fixture
def phone(town, db, settings, tmp_path):
    from field_phone import DUSTY, MEASURED

    settings.GONGJIAN_UPLOADS = tmp_path / "uploads"
    registry.register(DUSTY, MEASURED)
    people.give_post(town.user("xinren"), Role.HEAD, Department.objects.get(name="交通局"), by=None, at=at(3, 3))
    yield Phone(town)
    registry.forget(DUSTY.slug, MEASURED.slug)


@pytest.fixture
def sign_in(client, town, db):
    """The client as that person; None is a visitor."""

    def _sign_in(name):
        client.logout()
        if name:
            client.force_login(town.user(name), backend=BACKEND)
        return client

    return _sign_in
