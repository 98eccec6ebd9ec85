"""Departments, the names they go by, people and the posts they hold."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from django.contrib.auth.models import AbstractUser
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from gongjian.people.names import folded
from gongjian.people.roles import POSTED, Role


class Kind(models.TextChoices):
    """What sort of body a department is."""

    BUREAU = "bureau", _("局、委、办")
    STREET = "street", _("街道")
    TOWN = "town", _("镇")
    CENTRE = "centre", _("中心、事业单位")
    POLICE = "police", _("公安")
    FIRE = "fire", _("消防")
    OFFICE = "office", _("机关办公室")


class Named(models.Model):
    """Something a plan may call by name; a name means one thing only, across departments, aliases and groups."""

    NAME: ClassVar[str] = "name"  # the field that holds the name

    class Meta:
        abstract = True

    def clean(self) -> None:
        """Fold the name, and refuse one that already means something else."""
        name = folded(getattr(self, self.NAME))
        setattr(self, self.NAME, name)
        if taken := next(filter(None, (_taken(model, name, self) for model in (Department, DepartmentAlias, DepartmentGroup))), None):
            raise ValidationError({self.NAME: taken})


def _taken(model: type[Named], name: str, asking: Named) -> str:
    standing = model.objects.filter(**{model.NAME: name}).first()  # type: ignore[attr-defined]
    if standing is None or standing == asking:
        return ""
    if isinstance(standing, DepartmentAlias):
        return "" if standing.department == asking else f"“{name}”已经是“{standing.department}”的别名，请换一个名称，或先删除那个别名。"
    return f"“{name}”已经是一个{standing._meta.verbose_name}的名称，请换一个名称。"  # noqa: SLF001 - Django's public name


class Department(Named):
    """One body that can answer for a measure. Deactivated, never deleted."""

    name = models.CharField(_("名称"), max_length=64, unique=True)
    short = models.CharField(_("简称"), max_length=16, blank=True)
    kind = models.CharField(_("类别"), max_length=8, choices=Kind.choices, default=Kind.BUREAU)
    order = models.PositiveIntegerField(_("次序"), default=0)
    active = models.BooleanField(_("在用"), default=True)

    class Meta:
        verbose_name = _("部门")
        verbose_name_plural = _("部门")
        ordering = ["order", "id"]

    def __str__(self) -> str:
        return self.name

    @property
    def label(self) -> str:
        """The short name where there is one."""
        return self.short or self.name


class DepartmentAlias(Named):
    """Another name documents print for a department."""

    NAME = "alias"

    alias = models.CharField(_("别名"), max_length=64, unique=True)
    department = models.ForeignKey(Department, models.PROTECT, related_name="aliases", verbose_name=_("部门"))

    class Meta:
        verbose_name = _("部门别名")
        verbose_name_plural = _("部门别名")
        ordering = ["id"]

    def __str__(self) -> str:
        return self.alias


class DepartmentGroup(Named):
    """A collective name in a plan (生态文明委各相关单位) that stands for several departments."""

    name = models.CharField(_("名称"), max_length=64, unique=True)
    members = models.ManyToManyField(Department, blank=True, related_name="groups", verbose_name=_("成员部门"))
    everyone = models.BooleanField(_("包括所有在用部门"), default=False)

    class Meta:
        verbose_name = _("部门统称")
        verbose_name_plural = _("部门统称")
        ordering = ["id"]

    def __str__(self) -> str:
        return self.name


class User(AbstractUser):
    """A person with an account; what they may do comes from their posts alone, not from Django's staff and superuser marks."""

    display_name = models.CharField(_("姓名"), max_length=40, blank=True)
    phone = models.CharField(_("电话"), max_length=20, blank=True)

    posts_read: tuple[date, list[Post]] | None = None  # the day and the posts ``permissions`` has read for this object

    class Meta:
        verbose_name = _("用户")
        verbose_name_plural = _("用户")
        ordering = ["username"]

    def __str__(self) -> str:
        return self.display_name or self.username

    def get_full_name(self) -> str:
        """The name people use."""
        return str(self)


class Post(models.Model):
    """A role somebody holds, in a department where the role needs one, from ``since`` until the day before ``until``."""

    user = models.ForeignKey(User, models.PROTECT, related_name="posts", verbose_name=_("用户"))
    department = models.ForeignKey(Department, models.PROTECT, null=True, blank=True, related_name="posts", verbose_name=_("部门"))
    role = models.CharField(_("角色"), max_length=16, choices=[(role.value, role.title) for role in POSTED])
    since = models.DateField(_("任职起"))
    until = models.DateField(_("任职止"), null=True, blank=True, help_text=_("自这一天起不再任职"))

    class Meta:
        verbose_name = _("任职")
        verbose_name_plural = _("任职")
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(condition=Q(until=None) | Q(until__gte=F("since")), name="post_ends_after_it_begins"),
            models.CheckConstraint(
                condition=~Q(role__in=[role.value for role in POSTED if role.card.needs_department]) | Q(department__isnull=False),
                name="post_has_the_department_it_needs",
            ),
            models.UniqueConstraint(fields=["user", "role", "department"], condition=Q(until=None), name="post_held_once"),
            models.UniqueConstraint(  # two NULLs are never equal to a database
                fields=["user", "role"], condition=Q(until=None, department=None), name="post_without_department_held_once"
            ),
        ]

    def __str__(self) -> str:
        place = f"（{self.department}）" if self.department else ""
        return f"{self.user} {Role(self.role).title}{place}"

    def held_on(self, day: date) -> bool:
        """Whether the post is held on ``day``."""
        return self.since <= day and (self.until is None or day < self.until)

    def clean(self) -> None:
        """A department's post names its department."""
        if self.role and Role(self.role).card.needs_department and self.department_id is None:
            raise ValidationError({"department": f"“{Role(self.role).title}”须选择所在部门。"})


class CalendarDay(models.Model):
    """A day that is not what its weekday says: a holiday on a weekday, or a working Saturday (调休)."""

    day = models.DateField(_("日期"), unique=True)
    working = models.BooleanField(_("上班"))
    name = models.CharField(_("事由"), max_length=40, blank=True)

    class Meta:
        verbose_name = _("特殊日期")
        verbose_name_plural = _("工作日历（节假日与调休）")
        ordering = ["day"]

    def __str__(self) -> str:
        return f"{self.day} {'上班' if self.working else '休息'}{self.name and f'（{self.name}）'}"
