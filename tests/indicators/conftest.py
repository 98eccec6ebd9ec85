"""The sample app joins the house before its tables are made."""

from django.apps import AppConfig, apps

if "indicator_sample" not in apps.app_configs:
    config = AppConfig.create("indicator_sample")
    config.default_auto_field = "django.db.models.BigAutoField"
    config.apps = apps
    apps.app_configs[config.label] = config
    config.import_models()
    apps.clear_cache()
