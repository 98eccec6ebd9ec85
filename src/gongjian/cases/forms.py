"""Forms: labels, help and limits of what a person types. Those of the steps are made from what the flow and the kind require."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from gongjian.cases.boxes import CaseField, DepartmentField, day, documents, moment, photos, text
from gongjian.cases.declaration import CaseKind, Needed
from gongjian.cases.flow import LOOP
from gongjian.cases.models import Case, EvidenceKind, Finder
from gongjian.cases.registry import kinds
from gongjian.kernel.flows import Step
from gongjian.people.models import Department
from gongjian.people.queries import departments

DEVICES = (Finder.PERSON, Finder.CITIZEN)  # what a person enters by hand; devices and rules enter their own
BY_RULE, NOT_YET = "rule", ""


def _of(requirement: str) -> forms.Field:
    title = LOOP.requirements[requirement]
    if requirement == "department":
        return DepartmentField(title)
    if requirement == "until":
        return day(title, _("到这一天自动恢复办理，剩余时限不变。"))
    if requirement == "into":
        return CaseField(title)
    return text(title, draft=requirement)


class Tokened(forms.Form):
    """A form that is sent once: ``token`` names it, ``version`` is what the person saw."""

    token = forms.CharField(widget=forms.HiddenInput, max_length=40, required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)


class StepForm(Tokened):
    """What a step of a kind must carry, and the evidence for it."""

    def __init__(self, *args: Any, arrow: Step[Any], kind: CaseKind, visible: QuerySet[Case], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for requirement in sorted(arrow.requires, key=list(LOOP.requirements).index):
            self.fields[requirement] = _of(requirement)
        if isinstance(into := self.fields.get("into"), CaseField):
            into.visible = visible
        if not {"reason", "measures", "outcome", "finding"} & arrow.requires:
            self.fields["note"] = text(_("说明"), rows=3, required=False)
        _add_evidence(self, kind.needs(arrow.name), free=arrow.name in {"feed_back", "verify", "reject", "recheck"})

    def carried(self) -> dict[str, Any]:
        """What the step carries."""
        return {name: self.cleaned_data.get(name) for name in (*LOOP.requirements, "note") if name in self.fields}


def _add_evidence(form: forms.Form, needs: Sequence[Needed], *, free: bool) -> None:
    """A box for each piece the kind asks for, and, where pieces are welcome at all, one for others."""
    for number, need in enumerate(needs):
        form.fields[f"evidence_{number}"] = _evidence(need)
    if free:
        form.fields["photos"] = photos(_("其他照片"), _("JPEG 或 PNG，每张 15 MB 以内，可以选多张。"))
        form.fields["documents"] = documents(_("文件"), _("PDF，每份 20 MB 以内。"))


def _evidence(need: Needed) -> forms.Field:
    if need.kind is EvidenceKind.VALUE:
        return forms.FloatField(
            label=f"{need.title}{f'（{need.unit}）' if need.unit else ''}",
            help_text=need.help,
            required=False,
            widget=forms.NumberInput({"step": "any"}),
            error_messages={"invalid": _("请填写数字。")},
        )
    words = f"{need.help}{_('至少 %d 份。') % need.least}{_('请在现场用手机拍摄并打开定位。') if need.dated and not need.help else ''}"
    return photos(need.title, words) if need.kind is EvidenceKind.PHOTO else documents(need.title, words)


class FindingForm(Tokened):
    """A found problem."""

    title = forms.CharField(label=_("问题"), max_length=80, help_text=_("一句话，例如“东门内裸土未苫盖”。"))
    level = forms.ChoiceField(label=_("严重程度"), widget=forms.RadioSelect)
    description = text(_("情况说明"), rows=4, help_text=_("看到了什么、有多大范围、谁在场。"), draft="description")
    address = forms.CharField(
        label=_("地点"), max_length=160, required=False, help_text=_("门牌、路口或明显标志；照片带定位时自动取坐标。")
    )
    street = forms.ChoiceField(label=_("街道（镇）"), required=False)
    lon = forms.FloatField(label=_("经度"), required=False, widget=forms.NumberInput({"step": "any"}))
    lat = forms.FloatField(label=_("纬度"), required=False, widget=forms.NumberInput({"step": "any"}))
    found_at = moment(_("发现时间"))
    finder = forms.ChoiceField(label=_("发现方式"), choices=[(one.value, one.label) for one in DEVICES], widget=forms.RadioSelect)
    found_by = forms.CharField(label=_("发现人"), max_length=80, required=False, help_text=_("群众反映的写来电或来信人；不填为登记人。"))
    hand_to = forms.ChoiceField(label=_("移交给"), required=False)

    def __init__(self, *args: Any, kind: CaseKind, origins: Sequence[Department], may_hand_over: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        every = list(departments())
        streets = [one.name for one in every if one.kind in {"street", "town"}]
        self.fields["level"].choices = [(level.slug, level.title) for level in kind.levels]  # type: ignore[attr-defined]
        self.fields["street"].choices = [("", _("请选择")), *((name, name) for name in streets)]  # type: ignore[attr-defined]
        handed = [(BY_RULE, _("按类型规则移交")), (NOT_YET, _("暂不移交")), *((str(one.pk), one.name) for one in every)]
        self.fields["hand_to"].choices = handed  # type: ignore[attr-defined]
        if not may_hand_over:
            del self.fields["hand_to"]
        if len(origins) > 1:
            self.fields["origin"] = forms.ChoiceField(label=_("发现部门"), choices=[(str(one.pk), one.name) for one in origins])
        _add_evidence(self, kind.needs("find"), free=True)
        order = ("title", *(name for name in self.fields if name.startswith("evidence_")), "photos", "level", "description")
        self.order_fields(order)


class KindForm(forms.Form):
    """Which kind of problem was found."""

    kind = forms.ChoiceField(label=_("问题类型"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [(kind.slug, kind.title) for kind in kinds()]  # type: ignore[attr-defined]


class CommentForm(forms.Form):
    """Something said about a case."""

    text = text(_("留言"), rows=3)


class RuleForm(forms.Form):
    """From which day on a finding rule is used."""

    since = day(_("自何日的记录起"))


class HelpForm(forms.Form):
    """Another department asked to help."""

    department = DepartmentField(_("协办部门"))
    text = text(_("请协办事项"))


class AnswerForm(forms.Form):
    """What a department did to help."""

    text = text(_("协办情况"))


class TimeForm(Tokened):
    """A request for more time."""

    wanted = moment(_("申请延至"))
    reason = text(_("延期理由"), help_text=_("由核验一方的人批复；批复之前仍按原时限。"))


class TimeAnswerForm(forms.Form):
    """The answer to a request for more time."""

    answer = text(_("批复意见"), rows=2, most=200, required=False, help_text=_("不同意时写明理由。"))


class SanctionForm(forms.Form):
    """A sanction that followed."""

    sanction = forms.ChoiceField(label=_("惩戒措施"))
    on = day(_("日期"))
    document = forms.CharField(label=_("文书"), max_length=120, help_text=_("文号或名称。"))
    amount = forms.DecimalField(
        label=_("数额"), max_digits=12, decimal_places=2, required=False, help_text=_("罚款写元，扣分写分；其他措施不填。")
    )

    def __init__(self, *args: Any, kind: CaseKind, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["sanction"].choices = [(one.value, one.label) for one in kind.sanctions]  # type: ignore[attr-defined]


class ExtraForm(forms.Form):
    """An extra step of the kind."""

    def __init__(self, *args: Any, kind: CaseKind, slug: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        extra = kind.extra_step(slug)
        self.fields["text"] = text(_("办理情况"))
        if extra and extra.tells:
            self.fields["department"] = DepartmentField(_("接收部门"))
        _add_evidence(self, kind.needs(slug), free=True)


class StrikeForm(forms.Form):
    """Why a piece of evidence was given by mistake."""

    reason = text(_("作废原因"), rows=2, most=200)
