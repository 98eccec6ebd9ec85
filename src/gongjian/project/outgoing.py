"""How messages leave the house, out of the environment: read by the settings, so nothing here may need Django to have started."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import time
from email.utils import parseaddr
from urllib.parse import unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

from gongjian.notices.couriers.posting import checked_address

MAIL = "gongjian.notices.couriers.mail.Mail"
WECOM = "gongjian.notices.couriers.robots.WeCom"
DINGTALK = "gongjian.notices.couriers.robots.DingTalk"
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


def sender(url: str, named: str) -> str:
    """Whom e-mails come from (``GONGJIAN_EMAIL_FROM``); ImproperlyConfigured where there is a mail server and nobody is named."""
    if url and "@" not in parseaddr(named)[1]:
        msg = "设置了 GONGJIAN_EMAIL_URL，还须设置发件人 GONGJIAN_EMAIL_FROM，例如 攻坚 <gongjian@example.gov.cn>。"
        raise ImproperlyConfigured(msg)
    return named or "gongjian@localhost"


def robot_address(name: str, url: str) -> str:
    """The address of a group's robot as setting ``name`` gives it, or none; ImproperlyConfigured for one that others could listen to."""
    return checked_address(url, name) if url else ""


def couriers_in_use(*, email: str, wecom: str, dingtalk: str, console: bool) -> list[str]:
    """The couriers by dotted path: those with an address, and the console where it is wanted."""
    wanted = {MAIL: email, WECOM: wecom, DINGTALK: dingtalk, CONSOLE: console}
    return [path for path, given in wanted.items() if given]


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
