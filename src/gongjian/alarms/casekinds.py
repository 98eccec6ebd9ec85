"""The kinds of case alarms and findings become."""

from gongjian.cases.declaration import CaseKind, Level, Needed, Sanction
from gongjian.cases.models import EvidenceKind
from gongjian.kernel.worktime import days, hours

LEVELS = (
    Level("general", "一般", {"hand_over": days(1), "sign": days(1), "feed_back": days(7), "verify": days(3), "close": days(3)}),
    Level("serious", "较重", {"hand_over": hours(4), "sign": hours(4), "feed_back": days(3), "verify": days(2), "close": days(2)}),
)
REPORT = Needed(step="feed_back", kind=EvidenceKind.DOCUMENT, title="核查情况说明或检测报告", help="PDF 文件。")
EXCEEDING = CaseKind(
    slug="online-exceeding",
    title="在线监测超标",
    about="自动监测数据超过排放限值，报警后未按时说明或说明未被采纳。",
    levels=LEVELS,
    needed=(REPORT,),
    sanctions=(Sanction.NOTICE, Sanction.INTERVIEW, Sanction.FINE),
    names=("在线超标", "自动监测超标"),
)
ABNORMAL = CaseKind(
    slug="online-abnormal",
    title="监测数据异常",
    about="自动监测数据恒值、不可能、雷同、长期贴近限值或长时间无效，需要现场核查设备和数据。",
    levels=LEVELS,
    needed=(REPORT,),
    sanctions=(Sanction.NOTICE, Sanction.INTERVIEW, Sanction.FINE),
    names=("自动监测数据异常",),
)
OFFLINE = CaseKind(
    slug="online-offline",
    title="监测设备离线",
    about="自动监测设备长时间没有数据，未按时恢复或说明。",
    levels=LEVELS,
    sanctions=(Sanction.NOTICE,),
    names=("在线监测离线",),
)
KINDS = (EXCEEDING, ABNORMAL, OFFLINE)
