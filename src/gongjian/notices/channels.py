"""The ways a notice goes to people, and how often somebody wants to hear by one of them."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Channel(models.TextChoices):
    """A way to people. A robot posts into a group, the console writes a line for whoever runs the program: both reach all at once."""

    INBOX = "inbox", _("站内消息")
    EMAIL = "email", _("电子邮件")
    WECOM = "wecom", _("企业微信群")
    DINGTALK = "dingtalk", _("钉钉群")
    CONSOLE = "console", _("控制台")


class Rhythm(models.TextChoices):
    """How often somebody wants to hear."""

    AT_ONCE = "at_once", _("即时")
    DAILY = "daily", _("每天汇总一次")
    WORKING_DAYS = "working_days", _("每个工作日汇总一次")
    NEVER = "never", _("不接收")


CHOSEN = (Channel.EMAIL, Channel.WECOM, Channel.DINGTALK)  # those a person has a say in: the inbox cannot be shut
SHARED = frozenset({Channel.WECOM, Channel.DINGTALK, Channel.CONSOLE})  # one letter reaches everybody it names
