"""Forms: a checklist as it is answered, and what is asked of duties, plans of inspection and recusals."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from gongjian.cases.boxes import DepartmentField, day, documents, moment, photos, text
from gongjian.inspections.checklists import checklists
from gongjian.inspections.declaration import Checklist, Item, ItemKind
from gongjian.inspections.models import Every, SeedWay
from gongjian.inspections.queries.drawing import STRATA
from gongjian.inspections.weighing import weighers
from gongjian.ledgers.models import Enterprise
from gongjian.ledgers.registry import ledgers
from gongjian.people.models import User

NONE = ("", _("无"))


class ChecklistForm(forms.Form):
    """A checklist as boxes. Nothing is required: one may save what one has; reporting asks for the rest."""

    key = forms.CharField(widget=forms.HiddenInput, max_length=64, required=False)
    lon = forms.FloatField(widget=forms.HiddenInput({"data-place": "lon"}), required=False)
    lat = forms.FloatField(widget=forms.HiddenInput({"data-place": "lat"}), required=False)

    def __init__(self, *args: Any, checklist: Checklist, answers: Mapping[str, object], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.checklist = checklist
        for item in checklist.items:
            self.fields[f"item-{item.slug}"] = _box(item)
            self.initial[f"item-{item.slug}"] = answers.get(item.slug)
        self.fields["photos"] = photos(_("其他照片"), _("JPEG 或 PNG，每张 15 MB 以内，可以选多张。"))
        self.fields["documents"] = documents(_("文件"), _("PDF，每份 20 MB 以内。"))

    def answers(self) -> dict[str, object]:
        """What was answered, by item; an emptied box takes its answer back."""
        asked = [item.slug for item in self.checklist.items if item.kind is not ItemKind.PHOTO]
        return {slug: self.cleaned_data.get(f"item-{slug}") for slug in asked}

    def place(self) -> tuple[float, float] | None:
        """Where the device was, where it said so."""
        lon, lat = self.cleaned_data.get("lon"), self.cleaned_data.get("lat")
        return None if lon is None or lat is None else (lon, lat)


def _box(item: Item) -> forms.Field:
    words = "".join(filter(None, (item.help, _("（依据：%s）") % item.basis if item.basis else "")))
    if item.kind is ItemKind.PHOTO:
        return photos(item.text, words)
    if item.kind is ItemKind.TEXT:
        return text(item.text, rows=3, most=1000, required=False, help_text=words)
    if item.kind is ItemKind.NUMBER:
        title = f"{item.text}{f'（{item.unit}）' if item.unit else ''}"
        widget = forms.NumberInput({"step": "any", "inputmode": "decimal"})
        return forms.FloatField(label=title, help_text=words, required=False, widget=widget, error_messages={"invalid": _("请填写数字。")})
    return forms.ChoiceField(label=item.text, help_text=words, required=False, choices=item.options, widget=forms.RadioSelect)


class ReasonForm(forms.Form):
    """Why something is sent back or called off."""

    reason = text(_("理由"), rows=3, most=300)


class GiveForm(forms.Form):
    """To whom a task is given."""

    users = forms.ModelMultipleChoiceField(
        queryset=User.objects.none(),
        label=_("检查人员"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("一个都不选，就是交给整个部门。"),
    )

    def __init__(self, *args: Any, people: Sequence[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["users"].queryset = User.objects.filter(pk__in=[user.pk for user in people]).order_by("display_name", "username")  # type: ignore[attr-defined]


class DutyForm(forms.Form):
    """A duty."""

    title = forms.CharField(label=_("名称"), max_length=80)
    code = forms.SlugField(label=_("代码"), max_length=60, help_text=_("小写字母、数字和连字符，例如 dust-bulletin；登记后不能更改。"))
    called = forms.CharField(
        label=_("方案中的名称"), max_length=120, required=False, help_text=_("与行动计划考核点的事项、周期都相同时，那个考核点由它亮灯。")
    )
    department = DepartmentField(_("责任部门"))
    every = forms.ChoiceField(label=_("周期"), choices=Every.choices, widget=forms.RadioSelect, help_text=_("登记后不能更改。"))
    since = day(_("开始日期"), _("所在的那一轮起履行；登记后不能更改。"))
    checklist = forms.ChoiceField(label=_("检查清单"))
    ledger = forms.ChoiceField(label=_("对象取自台账"), required=False, help_text=_("每轮给筛选出的每个条目下达一个任务。"))
    given = forms.CharField(
        label=_("台账筛选"), max_length=300, required=False, help_text=_("在台账清单页筛好后，把网址中问号后面的部分粘贴到这里。")
    )
    places = text(_("或者逐个写地点"), rows=3, required=False, help_text=_("每行一个；台账和地点都不填，每轮一个全区任务。"))
    lead_days = forms.IntegerField(label=_("提前几天下达"), min_value=0, max_value=60, initial=0)
    event_days = forms.IntegerField(label=_("按事件的，几天内完成"), min_value=0, max_value=90, initial=3)
    photos = forms.IntegerField(label=_("每个任务至少照片"), min_value=0, max_value=20, initial=0)
    documents = forms.IntegerField(label=_("每个任务至少文件"), min_value=0, max_value=20, initial=0)
    note = text(_("说明"), rows=2, most=300, required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["checklist"].choices = _checklist_choices()  # type: ignore[attr-defined]
        self.fields["ledger"].choices = [NONE, *((one.slug, one.title) for one in ledgers())]  # type: ignore[attr-defined]

    def clean_places(self) -> list[str]:
        """The places, a line each."""
        return [line.strip() for line in self.cleaned_data["places"].splitlines() if line.strip()]


class EventForm(forms.Form):
    """An event that asks for a duty."""

    event = forms.CharField(label=_("事件"), max_length=120, help_text=_("例如“10月24日空气重污染黄色预警”。"))
    on = day(_("发生日期"))


class StopForm(forms.Form):
    """From when a duty is not fulfilled any more."""

    until = day(_("停止日期"), _("自这一天起不再下达任务；已下达的不变。"))


class DrawForm(forms.Form):
    """A plan of inspection by lot: the rule, and where the seed will come from."""

    title = forms.CharField(label=_("名称"), max_length=80, help_text=_("例如“2020年四季度加油站双随机抽查”。"))
    department = DepartmentField(_("组织部门"))
    ledger = forms.ChoiceField(label=_("抽查对象取自台账"))
    given = forms.CharField(
        label=_("台账筛选"),
        max_length=300,
        required=False,
        help_text=_("在台账清单页筛好后，把网址中问号后面的部分粘贴到这里；不填为全部在册条目。"),
    )
    number = forms.IntegerField(label=_("抽取数"), min_value=1, required=False, help_text=_("与比例二填一。"))
    share = forms.DecimalField(label=_("抽取比例（%）"), min_value=0, max_value=100, decimal_places=2, required=False)
    stratum = forms.ChoiceField(label=_("分层"), choices=list(STRATA.items()), required=False)
    weigher = forms.ChoiceField(label=_("加权"), required=False)
    each = forms.IntegerField(label=_("每个对象的检查人数"), min_value=1, max_value=5, initial=2)
    apart = forms.BooleanField(label=_("检查人员不查本部门主管的对象"), required=False)
    checklist = forms.ChoiceField(label=_("检查清单"))
    opens_on = day(_("检查开始"))
    due_on = day(_("检查截止"))
    seed_way = forms.ChoiceField(label=_("种子怎样产生"), choices=SeedWay.choices, widget=forms.RadioSelect, initial=SeedWay.PUBLIC)
    seed_source = forms.CharField(
        label=_("种子来源"), max_length=200, help_text=_("写明是哪一次、谁公布的，例如“双色球第 2020123 期开奖号码”。")
    )
    secret = forms.CharField(
        label=_("封存口令"), max_length=200, required=False, help_text=_("只有选“封存口令”才填；系统只保存它的指纹，抽取时须再次输入原文。")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["checklist"].choices = _checklist_choices()  # type: ignore[attr-defined]
        self.fields["ledger"].choices = [(one.slug, one.title) for one in ledgers()]  # type: ignore[attr-defined]
        self.fields["weigher"].choices = [("", _("机会相同")), *((one.slug, one.title) for one in weighers())]  # type: ignore[attr-defined]


class FreezeForm(GiveForm):
    """Who may be drawn as an inspector."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["users"].label = _("参加抽取的检查人员")
        self.fields["users"].help_text = _("有回避登记的，抽取时自动避开对应企业。")
        self.fields["users"].required = True
        self.fields["users"].error_messages["required"] = _("请至少选一名检查人员。")


class SeedForm(forms.Form):
    """The seed, when it is known."""

    seed = forms.CharField(label=_("种子"), max_length=200, help_text=_("照公布的原文填写，包括空格；抽取后不能更改。"))
    known_at = moment(_("公布时间"))

    def __init__(self, *args: Any, way: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if way == SeedWay.SEALED:
            self.fields["seed"].label = _("封存的口令")
            del self.fields["known_at"]


class RecusalForm(forms.Form):
    """Somebody who may not visit an enterprise."""

    user = forms.ModelChoiceField(queryset=User.objects.none(), label=_("检查人员"), empty_label=_("请选择"))
    code = forms.CharField(label=_("企业"), max_length=64, help_text=_("统一社会信用代码，或名录中的企业全称。"))
    reason = forms.CharField(label=_("事由"), max_length=200, help_text=_("例如“配偶任职”“三年内曾在该企业工作”。"))

    def __init__(self, *args: Any, people: Sequence[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["user"].queryset = User.objects.filter(pk__in=[user.pk for user in people]).order_by("display_name", "username")  # type: ignore[attr-defined]

    def clean_code(self) -> Enterprise:
        """The enterprise meant."""
        said = self.cleaned_data["code"].strip()
        found = Enterprise.objects.filter(code=said.upper()).first() or Enterprise.objects.filter(name=said).first()
        if found is None:
            raise forms.ValidationError(_("企业名录中没有“%s”，请核对。") % said)
        return found


def _checklist_choices() -> list[tuple[str, str]]:
    return [(one.slug, f"{one.title}（{len(one.items)} 项）") for one in checklists()]
