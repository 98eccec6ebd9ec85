"""Made-up content that shows every component once."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from django import forms
from django.core.paginator import Paginator

from gongjian.ui.dating import date_shown
from gongjian.ui.map_row import MapRow
from gongjian.ui.pace import Pace

ON = date(2020, 10, 31)


class SampleForm(forms.Form):
    """One field of each sort."""

    summary = forms.CharField(
        label="本月进展",
        help_text="写做了什么、做到什么程度；有数字的写数字。",
        widget=forms.Textarea(attrs={"data-draft": "summary", "rows": 5}),
    )
    checked = forms.IntegerField(label="本月检查车辆", min_value=0)
    on = forms.DateField(label="完成日期", widget=forms.DateInput(attrs={"type": "date"}), required=False)
    kind = forms.ChoiceField(label="佐证材料类型", choices=[("photo", "现场照片"), ("document", "文件")], widget=forms.RadioSelect)
    department = forms.ChoiceField(label="牵头部门", choices=[("a", "城市运行局"), ("b", "综合执法局")])
    certain = forms.BooleanField(label="以上情况属实，已经本部门负责人审阅")


def sample() -> dict[str, Any]:
    """Context of the style guide, the same every time."""
    return {
        "programme": "示例区污染防治攻坚战2020年行动计划",
        "simulated": True,
        "nav": [
            {"title": "作战图", "url": "#", "icon": "map-2", "active": True},
            {"title": "我的工作", "url": "#", "icon": "checklist", "active": False},
        ],
        "dating": date_shown(None, today=date(2020, 12, 1), first=date(2020, 3, 29), last=date(2020, 12, 31), opens_on=ON),
        "on": ON,
        "form": SampleForm({"summary": "", "checked": "-3", "on": "2020-10-30", "kind": "photo", "department": "a"}),
        "page": Paginator(range(1234), 50).page(5),
        "counts": {"red": 7, "amber": 11, "green": 44, "blue": 11, "grey": 15},
        "codes": ["red", "amber", "green", "blue", "grey"],
        "weeks": [None, None, "grey", "green", "green", "amber", "amber", "red", "red", "amber", "green", "blue"],
        **_words(),
        "measures": _measures(),
    }


def _words() -> dict[str, Any]:
    return {
        "crumbs": [{"title": "作战图", "url": "#"}, {"title": "打赢蓝天保卫战"}],
        "tabs": [
            {"title": "考核点", "url": "#", "active": True, "n": 3},
            {"title": "月报", "url": "#", "active": False, "n": 10},
            {"title": "记录", "url": "#", "active": False},
        ],
        "steps": ["上传文件", "核对内容", "确认入库"],
        "diff": [
            {"name": "完成时限", "before": "年底前", "after": "11月15日前"},
            {"name": "协办", "before": "", "after": "荣华街道、博兴街道"},
        ],
        "events": [
            {
                "at": datetime(2020, 10, 12, 1, 20, tzinfo=UTC),
                "by": "王芳 · 生态环境办（协调员）",
                "words": "退回九月月报",
                "why": "入户检查只写了“正常开展”，请写明检查辆次和超标辆次。",
            },
            {"at": datetime(2020, 10, 9, 8, 5, tzinfo=UTC), "by": "李明 · 综合执法局", "words": "提交九月月报"},
        ],
        "facts": [("完成时限", "年底前（2020-12-31）"), ("牵头", "综合执法局"), ("协办", "公安分局交通大队、商务金融局")],
    }


def _measures() -> list[MapRow]:
    weeks = (None, None, "grey", "green", "green", "amber", "amber", "red", "red", "amber", "green", "blue")
    return [
        MapRow(
            key="A5.1",
            url="#",
            digest="主要道路重型柴油车检查一万辆次以上，入户检查一万辆次以上",
            light="amber",
            on=ON,
            due_words="年底前",
            due=date(2020, 12, 31),
            lead=("综合执法局",),
            support=("公安分局交通大队",),
            weeks=weeks,
            reasons=(("amber", "入户检查 7,321 辆次，按进度应为 8,333 辆次。"), ("grey", "超标处罚还没有接入数据。")),
            bar=Pace(7321, 10000, 8333, ">=", "辆次", "amber"),
        ),
        MapRow(
            key="A20.1",
            url="#",
            digest="严防散煤复烧",
            light="red",
            on=ON,
            due_words="11月15日前",
            due=date(2020, 11, 15),
            lead=("综合执法局",),
            support=("荣华街道", "博兴街道"),
            weeks=weeks,
            bar=Pace(37.2, 35, 38.5, "<=", "µg/m³", "red"),
        ),
        MapRow(
            key="W5.1",
            url="#",
            digest="企业生产废水排放管理与执法，稳定达标",
            light="grey",
            on=ON,
            due_words="长期实施",
            lead=("城市运行局",),
            weeks=(None,) * 12,
            reasons=(("grey", "“废水排放合格率”还没有数据，由城市运行局提供。"),),
        ),
    ]
