"""The checklists that belong to no field of work."""

from __future__ import annotations

from gongjian.inspections.declaration import Checklist, Item, ItemKind, Makes

PLACE = Checklist(
    slug="general",
    title="通用现场检查",
    about="没有专门清单的对象：到场、查看、拍照、写明情况。",
    version=1,
    items=(
        Item(slug="open", text="对象正常经营或施工", bad=(), help="停业、停工、找不到的选“否”，并在情况中写明。"),
        Item(slug="facilities", text="污染防治设施正常运行", makes=Makes(kind="other", level="general", title="污染防治设施不正常运行")),
        Item(slug="records", text="台账资料齐全并与现场一致", makes=Makes(kind="other", level="general", title="台账资料不全或与现场不符")),
        Item(slug="photo", text="现场照片", kind=ItemKind.PHOTO, help="拍到门头或标志，手机开启定位。"),
        Item(slug="account", text="检查情况", kind=ItemKind.TEXT, help="看了什么、问了谁、有什么问题。"),
    ),
)
REPORT = Checklist(
    slug="work-record",
    title="履职记录",
    about="通报、培训、监测、巡查等不对着一个对象的工作：做了什么、多少、结果如何。",
    version=1,
    items=(
        Item(slug="content", text="工作内容", kind=ItemKind.TEXT, help="什么时间、哪些人、做了什么。"),
        Item(slug="amount", text="数量", kind=ItemKind.NUMBER, unit="次（个、人）", least=0, most=1_000_000, required=False),
        Item(
            slug="outcome",
            text="结果",
            kind=ItemKind.CHOICE,
            choices=(("normal", "未发现问题"), ("solved", "发现问题并已当场解决"), ("left", "发现问题尚未解决")),
            bad=("left",),
            makes=Makes(kind="other", level="general", title="履职中发现的问题尚未解决"),
        ),
        Item(slug="remark", text="情况说明", kind=ItemKind.TEXT, required=False),
    ),
)
GENERAL_CHECKLISTS = (PLACE, REPORT)
