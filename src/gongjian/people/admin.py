"""The administrator's back room. It saves through ``actions`` like every other door, and deletes nothing that history hangs on."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import admin, messages
from django.contrib.auth.models import Group
from django.contrib.auth.password_validation import validate_password
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext_lazy as _

from gongjian.kernel.refusal import Refusal
from gongjian.people import actions
from gongjian.people.models import CalendarDay, Department, DepartmentAlias, DepartmentGroup, Post, User
from gongjian.people.permissions import may
from gongjian.people.roles import Permission
from gongjian.people.verbs import VERBS
from gongjian.trail.clock import now
from gongjian.trail.models import Event

if TYPE_CHECKING:  # generic for the type checker only
    AnyAdmin = admin.ModelAdmin[Any]
    UserForm = forms.ModelForm[User]
else:
    AnyAdmin = admin.ModelAdmin
    UserForm = forms.ModelForm

if admin.site.is_registered(Group):
    admin.site.unregister(Group)  # Django's own groups decide nothing here


class BackRoomPage(AnyAdmin):
    """A table of the back room: who may see it, and the actions it saves through."""

    permission = Permission.PEOPLE_MANAGE

    def has_module_permission(self, request: HttpRequest) -> bool:
        """Those with this page's permission."""
        return may(request.user, self.permission)

    def has_view_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:  # noqa: ARG002 - Django's signature
        """Those with this page's permission."""
        return may(request.user, self.permission)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Those with this page's permission."""
        return may(request.user, self.permission)

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:  # noqa: ARG002 - Django's signature
        """Those with this page's permission."""
        return may(request.user, self.permission)

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:  # noqa: ARG002 - Django's signature
        """Nobody: what is no longer used is deactivated or ended."""
        return False

    def changeform_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The form; what an action refuses is said above it, and nothing is saved."""
        try:
            return super().changeform_view(request, *args, **kwargs)
        except Refusal as refusal:
            self.message_user(request, str(refusal), messages.ERROR)
            return HttpResponseRedirect(request.get_full_path())

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:  # noqa: FBT001 - Django's signature
        """Through the action; a new row takes the id the action gave it."""
        obj.pk = self.keep(obj, form.cleaned_data, change=change, by=request.user, at=now()).pk

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:  # noqa: FBT001 - Django's signature
        """Nothing: the action has saved all there is."""

    def keep(self, row: Any, cleaned: dict[str, Any], *, change: bool, by: Any, at: datetime) -> Model:
        """Save ``row`` through its action and return it as saved."""
        raise NotImplementedError


@admin.register(Department)
class DepartmentPage(BackRoomPage):
    """Departments."""

    list_display = ("name", "short", "kind", "also_known_as", "order", "active")
    list_filter = ("kind", "active")
    search_fields = ("name", "short", "aliases__alias")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """With their aliases, read at once."""
        return super().get_queryset(request).prefetch_related("aliases")

    @admin.display(description=_("别名"))
    def also_known_as(self, department: Department) -> str:
        """Its aliases."""
        return "、".join(alias.alias for alias in department.aliases.all())

    def keep(self, row: Any, cleaned: dict[str, Any], *, change: bool, by: Any, at: datetime) -> Model:  # noqa: ARG002
        """Save the department."""
        return actions.save_department(row, by=by, at=at)


@admin.register(DepartmentAlias)
class AliasPage(BackRoomPage):
    """Aliases; one entered by mistake may be deleted."""

    list_display = ("alias", "department")
    search_fields = ("alias", "department__name")
    list_select_related = ("department",)

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:  # noqa: ARG002 - Django's signature
        """Those with this page's permission."""
        return may(request.user, self.permission)

    def keep(self, row: Any, cleaned: dict[str, Any], *, change: bool, by: Any, at: datetime) -> Model:  # noqa: ARG002
        """Save the alias."""
        return actions.save_alias(row, by=by, at=at)

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        """Through the action."""
        actions.remove_alias(obj, by=request.user, at=now())  # type: ignore[arg-type] # signed in, or not here

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        """One by one, each with its event."""
        for alias in queryset:
            self.delete_model(request, alias)


@admin.register(DepartmentGroup)
class GroupPage(BackRoomPage):
    """Collective names."""

    list_display = ("name", "everyone")
    filter_horizontal = ("members",)

    def keep(self, row: Any, cleaned: dict[str, Any], *, change: bool, by: Any, at: datetime) -> Model:  # noqa: ARG002
        """Save the group and its members."""
        return actions.save_group(row, members=list(cleaned["members"]), by=by, at=at)


class AccountForm(UserForm):
    """An account, with a box for a new password."""

    new_password = forms.CharField(
        label=_("新密码"),
        required=False,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=_("留空则不改；新用户留空则在设置密码之前不能登录。"),
    )

    class Meta:
        """What is asked."""

        model = User
        fields = ("username", "display_name", "phone", "email", "is_active")

    def clean_new_password(self) -> str:
        """Strong enough, or empty."""
        password: str = self.cleaned_data["new_password"]
        if password:
            validate_password(password, self.instance)
        return password


@admin.register(User)
class UserPage(BackRoomPage):
    """Accounts."""

    form = AccountForm
    list_display = ("username", "display_name", "held", "phone", "is_active", "last_login")
    list_filter = ("is_active", "posts__role")
    search_fields = ("username", "display_name", "phone")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """With their posts, read at once."""
        return super().get_queryset(request).prefetch_related("posts__department")

    @admin.display(description=_("现任"))
    def held(self, user: User) -> str:
        """The posts that have no end yet."""
        return "、".join(str(post).removeprefix(f"{user} ") for post in user.posts.all() if post.until is None)

    def keep(self, row: Any, cleaned: dict[str, Any], *, change: bool, by: Any, at: datetime) -> Model:
        """Make or save the account, and set its password where one was given."""
        password = cleaned["new_password"] or None
        if not change:
            user = actions.create_user(row.username, row.display_name, password, phone=row.phone, email=row.email, by=by, at=at)
            user.is_active = row.is_active
            return actions.save_user(user, by=by, at=at)
        actions.save_user(row, by=by, at=at)
        if password:
            actions.set_password(row, password, by=by, at=at)
        return actions.save_user(row, by=by, at=at)


@admin.register(Post)
class PostPage(BackRoomPage):
    """Posts are given and ended, not edited: who held what when stays true."""

    list_display = ("user", "role", "department", "since", "until")
    list_filter = ("role", "department")
    list_select_related = ("user", "department")
    search_fields = ("user__username", "user__display_name")
    fields = ("user", "role", "department", "since")
    actions = ("end_selected",)

    def get_readonly_fields(self, request: HttpRequest, obj: Model | None = None) -> tuple[str, ...]:  # noqa: ARG002 - Django's signature
        """All of a post that has been given."""
        return self.fields if obj else ()

    @admin.action(description=_("结束所选任职（从今天起）"))
    def end_selected(self, request: HttpRequest, posts: QuerySet[Post]) -> None:
        """End each that is still held."""
        for post in posts.filter(until=None):
            try:
                actions.end_post(post, by=request.user, at=now())  # type: ignore[arg-type] # signed in, or not here
            except Refusal as refusal:
                self.message_user(request, str(refusal), messages.ERROR)

    def keep(self, row: Any, cleaned: dict[str, Any], *, change: bool, by: Any, at: datetime) -> Model:  # noqa: ARG002
        """Give the post."""
        return row if change else actions.give_post(row.user, row.role, row.department, since=row.since, by=by, at=at)


@admin.register(CalendarDay)
class CalendarPage(BackRoomPage):
    """Holidays and working weekends."""

    permission = Permission.CALENDAR_EDIT
    list_display = ("day", "working", "name")
    date_hierarchy = "day"

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:  # noqa: ARG002 - Django's signature
        """Those with this page's permission."""
        return may(request.user, self.permission)

    def keep(self, row: Any, cleaned: dict[str, Any], *, change: bool, by: Any, at: datetime) -> Model:  # noqa: ARG002
        """Save the day."""
        return actions.save_calendar_day(row, by=by, at=at)

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        """Through the action."""
        actions.remove_calendar_day(obj, by=request.user, at=now())  # type: ignore[arg-type] # signed in, or not here

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        """One by one, each with its event."""
        for day in queryset:
            self.delete_model(request, day)


@admin.register(Event)
class EventPage(BackRoomPage):
    """The log, to be read."""

    permission = Permission.TRAIL_VIEW
    list_display = ("at", "actor_label", "action", "subject_label", "note")
    list_filter = ("subject_type",)
    search_fields = ("actor_label", "subject_label", "verb", "note")
    ordering = ("-id",)
    show_full_result_count = False

    @admin.display(description=_("动作"))
    def action(self, event: Event) -> str:
        """The verb in words, where this room knows them."""
        return str(VERBS.get(event.verb, event.verb))

    def has_add_permission(self, request: HttpRequest) -> bool:  # noqa: ARG002 - Django's signature
        """Nobody."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:  # noqa: ARG002 - Django's signature
        """Nobody."""
        return False
