"""The one kind of case that belongs to no field of work."""

from gongjian.cases.declaration import CaseKind, Level, Needed, Sanction
from gongjian.cases.models import EvidenceKind
from gongjian.kernel.worktime import days, hours

GENERAL = CaseKind(
    slug="other",
    title="其他问题",
    about="没有专门类型的问题：先登记下来，由统筹办移交给该办的部门。",
    levels=(
        Level("general", "一般", {"hand_over": days(1), "sign": days(1), "feed_back": days(10), "verify": days(3), "close": days(3)}),
        Level("serious", "较重", {"hand_over": hours(4), "sign": hours(4), "feed_back": days(5), "verify": days(2), "close": days(2)}),
        Level("urgent", "紧急", {"hand_over": hours(1), "sign": hours(1), "feed_back": days(1), "verify": days(1), "close": days(1)}),
    ),
    needed=(Needed(step="feed_back", kind=EvidenceKind.PHOTO, title="办理后照片", dated=True, help="在现场拍，手机开启定位。"),),
    sanctions=(Sanction.NOTICE, Sanction.INTERVIEW),
)
