"""How far the data were looked through."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class SweepCursor(models.Model):
    """One row: the sequence up to which everything written was judged. Whoever sweeps holds it, so that nobody judges beside."""

    name = models.CharField(_("名称"), max_length=20, unique=True)
    sequence = models.BigIntegerField(_("序号"), default=0)
    at = models.DateTimeField(_("时间"), null=True)

    class Meta:
        verbose_name = _("判定进度")
        verbose_name_plural = _("判定进度")

    def __str__(self) -> str:
        return self.name
