"""The sample app joins the house before its tables are made."""

import pytest
from django.apps import AppConfig, apps

from gongjian.indicators import registry

if "indicator_sample" not in apps.app_configs:
    config = AppConfig.create("indicator_sample")
    config.default_auto_field = "django.db.models.BigAutoField"
    config.apps = apps
    apps.app_configs[config.label] = config
    config.import_models()
    apps.clear_cache()


@pytest.fixture
def _bare_catalogue(monkeypatch):
    """A catalogue that holds only what a test puts there, whatever the rooms declare."""
    monkeypatch.setattr(registry, "_CATALOGUE", {})
