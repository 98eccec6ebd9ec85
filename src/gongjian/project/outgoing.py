"""How messages leave the house, out of the environment: read by the settings, so nothing here may need Django to have started."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import time
from email.utils import parseaddr
from urllib.parse import unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

COURIERS = {  # the setting that brings a courier into use, and its class
    "GONGJIAN_EMAIL_URL": "gongjian.notices.couriers.mail.Mail",
    "GONGJIAN_WECOM_URL": "gongjian.notices.couriers.robots.WeCom",
    "GONGJIAN_DINGTALK_URL": "gongjian.notices.couriers.robots.DingTalk",
}
CONSOLE = "gongjian.notices.couriers.plain.Console"
PORTS = {"smtp": 25, "smtp+starttls": 587, "smtps": 465}


@dataclass(frozen=True, slots=True)
class MailServer:
    """Django's settings of e-mail; the password shows nowhere."""

    backend: str = "django.core.mail.backends.smtp.EmailBackend"
    host: str = "localhost"
    port: int = 25
    user: str = ""
    password: str = field(default="", repr=False)
    ssl: bool = False
    starttls: bool = False


def mail_server(url: str) -> MailServer:
    """``smtps://name:password@host:465``, ``smtp+starttls://…``, ``smtp://…``; an empty one is never used.

    ImproperlyConfigured for anything else, in a sentence that does not repeat the password.
    """
    if not url:
        return MailServer()
    try:
        parts = urlsplit(url)
        port = parts.port or PORTS[parts.scheme]
    except (KeyError, ValueError):
        parts, port = urlsplit(""), 0
    if not parts.hostname:
        msg = "GONGJIAN_EMAIL_URL 应写成 smtps://用户名:密码@服务器:465（或 smtp+starttls://、smtp://），请检查。"
        raise ImproperlyConfigured(msg)
    return MailServer(
        host=parts.hostname,
        port=port,
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        ssl=parts.scheme == "smtps",
        starttls=parts.scheme == "smtp+starttls",
    )


def sender(environment: Mapping[str, str]) -> str:
    """Whom e-mails come from (``GONGJIAN_EMAIL_FROM``); ImproperlyConfigured where e-mail is in use and nobody is named."""
    named = environment.get("GONGJIAN_EMAIL_FROM", "")
    if environment.get("GONGJIAN_EMAIL_URL") and "@" not in parseaddr(named)[1]:
        msg = "设置了 GONGJIAN_EMAIL_URL，还须设置发件人 GONGJIAN_EMAIL_FROM，例如 攻坚 <gongjian@example.gov.cn>。"
        raise ImproperlyConfigured(msg)
    return named or "gongjian@localhost"


def couriers_in_use(environment: Mapping[str, str], *, console: bool) -> list[str]:
    """The couriers whose settings are given; the console where ``GONGJIAN_CONSOLE`` says so or, unsaid, where ``console`` does."""
    printing = environment.get("GONGJIAN_CONSOLE", "1" if console else "0") == "1"
    return [path for name, path in COURIERS.items() if environment.get(name)] + ([CONSOLE] if printing else [])


def office_hours(written: str) -> tuple[time, time]:
    """``08:00-20:00`` as two times; ImproperlyConfigured for anything else."""
    try:
        opens, closes = (time.fromisoformat(part.strip()) for part in written.split("-"))
    except ValueError:
        opens = closes = time.min
    if opens >= closes:
        msg = "GONGJIAN_OFFICE_HOURS 应写成 08:00-20:00，起在前、止在后，请检查。"
        raise ImproperlyConfigured(msg)
    return opens, closes
