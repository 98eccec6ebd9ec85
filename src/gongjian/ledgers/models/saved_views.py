"""What somebody likes to look at: a list with its filters, order and columns, under a name."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from gongjian.people.models import User


class SavedView(models.Model):
    """One way to look at a table, kept by a person; ``query`` is the canonical query string of the list (see ``queries.asking``).

    A shared one is seen by everybody who may see the table, and dropped by its owner alone.
    """

    user = models.ForeignKey(User, models.CASCADE, related_name="saved_views", verbose_name=_("用户"))
    table = models.SlugField(_("台账"), max_length=40)
    title = models.CharField(_("名称"), max_length=20)
    query = models.CharField(_("筛选条件"), max_length=2000)
    shared = models.BooleanField(_("供大家使用"), default=False)
    saved_at = models.DateTimeField(_("保存时间"))

    class Meta:
        verbose_name = _("常用视图")
        verbose_name_plural = _("常用视图")
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["user", "table", "title"], name="saved_view_title_once")]
        indexes = [models.Index(fields=["table", "shared"], name="saved_view_shared")]

    def __str__(self) -> str:
        return self.title
