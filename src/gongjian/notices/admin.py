"""The administrator's look at what was sent: nothing is written here but a second try."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from gongjian.kernel.refusal import Refusal
from gongjian.notices.actions import try_again
from gongjian.notices.models import Delivery
from gongjian.people.admin import BackRoomPage
from gongjian.trail.clock import now


@admin.register(Delivery)
class DeliveryPage(BackRoomPage):
    """Deliveries: whether, when and by which way somebody was told."""

    list_display = ("dispatch", "channel", "reader", "state", "attempts", "next_at", "delivered_at", "trouble")
    list_filter = ("state", "channel")
    search_fields = ("dispatch__title", "user__display_name", "user__username", "address")
    list_select_related = ("dispatch", "user")
    actions = ("send_again",)
    show_full_result_count = False

    @admin.display(description=_("收件人"))
    def reader(self, delivery: Delivery) -> str:
        """A person, or an address."""
        return str(delivery.user or delivery.address)

    @admin.action(description=_("重发所选消息（未送达或不确定的；可能使对方收到两次）"))
    def send_again(self, request: HttpRequest, chosen: QuerySet[Delivery]) -> None:
        """One by one, each with its event; what cannot be is said."""
        for delivery in chosen:
            try:
                try_again(delivery, by=request.user, at=now())  # type: ignore[arg-type] # signed in, or not here
            except Refusal as refusal:
                self.message_user(request, str(refusal), messages.ERROR)
            else:
                self.message_user(request, f"“{delivery}”将在一分钟内重发。", messages.SUCCESS)

    def has_add_permission(self, request: HttpRequest) -> bool:  # noqa: ARG002 - Django's signature
        """Nobody: deliveries come of notices."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:  # noqa: ARG002 - Django's signature
        """Nobody."""
        return False

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        """The list, headed by what it is."""
        return super().changelist_view(request, {**(extra_context or {}), "title": _("消息送达记录")})
