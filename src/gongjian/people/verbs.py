"""The verbs this room writes into the log, and how a screen says them."""

from types import MappingProxyType

from django.utils.translation import gettext_lazy as _

VERBS = MappingProxyType(
    {
        "department.created": _("新增部门"),
        "department.changed": _("修改部门"),
        "departmentalias.created": _("新增部门别名"),
        "departmentalias.changed": _("修改部门别名"),
        "departmentalias.removed": _("删除部门别名"),
        "departmentgroup.created": _("新增部门统称"),
        "departmentgroup.changed": _("修改部门统称"),
        "user.created": _("新增用户"),
        "user.changed": _("修改用户"),
        "user.password_set": _("设置密码"),
        "post.created": _("任职"),
        "post.ended": _("结束任职"),
        "calendarday.created": _("新增特殊日期"),
        "calendarday.changed": _("修改特殊日期"),
        "calendarday.removed": _("删除特殊日期"),
        "calendar.seeded": _("导入节假日安排"),
    }
)
