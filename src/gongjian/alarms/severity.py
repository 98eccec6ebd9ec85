"""How serious an alarm is."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Severity(models.TextChoices):
    """From the worst to the mildest: the order of lists."""

    SERIOUS = "1-serious", _("严重")
    GENERAL = "2-general", _("一般")
    MINOR = "3-minor", _("提示")
