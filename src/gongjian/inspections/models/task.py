"""Tasks (检查任务): one thing to be looked at once, by a day, by somebody; and every step it took."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from gongjian.inspections.models.draws import DrawObject
from gongjian.inspections.models.duties import Duty, DutyTurn
from gongjian.ledgers.models import Entry
from gongjian.people.models import Department, User
from gongjian.trail.appendonly import AppendOnly


class TaskState(models.TextChoices):
    """Where a task stands; the arrows are in ``inspections.flow``."""

    OPEN = "open", _("待开始")
    STARTED = "started", _("进行中")
    DONE = "done", _("待确认")
    RETURNED = "returned", _("已退回")
    CONFIRMED = "confirmed", _("已确认")
    CANCELLED = "cancelled", _("已取消")


OPEN = (TaskState.OPEN, TaskState.STARTED, TaskState.RETURNED)  # something is still to be done on the spot


class Task(models.Model):
    """One task as it stands now. ``key`` is what it is of (duty, turn, thing), so that it is made once.

    It is about a ledger's ``entry``, or a place by name (``label``) with coordinates where they are known, CGCS2000 degrees. It may be
    begun from ``opens_on`` and is in time until the end of ``due_on``. ``done_on`` is the day it was last reported done, None while it is
    not. ``asked`` are the items of the checklist as they were when it was first filled in: later changes of a checklist do not change
    what was answered. ``round`` counts how often it was begun anew.
    """

    key = models.CharField(max_length=160, unique=True)
    duty = models.ForeignKey(Duty, models.PROTECT, null=True, related_name="tasks", verbose_name=_("履职事项"))
    turn = models.ForeignKey(DutyTurn, models.PROTECT, null=True, related_name="tasks", verbose_name=_("轮次"))
    drawn = models.ForeignKey(DrawObject, models.PROTECT, null=True, related_name="tasks", verbose_name=_("抽查对象"))
    title = models.CharField(_("任务"), max_length=120)
    checklist = models.SlugField(_("检查清单"), max_length=60)
    asked = models.JSONField(_("填写时的清单"), null=True)
    entry = models.ForeignKey(Entry, models.PROTECT, null=True, related_name="+", verbose_name=_("台账条目"))
    label = models.CharField(_("对象"), max_length=120)
    street = models.CharField(_("街道（镇）"), max_length=32, blank=True)
    lon = models.FloatField(_("经度"), null=True)
    lat = models.FloatField(_("纬度"), null=True)
    department = models.ForeignKey(Department, models.PROTECT, related_name="+", verbose_name=_("责任部门"))
    named = models.BooleanField(_("已指派到人"), default=False)  # whether it has inspectors: a list asks for it by an index
    opens_on = models.DateField(_("可开始"))
    due_on = models.DateField(_("截止"))
    state = models.CharField(_("状态"), max_length=12, choices=TaskState.choices, default=TaskState.OPEN)
    done_on = models.DateField(_("完成日期"), null=True)
    round = models.PositiveSmallIntegerField(_("轮次"), default=1)
    photos = models.PositiveSmallIntegerField(_("至少照片"), default=0)
    documents = models.PositiveSmallIntegerField(_("至少文件"), default=0)
    source = models.CharField(_("来源"), max_length=120, blank=True)
    made_at = models.DateTimeField(_("下达时间"))
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("检查任务")
        verbose_name_plural = _("检查任务")
        constraints = [
            models.CheckConstraint(condition=Q(lon=None, lat=None) | Q(lon__isnull=False, lat__isnull=False), name="task_lon_lat_together"),
            models.CheckConstraint(condition=Q(due_on__gte=F("opens_on")), name="task_is_due_after_it_opens"),
            models.CheckConstraint(
                condition=Q(turn=None, duty=None) | Q(turn__isnull=False, duty__isnull=False), name="task_turn_is_of_a_duty"
            ),
            models.CheckConstraint(
                condition=Q(state__in=["done", "confirmed"], done_on__isnull=False)
                | (~Q(state__in=["done", "confirmed"]) & Q(done_on=None)),
                name="task_done_has_its_day",
            ),
        ]
        indexes = [
            models.Index(fields=["department", "state", "due_on"], name="task_department_state"),
            models.Index(fields=["state", "due_on", "id"], name="task_state_due"),
            models.Index(fields=["due_on", "department"], name="task_due_department"),
            models.Index(fields=["duty", "due_on"], name="task_duty_due"),
            models.Index(fields=["entry", "-due_on"], name="task_entry"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"

    @property
    def number(self) -> str:
        """The number people quote."""
        return f"RW{self.pk:06d}"

    @property
    def words_of_state(self) -> str:
        """What people call its state."""
        return str(TaskState(self.state).label)


class TaskInspector(models.Model):
    """Somebody a task is given to by name; a task with nobody is for its department."""

    task = models.ForeignKey(Task, models.PROTECT, related_name="inspectors", verbose_name=_("任务"))
    user = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("检查人员"))

    class Meta:
        verbose_name = _("任务检查人员")
        verbose_name_plural = _("任务检查人员")
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["task", "user"], name="taskinspector_once")]


class TaskStep(AppendOnly):
    """One step of a task, written once. ``token`` is of the form it came from: the same form sent twice is one step."""

    task = models.ForeignKey(Task, models.PROTECT, related_name="+", verbose_name=_("任务"))
    step = models.CharField(_("动作"), max_length=12)
    state = models.CharField(_("之后的状态"), max_length=12, choices=TaskState.choices)
    round = models.PositiveSmallIntegerField(_("轮次"), default=1)
    text = models.CharField(_("内容"), max_length=500, blank=True)
    at = models.DateTimeField(_("时间"))
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name=_("经办人"))
    by_label = models.CharField(_("经办"), max_length=80)
    token = models.CharField(max_length=64, blank=True)

    class Meta:
        verbose_name = _("任务流转")
        verbose_name_plural = _("任务流转")
        ordering = ["at", "id"]
        constraints = [models.UniqueConstraint(fields=["task", "token"], condition=~Q(token=""), name="taskstep_form_sent_once")]  # nosec B106 # a form, not a password


class TaskOutcome(models.Model):
    """How a task stood from ``entered_at`` until ``replaced_at``: what lights and figures are made of, for any past day.

    ``on`` is the day it was due. ``in_time`` is whether it was done by then; None while that cannot be told: it is neither done nor over.
    A task taken back has a last row that is ``counted`` no more.
    """

    task = models.ForeignKey(Task, models.PROTECT, related_name="outcomes", verbose_name=_("任务"))
    duty = models.ForeignKey(Duty, models.PROTECT, null=True, related_name="+", verbose_name=_("履职事项"))
    turn = models.ForeignKey(DutyTurn, models.PROTECT, null=True, related_name="+", verbose_name=_("轮次"))
    on = models.DateField(_("截止日期"))
    label = models.CharField(_("对象"), max_length=120)
    department = models.ForeignKey(Department, models.PROTECT, related_name="+", verbose_name=_("责任部门"))
    street = models.CharField(_("街道（镇）"), max_length=32, blank=True)
    counted = models.BooleanField(_("计入"), default=True)
    done = models.BooleanField(_("已完成"), default=False)
    done_on = models.DateField(_("完成日期"), null=True)
    in_time = models.BooleanField(_("按期完成"), null=True)
    drawn = models.BooleanField(_("双随机抽查"), default=False)
    entered_at = models.DateTimeField(_("记入时间"))
    replaced_at = models.DateTimeField(_("被替换时间"), null=True)

    class Meta:
        verbose_name = _("任务结果")
        verbose_name_plural = _("任务结果")
        constraints = [models.UniqueConstraint(fields=["task"], condition=Q(replaced_at=None), name="taskoutcome_one_stands")]
        indexes = [
            models.Index(fields=["on", "replaced_at", "entered_at"], name="taskoutcome_on"),
            models.Index(fields=["duty", "turn", "entered_at", "replaced_at", "done", "counted"], name="taskoutcome_turns"),
        ]
