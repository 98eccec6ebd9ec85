"""The verbs this room writes into the log, and how a screen says them."""

from types import MappingProxyType

from django.utils.translation import gettext_lazy as _

VERBS = MappingProxyType(
    {
        "station.created": _("新增监测站点"),
        "station.changed": _("修改监测站点"),
        "stationname.created": _("新增站点别名"),
        "factor.created": _("新增监测因子"),
        "factor.changed": _("修改监测因子"),
        "device.created": _("登记联网设备"),
        "device.changed": _("修改联网设备"),
        "device.password_set": _("设置联网设备口令"),
        "device.key_set": _("设置联网设备加密密钥"),
        "device.key_removed": _("取消联网设备加密密钥"),
        "devicefactor.created": _("登记设备因子"),
        "devicefactor.changed": _("修改设备因子"),
        "retention.created": _("规定数据保存期限"),
        "retention.changed": _("修改数据保存期限"),
        "retention.applied": _("删除到期数据"),
    }
)
