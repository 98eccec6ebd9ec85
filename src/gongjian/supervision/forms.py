"""Forms: labels, help and limits of what a person types. Those of the steps are made from what the flow requires."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from gongjian.cases.boxes import CaseField, DepartmentField, documents, moment, photos, text
from gongjian.cases.models import Case
from gongjian.kernel.flows import Step
from gongjian.plans.models import Measure
from gongjian.supervision.flow import EVIDENCED, LONGEST, ORDER
from gongjian.supervision.models import Colour

HELP = {"outcome": _("查明的原因、已采取的措施、完成时间。"), "finding": _("核查了什么、看到了什么、是否落实。"), "reason": ""}


class Tokened(forms.Form):
    """A form that is sent once: ``token`` names it, ``version`` is what the person saw."""

    token = forms.CharField(widget=forms.HiddenInput, max_length=40, required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)


class OrderStepForm(Tokened):
    """What a step must carry, and the evidence that may be given with it."""

    def __init__(self, *args: Any, arrow: Step[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for need in sorted(arrow.requires, key=list(ORDER.requirements).index):
            self.fields[need] = text(ORDER.requirements[need], most=LONGEST, help_text=HELP[need], draft=need)
        if not arrow.requires:
            self.fields["note"] = text(_("说明"), rows=3, required=False)
        if arrow.name in EVIDENCED:
            self.fields["photos"] = photos(_("照片"), _("JPEG 或 PNG，每张 15 MB 以内，可以选多张；销号须有佐证。"))
            self.fields["documents"] = documents(_("文件"), _("PDF，每份 20 MB 以内。"))

    def carried(self) -> dict[str, Any]:
        """What the step carries."""
        return {name: self.cleaned_data.get(name) for name in (*ORDER.requirements, "note") if name in self.fields}


class IssueForm(Tokened):
    """An order a person issues."""

    department = DepartmentField(_("责任单位"))
    colour = forms.ChoiceField(
        label=_("颜色"),
        choices=[(one.value, one.label) for one in Colour],
        widget=forms.RadioSelect,
        help_text=_("蓝色提示责任单位；黄色同时告知统筹办；红色同时告知领导。"),
    )
    title = forms.CharField(
        label=_("督办事项"), max_length=120, help_text=_("一句话。"), error_messages={"required": _("请填写“督办事项”。")}
    )
    measure = forms.CharField(label=_("关于措施"), max_length=20, required=False, help_text=_("措施编号，例如 A5.1；与问题编号只填一个。"))
    case = forms.CharField(label=_("关于问题"), max_length=20, required=False, help_text=_("问题编号，例如 2020-000123。"))
    fact = text(_("事实依据"), help_text=_("发现了什么、何时、依据什么认定。"), draft="fact")
    demand = text(_("督办要求"), help_text=_("要做到什么、怎样算办结、需要哪些佐证。"), draft="demand")
    due_at = moment(_("答复期限"))

    def __init__(self, *args: Any, visible: QuerySet[Case], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._visible = visible

    def clean_measure(self) -> Measure | None:
        """The measure of that key in the latest plan that has one."""
        key = self.cleaned_data["measure"].strip()
        if not key:
            return None
        found = Measure.objects.filter(key__iexact=key, withdrawn_at=None).order_by("-programme__year").first()
        if found is None:
            raise forms.ValidationError(_("没有编号为“%s”的措施，请核对。") % key)
        return found

    def clean_case(self) -> Case | None:
        """The case of that number; one this person may not see is none."""
        number = self.cleaned_data["case"].strip()
        if not number:
            return None
        box = CaseField(_("关于问题"))
        box.visible = self._visible
        return box.clean(number)

    def clean(self) -> dict[str, Any]:
        """About a measure or a case, not both."""
        said = self.cleaned_data
        if said.get("measure") and said.get("case"):
            self.add_error("case", _("措施编号与问题编号只填一个。"))
        return said


class StrikeForm(forms.Form):
    """Why a piece of evidence was given by mistake."""

    reason = text(_("作废原因"), rows=2, most=200)
