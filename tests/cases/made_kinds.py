"""A kind of case with everything a kind can have, made up for the tests."""

from gongjian.cases.declaration import CaseKind, Extra, Level, Needed, Publication, Recipient, Sanction
from gongjian.cases.models import EvidenceKind
from gongjian.kernel.worktime import days, hours
from gongjian.people.roles import Permission

CLOCKS = {"hand_over": hours(4), "sign": hours(4), "feed_back": days(5), "verify": days(2), "close": days(2)}
PLAIN = CaseKind(slug="plain", title="普通问题", about="测试用。", levels=(Level("general", "一般", CLOCKS),), names=("一般性问题",))
TRUCK = CaseKind(
    slug="truck",
    title="超标车辆",
    about="测试用：检测超标、维修、复检。",
    levels=(Level("general", "一般", CLOCKS), Level("urgent", "紧急", {"sign": hours(1), "feed_back": days(1)})),
    recipients=(
        Recipient("公安分局", streets=("滨河街道",)),
        Recipient("水务局", ledgers=("enterprises",)),
        Recipient("住建局"),
    ),
    needed=(
        Needed(step="find", kind=EvidenceKind.PHOTO, title="现场照片", dated=True),
        Needed(step="retest", kind=EvidenceKind.VALUE, title="复检光吸收系数", unit="m⁻¹"),
    ),
    extras=(
        Extra(slug="retest", title="维修后复检", about="维修后由检验机构复检。", before="feed_back"),
        Extra(
            slug="tell-industry",
            title="反馈行业部门",
            about="处罚结果告知行业主管部门。",
            before="close",
            permission=Permission.CASE_VERIFY,
            tells=True,
        ),
    ),
    sanctions=(Sanction.FINE, Sanction.NOTICE),
    publication=Publication(days(3), "处罚结果在结案三个工作日后公开。"),
    names=("检测超标-维修-复检（测试）",),
)
