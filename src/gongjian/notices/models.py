"""The outbox: what is told, to whom, by which channel, and what became of it; and how each person wants to hear."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from gongjian.notices.channels import CHOSEN, Channel, Rhythm
from gongjian.notices.courier import Notice
from gongjian.notices.planning import MORNING, Habit
from gongjian.people.models import User


class DeliveryState(models.TextChoices):
    """Where a delivery stands. ``UNCERTAIN`` is never tried again by itself: the message may have arrived."""

    WAITING = "waiting", _("待发送")
    SENDING = "sending", _("发送中")
    DELIVERED = "delivered", _("已送达")
    FAILED = "failed", _("未送达")
    UNCERTAIN = "uncertain", _("不确定")


MOMENTS = (  # a delivery in this state has this moment, by this constraint
    (DeliveryState.WAITING, "next_at", "delivery_waits_for_a_moment"),
    (DeliveryState.SENDING, "claimed_at", "delivery_under_way_since"),
    (DeliveryState.DELIVERED, "delivered_at", "delivery_arrived_when"),
)
PENDING = (DeliveryState.WAITING, DeliveryState.SENDING)
SETTLED = (DeliveryState.DELIVERED, DeliveryState.FAILED, DeliveryState.UNCERTAIN)
TROUBLED = (DeliveryState.FAILED, DeliveryState.UNCERTAIN)


class Dispatch(models.Model):
    """One notice, written down with the change that caused it, so that neither is without the other."""

    key = models.CharField(_("事由"), max_length=200, unique=True)
    title = models.TextField(_("标题"))
    body = models.TextField(_("正文"), blank=True)
    to = models.JSONField(_("收件人"), default=list)
    link = models.CharField(_("链接"), max_length=300, blank=True)
    about = models.CharField(_("关于"), max_length=130, blank=True)
    urgent = models.BooleanField(_("紧急"), default=False)
    created_at = models.DateTimeField(_("写入时间"))

    class Meta:
        verbose_name = _("消息")
        verbose_name_plural = _("消息")
        ordering = ["id"]
        indexes = [models.Index(fields=["created_at"], name="dispatch_by_age")]

    def __str__(self) -> str:
        return self.title

    def notice(self) -> Notice:
        """The notice it carries."""
        return Notice(self.key, self.title, self.body, tuple(self.to), self.link, self.about, self.urgent)


class Delivery(models.Model):
    """One notice to one reader by one channel. An inbox's is delivered the moment it is written, and bears when it was read.

    The reader is a ``user``, or an ``address`` of somebody without an account. Deliveries with the same ``letter`` went, or are to go,
    in one letter; it is named when first tried and stays the same. ``claimed_at`` is when somebody last set out with it.
    """

    dispatch = models.ForeignKey(Dispatch, models.CASCADE, related_name="deliveries", verbose_name=_("消息"))
    channel = models.CharField(_("方式"), max_length=10, choices=Channel.choices)
    user = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="deliveries", verbose_name=_("收件人"))
    address = models.CharField(_("收件地址"), max_length=254, blank=True)
    state = models.CharField(_("状态"), max_length=10, choices=DeliveryState.choices, default=DeliveryState.WAITING)
    attempts = models.PositiveSmallIntegerField(_("尝试次数"), default=0)
    next_at = models.DateTimeField(_("下次发送"), null=True, blank=True)
    alone = models.BooleanField(_("单独成信"), default=True)
    in_hours = models.BooleanField(_("只在工作时间"), default=False)
    letter = models.CharField(_("信件"), max_length=40, blank=True)
    claimed_at = models.DateTimeField(_("发出时间"), null=True, blank=True)
    delivered_at = models.DateTimeField(_("送达时间"), null=True, blank=True)
    read_at = models.DateTimeField(_("阅读时间"), null=True, blank=True)
    trouble = models.TextField(_("未送达原因"), blank=True)

    class Meta:
        verbose_name = _("送达记录")
        verbose_name_plural = _("送达记录")
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["dispatch", "channel", "user"], condition=Q(user__isnull=False), name="delivery_once_to_a_user"
            ),
            models.UniqueConstraint(
                fields=["dispatch", "channel", "address"], condition=Q(user__isnull=True), name="delivery_once_to_an_address"
            ),
            models.CheckConstraint(condition=Q(user__isnull=False) | ~Q(address=""), name="delivery_has_a_reader"),
            models.CheckConstraint(
                condition=~Q(state=DeliveryState.WAITING) | Q(next_at__isnull=False), name="delivery_waits_for_a_moment"
            ),
            models.CheckConstraint(
                condition=~Q(state=DeliveryState.SENDING) | Q(claimed_at__isnull=False), name="delivery_under_way_since"
            ),
            models.CheckConstraint(
                condition=~Q(state=DeliveryState.DELIVERED) | Q(delivered_at__isnull=False), name="delivery_arrived_when"
            ),
        ]
        indexes = [
            models.Index(fields=["channel", "next_at"], name="delivery_due", condition=Q(state__in=PENDING)),
            models.Index(fields=["user"], name="delivery_unread", condition=Q(channel=Channel.INBOX, read_at=None)),
            models.Index(fields=["user", "channel", "-id"], name="delivery_of_a_reader"),
            models.Index(fields=["channel", "claimed_at"], name="delivery_lately"),
            models.Index(fields=["letter"], name="delivery_of_a_letter", condition=~Q(letter="")),
        ]

    def __str__(self) -> str:
        return f"{self.get_channel_display()}：{self.dispatch.title}"


class Preference(models.Model):
    """How one person wants to hear by one channel; who has none keeps the usual habit."""

    user = models.ForeignKey(User, models.PROTECT, related_name="preferences", verbose_name=_("用户"))
    channel = models.CharField(_("方式"), max_length=10, choices=[(one.value, one.label) for one in CHOSEN])
    rhythm = models.CharField(_("频次"), max_length=12, choices=Rhythm.choices, default=Rhythm.AT_ONCE)
    at = models.TimeField(_("汇总时间"), default=MORNING)
    quiet = models.BooleanField(_("只在工作时间"), default=True)

    class Meta:
        verbose_name = _("接收设置")
        verbose_name_plural = _("接收设置")
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["user", "channel"], name="preference_one_for_a_channel")]

    def __str__(self) -> str:
        return f"{self.user} {self.get_channel_display()}"

    def habit(self) -> Habit:
        """As the rules take it."""
        return Habit(Rhythm(self.rhythm), self.at, self.quiet)
