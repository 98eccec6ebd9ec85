"""The rules and the ladder in the back room: saved through ``actions``, ended by a date, never deleted."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import admin
from django.db.models import Model
from django.utils.translation import gettext_lazy as _

from gongjian.people.admin import BackRoomPage
from gongjian.people.roles import Permission
from gongjian.supervision.actions.ruling import save_rule, save_rung
from gongjian.supervision.detecting.registry import detectors
from gongjian.supervision.models import LadderRung, OrderRule

if TYPE_CHECKING:  # generic for the type checker only
    RuleModelForm = forms.ModelForm[OrderRule]
else:
    RuleModelForm = forms.ModelForm


class RuleForm(RuleModelForm):
    """A rule, its kind of fact chosen among those somebody detects."""

    kind = forms.ChoiceField(label=_("事实类别"))

    class Meta:
        """What is asked."""

        model = OrderRule
        fields = ("kind", "title", "after", "colour", "answer_within", "demand", "active_from", "active_to")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [(one.slug, f"{one.title}（{one.unit}）") for one in detectors()]  # type: ignore[attr-defined]


@admin.register(OrderRule)
class RulePage(BackRoomPage):
    """Rules by which orders are issued."""

    permission = Permission.ORDER_RULE
    form = RuleForm
    list_display = ("title", "kind", "after", "colour", "answer_within", "active_from", "active_to")
    list_filter = ("kind", "colour")

    def keep(self, row: Any, cleaned: dict[str, Any], *, change: bool, by: Any, at: datetime) -> Model:  # noqa: ARG002
        """Save the rule."""
        return save_rule(row, by=by, at=at)


@admin.register(LadderRung)
class RungPage(BackRoomPage):
    """The ladder orders climb."""

    permission = Permission.ORDER_RULE
    list_display = ("wait", "after", "role", "colour", "active_from", "active_to")
    list_filter = ("wait",)

    def keep(self, row: Any, cleaned: dict[str, Any], *, change: bool, by: Any, at: datetime) -> Model:  # noqa: ARG002
        """Save the rung."""
        return save_rung(row, by=by, at=at)
