"""Schemes in the back room: saved whole, items and groups together, through ``actions``; ended by a date, never deleted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import admin
from django.db.models import Model
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from gongjian.assessment.actions.schemes import save_scheme
from gongjian.assessment.models import Scheme, SchemeGroup, SchemeItem
from gongjian.assessment.registry import kinds
from gongjian.people.admin import BackRoomPage
from gongjian.people.models import Kind
from gongjian.people.permissions import may
from gongjian.people.roles import Permission
from gongjian.trail.clock import now

if TYPE_CHECKING:  # generic for the type checker only
    ItemModelForm = forms.ModelForm[SchemeItem]
    GroupModelForm = forms.ModelForm[SchemeGroup]
    AnyInline = admin.TabularInline[Any, Any]
else:
    ItemModelForm = GroupModelForm = forms.ModelForm
    AnyInline = admin.TabularInline


class ItemForm(ItemModelForm):
    """An item, its kind chosen among those somebody answers for."""

    kind = forms.ChoiceField(label=_("考核项"))

    class Meta:
        """What is asked."""

        model = SchemeItem
        fields = ("kind", "weight", "partly", "order")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [("", _("请选择")), *((one.slug, one.title) for one in kinds())]  # type: ignore[attr-defined]


class GroupForm(GroupModelForm):
    """A group, its kinds of department ticked."""

    kinds = forms.MultipleChoiceField(label=_("部门类别"), choices=Kind.choices, widget=forms.CheckboxSelectMultiple)

    class Meta:
        """What is asked."""

        model = SchemeGroup
        fields = ("title", "kinds", "order")


class Part(AnyInline):
    """A part of a scheme; whoever keeps schemes keeps their parts."""

    extra = 0

    def has_view_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:  # noqa: ARG002 - Django's signature
        """Those who keep schemes."""
        return may(request.user, Permission.ASSESSMENT_SCHEME)

    def has_add_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Those who keep schemes."""
        return self.has_view_permission(request, obj)

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Those who keep schemes."""
        return self.has_view_permission(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Those who keep schemes: an item may leave a scheme, assessments have frozen what it said."""
        return self.has_view_permission(request, obj)


class Items(Part):
    """The items."""

    model = SchemeItem
    form = ItemForm


class Groups(Part):
    """The groups."""

    model = SchemeGroup
    form = GroupForm


@admin.register(Scheme)
class SchemePage(BackRoomPage):
    """Schemes."""

    permission = Permission.ASSESSMENT_SCHEME
    inlines = (Items, Groups)
    list_display = ("title", "active_from", "active_to", "helping", "least_rows", "objection_days", "praise_from", "blame_below")

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:  # noqa: FBT001 - Django's signature
        """Nothing yet: it is saved with its parts."""

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:  # noqa: ARG002, FBT001 - Django's signature
        """The whole scheme through the action."""
        items, groups = (_left(formset) for formset in formsets)
        save_scheme(form.instance, items, groups, by=request.user, at=now())  # type: ignore[arg-type] # signed in, or not here


def _left(formset: Any) -> list[Any]:
    """What the form leaves of the parts: those that were there or were filled in, without the struck ones."""
    formset.save(commit=False)  # Django's own log asks afterwards what was new, changed and struck
    return [form.instance for form in formset.forms if form not in formset.deleted_forms and (form.instance.pk or form.has_changed())]
