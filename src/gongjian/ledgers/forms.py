"""Forms of rows, made from the fields of their table: what is typed becomes typed values. What they may be is decided in ``checking``."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from django import forms
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from gongjian.kernel.geometry import BadShape, to_geojson
from gongjian.kernel.shape_text import shape_from_text
from gongjian.ledgers.declaration import Ledger, RecordKind, Table
from gongjian.ledgers.fields import FieldSpec, Kind, specs
from gongjian.ledgers.models import Entry
from gongjian.ledgers.registry import find_ledger, ledgers
from gongjian.people.models import Department

LONG = 200  # characters from which on a text gets a box of several lines
_MOMENT = "%Y-%m-%dT%H:%M:%S"


class RowForm(forms.Form):
    """The values of one row; made by ``row_form``. ``table`` says which."""

    table: Table

    def values(self) -> dict[str, Any]:
        """What was typed, by field of the table."""
        return {name: value for name, value in self.cleaned_data.items() if name in specs(self.table)}

    def take(self, faults: Mapping[str, str]) -> None:
        """Show what is wrong beside the fields; what has no field here stands above the form."""
        for name, words in faults.items():
            self.add_error(name if name in self.fields else None, f"{words}。")


class EntryField(forms.CharField):
    """Another entry, typed as its code or its name; its words are refused where they name none, or several."""

    def __init__(self, ledger: Ledger, **more: Any) -> None:
        self.ledger = ledger
        super().__init__(**more)

    def prepare_value(self, value: Any) -> Any:
        """An entry as one would type it."""
        return str(value) if isinstance(value, Entry) else value

    def clean(self, value: Any) -> Any:
        """The entry; None where nothing was typed."""
        typed = super().clean(value)
        return self._found(typed) if typed else None

    def _found(self, typed: str) -> Entry:
        among = self.ledger.model.objects.filter(kind=self.ledger.slug)
        if exact := among.filter(code=self._code(typed)).first() or among.filter(code=self._code(typed.split(" ", maxsplit=1)[0])).first():
            return exact
        called = list(among.filter(name=typed)[:2])
        if len(called) == 1:
            return called[0]
        title = self.ledger.title
        lacking = f"“{typed}”不在{title}中，请填写编号或全称；还没有登记的，请先登记入账。"
        raise forms.ValidationError(f"{title}中有几个“{typed}”，请填写编号。" if called else lacking)

    def _code(self, typed: str) -> str:
        check = self.ledger.checks.get("code")
        try:
            return check(typed) if check else typed
        except ValueError:
            return typed


class ShapeField(forms.CharField):
    """An area, drawn or pasted: GeoJSON, WKT, or a corner a line."""

    def prepare_value(self, value: Any) -> Any:
        """An area as it can be pasted elsewhere."""
        return json.dumps(value) if isinstance(value, Mapping) else value

    def clean(self, value: Any) -> Any:
        """The area as GeoJSON; None where nothing was drawn."""
        typed = super().clean(value)
        if not typed:
            return None
        try:
            return to_geojson(shape_from_text(typed))
        except BadShape as error:
            msg = f"范围：{error}。"
            raise forms.ValidationError(msg) from error


def row_form(
    table: Table,
    typed: Any = None,
    *,
    initial: Mapping[str, Any] | None = None,
    departments: Sequence[Department],
    without: Iterable[str] = (),
) -> RowForm:
    """A form of the table's fields, ``departments`` being those that may be chosen, with ``initial`` values or what was typed."""
    fields = {name: _field(table, one, departments) for name, one in specs(table).items() if name not in {*without}}
    made = type("TableForm", (RowForm,), {"table": table} | fields)
    form: RowForm = made(typed, initial=dict(initial or {}))
    for name, field in form.fields.items():
        one = specs(table)[name]
        field.label, field.help_text = one.title, one.help
        field.spec = one  # type: ignore[attr-defined] # for the page
    return form


def leave_form(typed: Any, *, dated: bool) -> forms.Form:
    """Why something leaves a ledger, comes back or is struck; with the day where ``dated``."""
    reason = forms.CharField(
        label=_("原因"), required=False, max_length=200, widget=forms.Textarea({"rows": 3, "maxlength": 200, "data-draft": "reason"})
    )
    day = {"on": _day(label=_("退出日期"), help_text=_("自这一天起不在台账内。"), required=True)} if dated else {}
    version = {"version": forms.IntegerField(widget=forms.HiddenInput, required=False)}
    made: type[forms.Form] = type("LeaveForm", (forms.Form,), {**day, "reason": reason, **version})
    return made(typed)


def confirm_form(typed: Any, departments: Sequence[Department]) -> forms.Form:
    """For which department a ledger was looked through, asked only where there are several; and a note."""
    choices = Department.objects.filter(pk__in=[one.pk for one in departments])
    single = departments[0].pk if len(departments) == 1 else None
    widget = forms.HiddenInput if single else None
    fields = {
        "department": forms.ModelChoiceField(choices, label=_("主管部门"), initial=single, widget=widget),
        "note": forms.CharField(label=_("说明"), required=False, max_length=200, widget=forms.Textarea({"rows": 2, "maxlength": 200})),
    }
    made: type[forms.Form] = type("ConfirmForm", (forms.Form,), fields)
    return made(typed)


class ViewForm(forms.Form):
    """A name for a way to look at a list."""

    title = forms.CharField(label=_("名称"), max_length=20, required=False)
    shared = forms.BooleanField(label=_("供大家使用"), required=False)
    query = forms.CharField(max_length=2000, required=False, widget=forms.HiddenInput)


def ledger_of(model: type[Entry]) -> Ledger | None:
    """The ledger whose entries a field points at."""
    return next((ledger for ledger in ledgers() if ledger.model is model), None)


def _field(table: Table, one: FieldSpec, departments: Sequence[Department]) -> forms.Field:
    if one.name == "label" and isinstance(table, RecordKind):
        ledger = find_ledger(table.ledger)
        return forms.CharField(required=False, widget=forms.TextInput(_suggesting(ledger) | {"maxlength": one.longest}))
    if one.kind is Kind.ENTRY and one.points_at is not None and (pointed := ledger_of(one.points_at)):
        return EntryField(pointed, required=False, widget=forms.TextInput(_suggesting(pointed)))
    if one.kind is Kind.DEPARTMENT:
        return _chosen([(str(each.pk), each.name) for each in departments], {str(each.pk): each for each in departments})
    if one.name == "street":
        return forms.CharField(required=False, widget=forms.TextInput({"list": "streets", "autocomplete": "off", "maxlength": one.longest}))
    return _FIELDS.get(one.kind, _text)(one)


def _suggesting(ledger: Ledger) -> dict[str, Any]:
    """What a box needs to be offered entries of a ledger while one types; without scripts one types the code."""
    address = reverse("ledgers:suggest", args=[ledger.slug])
    among = f"among-{ledger.slug}"
    return {
        "list": among,
        "autocomplete": "off",
        "hx-get": address,
        "hx-trigger": "input changed delay:250ms",
        "hx-target": f"#{among}",
        "data-among": among,
    }


def _chosen(options: Sequence[tuple[str, str]], meant: Mapping[str, Any]) -> forms.Field:
    return forms.TypedChoiceField(
        choices=[("", "请选择"), *options],
        coerce=meant.__getitem__,
        empty_value=None,
        required=False,
        error_messages={"invalid_choice": _("这一项不在可选范围内，请重新选择。")},
    )


def _text(one: FieldSpec) -> forms.Field:
    longest = {"maxlength": one.longest} if one.longest else {}
    if one.longest and one.longest >= LONG:
        return forms.CharField(required=False, widget=forms.Textarea({"rows": 3, "data-draft": one.name} | longest))
    return forms.CharField(required=False, widget=forms.TextInput({"autocomplete": "off"} | longest))


def _number(one: FieldSpec) -> forms.Field:
    bounds = {name: value for name, value in (("min", one.least), ("max", one.most)) if value is not None}
    if one.kind is Kind.INTEGER:
        return forms.IntegerField(
            required=False,
            widget=forms.NumberInput(bounds | {"inputmode": "numeric"}),
            error_messages={"invalid": _("请填写整数，例如 12。")},
        )
    wrong: dict[str, Any] = {"invalid": _("请填写数字，例如 12.5。")}
    if one.decimals is None:
        return forms.FloatField(
            required=False, widget=forms.NumberInput(bounds | {"step": "any", "inputmode": "decimal"}), error_messages=wrong
        )
    wrong |= {"max_decimal_places": _("小数点后最多%d位。") % one.decimals}
    return forms.DecimalField(
        required=False,
        decimal_places=one.decimals,
        widget=forms.NumberInput(bounds | {"step": f"{10**-one.decimals:.{one.decimals}f}", "inputmode": "decimal"}),
        error_messages=wrong,
    )


def _day(**more: Any) -> forms.Field:
    return forms.DateField(
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        input_formats=["%Y-%m-%d", "%Y/%m/%d", "%Y年%m月%d日"],
        error_messages={"invalid": _("请填写日期，例如 2020-10-20。"), "required": _("请填写日期，例如 2020-10-20。")},
        **more,
    )


def _moment(_one: FieldSpec) -> forms.Field:
    return forms.DateTimeField(
        required=False,
        widget=forms.DateTimeInput({"type": "datetime-local", "step": "1"}, format=_MOMENT),
        input_formats=[_MOMENT, "%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M", "%Y-%m-%d %H:%M:%S"],
        error_messages={"invalid": _("请填写日期和时间，例如 2020-10-20 09:30。")},
    )


def _choice(one: FieldSpec) -> forms.Field:
    return _chosen([(str(stored), word) for stored, word in one.choices], {str(stored): stored for stored, _word in one.choices})


def _yes_no(_one: FieldSpec) -> forms.Field:
    return _chosen([("True", "是"), ("False", "否")], {"True": True, "False": False})


def _shape(_one: FieldSpec) -> forms.Field:
    return ShapeField(required=False, widget=forms.Textarea({"rows": 3, "spellcheck": "false"}))


_FIELDS: Mapping[Kind, Callable[[FieldSpec], forms.Field]] = {
    Kind.INTEGER: _number,
    Kind.NUMBER: _number,
    Kind.BOOLEAN: _yes_no,
    Kind.DATE: lambda _one: _day(required=False),
    Kind.MOMENT: _moment,
    Kind.CHOICE: _choice,
    Kind.SHAPE: _shape,
}
