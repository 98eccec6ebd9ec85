"""Forms: labels, help and limits of what a person types. What is allowed is decided in actions."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from gongjian.files.sniffing import EVERY, MEGABYTE, largest
from gongjian.notices.channels import Rhythm
from gongjian.notices.planning import Habit
from gongjian.plans.actions.reporting import LONGEST
from gongjian.plans.models.performance import STANDINGS
from gongjian.ui.boxes import FilesField, ManyFiles

_TEXT = {"rows": 5, "maxlength": LONGEST}


def proof_files() -> FilesField:
    """A box for the files shown for a report or a contribution."""
    kinds = ",".join(kind.ending for kind in EVERY)
    return FilesField(
        label=_("佐证文件"),
        widget=ManyFiles({"accept": f"{kinds},.jpeg", "multiple": True}),
        help_text=_("图片、PDF、Word（docx）、Excel（xlsx），可以选多个；每个 %d MB 以内，照片不超过 15 MB。") % (largest() // MEGABYTE),
        error_messages={"empty": _("有一个文件是空的，请重新选择。")},
    )


class ReportForm(forms.Form):
    """A monthly report."""

    version = forms.IntegerField(required=False, widget=forms.HiddenInput)
    standing = forms.ChoiceField(
        label=_("自评"),
        choices=STANDINGS,
        widget=forms.RadioSelect,
        help_text=_("按本月底的实际情况选择；“已完成”经统筹办采用后，措施亮“完成”。"),
    )
    progress = forms.CharField(
        label=_("本月进展"),
        widget=forms.Textarea({**_TEXT, "data-draft": "progress"}),
        max_length=LONGEST,
        required=False,
        help_text=_("写清做了什么、数量多少、依据哪份台账或文件。"),
    )
    difficulties = forms.CharField(
        label=_("困难与问题"), widget=forms.Textarea({**_TEXT, "rows": 3, "data-draft": "difficulties"}), max_length=LONGEST, required=False
    )
    next_steps = forms.CharField(
        label=_("下步安排"), widget=forms.Textarea({**_TEXT, "rows": 3, "data-draft": "next_steps"}), max_length=LONGEST, required=False
    )
    proofs = proof_files()


class ContributionForm(forms.Form):
    """What an assisting department contributes to a month's report."""

    version = forms.IntegerField(required=False, widget=forms.HiddenInput)
    text = forms.CharField(
        label=_("本月协办情况"),
        widget=forms.Textarea({**_TEXT, "rows": 4}),
        max_length=LONGEST,
        required=False,
        help_text=_("写清配合做了什么、数量多少；报出后牵头部门即可看到并引用。"),
    )
    proofs = proof_files()

    def __init__(self, *args: Any, department: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.auto_id = f"id_%s_{department}"
        self.fields["text"].widget.attrs["data-draft"] = f"contribution-{department}"


class ReasonForm(forms.Form):
    """Why something is returned or taken back."""

    reason = forms.CharField(label=_("理由"), widget=forms.Textarea({"rows": 3, "maxlength": 500}), max_length=500, required=False)


class MilestoneForm(forms.Form):
    """A milestone done, with its evidence."""

    done_on = forms.DateField(
        label=_("完成日期"), widget=forms.DateInput({"type": "date"}), error_messages={"invalid": _("请填写日期，例如 2020-10-20。")}
    )
    document = forms.CharField(
        label=_("佐证文件"), max_length=200, required=False, help_text=_("文号或文件名称，例如“京技管〔2020〕28号”。")
    )
    evidence = forms.CharField(
        label=_("佐证说明"),
        widget=forms.Textarea({"rows": 4, "maxlength": 2000}),
        max_length=2000,
        required=False,
        help_text=_("这份文件怎样证明节点已经完成。"),
    )


class GroundForm(forms.Form):
    """On what an adjustment rests."""

    document = forms.CharField(label=_("依据文件"), max_length=200, required=False, help_text=_("文号、会议纪要或批示。"))
    reason = forms.CharField(label=_("调整理由"), widget=forms.Textarea({"rows": 3, "maxlength": 1000}), max_length=1000, required=False)


class DeadlineForm(GroundForm):
    """A moved deadline."""

    printed = forms.CharField(label=_("新的完成时限"), max_length=60, help_text=_("写成“年底前”“11月15日前”“长期实施”或“按时间节点完成”。"))
    field_order = ("printed", "document", "reason")


class PartiesForm(GroundForm):
    """Changed departments."""

    names = forms.CharField(
        label=_("部门"),
        widget=forms.Textarea({"rows": 4}),
        required=False,
        help_text=_("每行一个，用名录中的名称；牵头部门排在第一行的为第一牵头。"),
    )
    field_order = ("names", "document", "reason")


class TargetForm(GroundForm):
    """A changed target value."""

    value = forms.FloatField(label=_("新的目标值"), error_messages={"invalid": _("请填写数字。")})
    field_order = ("value", "document", "reason")


class HabitForm(forms.Form):
    """How somebody wants to hear by one channel."""

    rhythm = forms.ChoiceField(label=_("频次"), choices=Rhythm.choices)
    at = forms.TimeField(
        label=_("汇总时间"),
        widget=forms.TimeInput({"type": "time"}, format="%H:%M"),
        error_messages={"invalid": _("请填写时间，例如 08:30。"), "required": _("请填写汇总时间，例如 08:30。")},
        help_text=_("选“汇总一次”时，在这个时间把积下的消息合成一封。"),
    )
    quiet = forms.BooleanField(
        label=_("即时消息只在工作时间发送"), required=False, help_text=_("夜间和休息日的消息合成一封，到下一个工作日早上再发。")
    )

    @staticmethod
    def from_habit(habit: Habit) -> dict[str, object]:
        """What the form shows of a habit."""
        return {"rhythm": habit.rhythm.value, "at": habit.at, "quiet": habit.quiet}

    def habit(self) -> Habit:
        """The habit as it was chosen."""
        return Habit(Rhythm(self.cleaned_data["rhythm"]), self.cleaned_data["at"], self.cleaned_data["quiet"])


class UploadForm(forms.Form):
    """A plan document."""

    file = forms.FileField(
        label=_("行动计划文件"),
        help_text=_("Word（docx）、Excel（xlsx）、网页、带表格线的 PDF 或制表符分隔的文本，20 MB 以内。"),
        error_messages={"required": _("请先选择文件。"), "empty": _("这个文件是空的，请重新选择。")},
    )


class CorrectionForm(forms.Form):
    """What one measure of a document should say."""

    text = forms.CharField(label=_("原文"), widget=forms.Textarea({"rows": 6}), max_length=8000, strip=True)
    section = forms.CharField(label=_("章节"), max_length=200, required=False)
    task = forms.CharField(label=_("重点任务"), max_length=200)
    deadline = forms.CharField(label=_("完成时限"), max_length=60, help_text=_("写成“年底前”“11月15日前”“长期实施”或“按时间节点完成”。"))
    lead = forms.CharField(label=_("牵头部门"), max_length=400, help_text=_("用顿号隔开，第一个为第一牵头。"))
    support = forms.CharField(label=_("协办部门"), max_length=600, required=False, help_text=_("用顿号隔开；没有就留空。"))
