"""The sample joins the house before its tables are made, and is among the ledgers while a test of this folder runs."""

import pytest
from django.apps import AppConfig, apps

from gongjian.ledgers import registry

if "ledger_sample" not in apps.app_configs:
    config = AppConfig.create("ledger_sample")
    config.default_auto_field = "django.db.models.BigAutoField"
    config.apps = apps
    apps.app_configs[config.label] = config
    config.import_models()
    apps.clear_cache()


@pytest.fixture(autouse=True)
def _sample():
    from ledger_sample.declarations import VISITS, YARDS

    registry.register(YARDS, VISITS)
    yield
    registry.forget(YARDS.slug, VISITS.slug)


@pytest.fixture
def sign_in(client, town, db):
    """The client as that person; None is a visitor."""

    def _sign_in(name):
        client.logout()
        if name:
            client.force_login(town.user(name), backend="allauth.account.auth_backends.AuthenticationBackend")
        return client

    return _sign_in
