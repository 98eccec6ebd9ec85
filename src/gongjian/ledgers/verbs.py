"""The verbs this room writes into the log, and how a screen says them."""

from types import MappingProxyType

from django.utils.translation import gettext_lazy as _

VERBS = MappingProxyType(
    {
        "entry.entered": _("登记台账条目"),
        "entry.amended": _("更正台账条目"),
        "entry.withdrawn": _("台账条目退出"),
        "entry.restored": _("恢复台账条目"),
        "ledger.confirmed": _("核对台账"),
        "register.joined": _("列入派生名单"),
        "register.left": _("移出派生名单"),
        "record.noted": _("登记记录"),
        "record.corrected": _("更正记录"),
        "record.struck": _("作废记录"),
        "import.uploaded": _("上传导入表格"),
        "import.discarded": _("放弃导入"),
        "import.expired": _("导入逾期清理"),
        "entry.imported": _("从表格导入台账"),
        "record.imported": _("从表格导入记录"),
        "view.saved": _("保存常用视图"),
        "view.dropped": _("删去常用视图"),
    }
)
