"""The case (问题) as it stands now; how it got there are its steps."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from gongjian.ledgers.models import Entry
from gongjian.people.models import Department, User


class State(models.TextChoices):
    """Where a case stands; the arrows are in ``cases.flow``."""

    FOUND = "found", _("待移交")
    HANDED_OVER = "handed_over", _("待签收")
    SIGNED = "signed", _("已签收")
    HANDLING = "handling", _("办理中")
    SUSPENDED = "suspended", _("挂起")
    FED_BACK = "fed_back", _("待核验")
    VERIFIED = "verified", _("待结案")
    CLOSED = "closed", _("已结案")
    DISMISSED = "dismissed", _("不予立案")
    MERGED = "merged", _("已并案")


ENDED = (State.CLOSED, State.DISMISSED, State.MERGED)
OPEN = tuple(state for state in State if state not in ENDED)


class Finder(models.TextChoices):
    """Who or what found it."""

    PERSON = "person", _("工作人员")
    DEVICE = "device", _("监测设备")
    CITIZEN = "citizen", _("群众反映")
    RULE = "rule", _("系统规则")


class Case(models.Model):
    """One found problem on its way to closed, as it is known now. Never deleted.

    It is about a ledger's ``entry`` or a place (``address``, ``lon``, ``lat`` in CGCS2000 degrees) or both; ``label`` is the thing as it
    was called when the problem was found. ``origin`` is the department that found it (None: nobody's, an inspection's or a citizen's),
    ``department`` the one that deals with it. ``since`` is when the present state, or its deadline, began; ``due_at`` until when what
    the state waits for is in time. ``late`` says that some step came after its time, ``round`` counts how often it was dealt with anew.
    ``took_hours`` is from finding to closing, nights and holidays included.
    """

    kind = models.SlugField(_("问题类型"), max_length=40)
    level = models.SlugField(_("严重程度"), max_length=20)
    title = models.CharField(_("问题"), max_length=80)
    label = models.CharField(_("对象"), max_length=120, blank=True)
    entry = models.ForeignKey(Entry, models.PROTECT, null=True, blank=True, related_name="cases", verbose_name=_("台账条目"))
    street = models.CharField(_("街道（镇）"), max_length=32, blank=True)
    address = models.CharField(_("地点"), max_length=160, blank=True)
    lon = models.FloatField(_("经度"), null=True, blank=True)
    lat = models.FloatField(_("纬度"), null=True, blank=True)
    finder = models.CharField(_("发现方式"), max_length=8, choices=Finder.choices, default=Finder.PERSON)
    found_by = models.CharField(_("发现人"), max_length=80)
    found_at = models.DateTimeField(_("发现时间"))
    origin = models.ForeignKey(Department, models.PROTECT, null=True, related_name="+", verbose_name=_("发现部门"))
    department = models.ForeignKey(Department, models.PROTECT, null=True, related_name="+", verbose_name=_("办理部门"))
    state = models.CharField(_("状态"), max_length=12, choices=State.choices, default=State.FOUND)
    since = models.DateTimeField(_("状态起"))
    due_at = models.DateTimeField(_("本环节时限"), null=True)
    late = models.BooleanField(_("有环节超时"), default=False)
    round = models.PositiveSmallIntegerField(_("办理轮次"), default=1)
    reopened = models.PositiveSmallIntegerField(_("重开次数"), default=0)
    suspended_until = models.DateField(_("挂起至"), null=True)
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, related_name="merged", verbose_name=_("并入"))
    closed_at = models.DateTimeField(_("结案时间"), null=True)
    took_hours = models.PositiveIntegerField(_("用时（小时）"), null=True)
    published_at = models.DateTimeField(_("公开时间"), null=True)
    entered_at = models.DateTimeField(_("登记时间"))
    entered_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name=_("登记人"))
    token = models.CharField(max_length=40, unique=True, null=True)
    version = models.PositiveIntegerField(default=1)  # two people at once: the second is told
    description = models.TextField(_("情况说明"))

    class Meta:
        verbose_name = _("问题")
        verbose_name_plural = _("问题")
        constraints = [
            models.CheckConstraint(condition=Q(lon=None, lat=None) | Q(lon__isnull=False, lat__isnull=False), name="case_lon_lat_together"),
            models.CheckConstraint(
                condition=Q(state__in=["found", "dismissed", "merged"]) | Q(department__isnull=False), name="case_in_hand_has_a_department"
            ),
            models.CheckConstraint(
                condition=Q(state="closed", closed_at__isnull=False, took_hours__isnull=False)
                | (~Q(state="closed") & Q(closed_at=None, took_hours=None)),
                name="case_closed_has_its_moment",
            ),
            models.CheckConstraint(
                condition=Q(state="merged", merged_into__isnull=False) | (~Q(state="merged") & Q(merged_into=None)),
                name="case_merged_says_into_which",
            ),
            models.CheckConstraint(
                condition=Q(state="suspended", suspended_until__isnull=False) | (~Q(state="suspended") & Q(suspended_until=None)),
                name="case_suspended_has_an_end",
            ),
        ]
        indexes = [  # whole ones: SQLite takes a partial one only for a condition without parameters
            models.Index(fields=["department", "state", "due_at"], name="case_department_state"),
            models.Index(fields=["origin", "state", "due_at"], name="case_origin_state"),
            models.Index(fields=["state", "due_at", "since"], name="case_state_due"),
            models.Index(fields=["state", "since"], name="case_state_since"),
            models.Index(fields=["kind", "state", "due_at"], name="case_kind_state"),
            models.Index(fields=["-found_at", "-id"], name="case_latest"),
            models.Index(fields=["found_at", "kind", "department", "street", "origin"], name="case_found_by_group"),
            models.Index(
                fields=["closed_at", "kind", "department", "street", "origin", "took_hours", "late", "reopened"],
                name="case_closed_by_group",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"

    @property
    def number(self) -> str:
        """The number people quote: the year it was found, and its own running number."""
        return f"{self.found_at:%Y}-{self.pk:06d}"

    @property
    def is_open(self) -> bool:
        """Whether something is still to be done."""
        return self.state in OPEN

    @property
    def words_of_state(self) -> str:
        """What people call its state."""
        return str(State(self.state).label)
