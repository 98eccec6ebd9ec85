"""Imports (导入): a sheet somebody handed in, what it would do, and what became of it."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from gongjian.people.models import Department, User
from gongjian.standards.coordinates import Datum


class Import(models.Model):
    """One sheet for one table. The file, and the verdict on each of its rows, lie in a folder of their own, named by ``token``.

    ``department`` is whose import it is and what new rows without one get; ``summary`` counts the verdicts, names what was not read, and
    after the import what was written; ``problem`` is why it came to nothing, as one sentence. ``started_at`` is when the work under way
    was begun.
    """

    class State(models.TextChoices):
        """How far it has come."""

        UPLOADED = "uploaded", _("已上传")
        CHECKING = "checking", _("正在核对")
        CHECKED = "checked", _("等待确认")
        APPLYING = "applying", _("正在导入")
        DONE = "done", _("已导入")
        FAILED = "failed", _("未能读取")
        DISCARDED = "discarded", _("已放弃")

    class Mode(models.TextChoices):
        """What is done where some rows are refused."""

        ALL = "all", _("全部通过才导入")
        GOOD = "good", _("只导入通过的行")

    table = models.SlugField(_("台账"), max_length=40)
    filename = models.CharField(_("文件名"), max_length=200)
    size = models.PositiveIntegerField(_("字节数"))
    digest = models.CharField(_("文件指纹"), max_length=64, help_text=_("SHA-256"))
    token = models.CharField(max_length=32, unique=True, editable=False)
    sheet = models.CharField(_("工作表"), max_length=200, blank=True)
    department = models.ForeignKey(Department, models.PROTECT, related_name="+", verbose_name=_("部门"))
    datum = models.CharField(_("坐标系"), max_length=8, choices=[(one.value, one.word) for one in Datum], default=Datum.CGCS2000.value)
    state = models.CharField(_("状态"), max_length=10, choices=State.choices, default=State.UPLOADED)
    mode = models.CharField(_("方式"), max_length=4, choices=Mode.choices, blank=True)
    summary = models.JSONField(_("结果"), default=dict)
    problem = models.CharField(_("问题"), max_length=1000, blank=True)
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name=_("上传人"))
    uploaded_at = models.DateTimeField(_("上传时间"))
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name=_("确认人"))
    started_at = models.DateTimeField(_("开始时间"), null=True)
    finished_at = models.DateTimeField(_("完成时间"), null=True)

    class Meta:
        verbose_name = _("表格导入")
        verbose_name_plural = _("表格导入")
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["table", "department", "-id"], name="import_of_table"),
            models.Index(fields=["state"], name="import_state"),
        ]

    def __str__(self) -> str:
        return self.filename

    @property
    def at_work(self) -> bool:
        """Whether something is being done with it."""
        return self.state in (self.State.CHECKING, self.State.APPLYING)

    @property
    def undecided(self) -> bool:
        """Whether somebody has still to say what becomes of it."""
        return self.state in (self.State.UPLOADED, self.State.CHECKED, self.State.FAILED)
