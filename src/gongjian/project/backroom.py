"""The administrator's back room: departments, people, the working calendar, the log."""

from django.contrib.admin import AdminSite
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from gongjian.people.permissions import may
from gongjian.people.roles import Permission


class BackRoom(AdminSite):
    """Open to whoever may manage people, and to nobody else."""

    site_header = _("攻坚 · 后台管理")
    site_title = _("攻坚后台")
    index_title = _("部门、人员与工作日历")
    site_url = "/"

    def has_permission(self, request: HttpRequest) -> bool:
        """Whether this person may enter at all."""
        return bool(request.user.is_active and may(request.user, Permission.PEOPLE_MANAGE))
