"""E-mail, through whatever backend Django's settings name (``GONGJIAN_EMAIL_URL``)."""

from __future__ import annotations

import smtplib
from email.utils import format_datetime, parseaddr
from typing import ClassVar, Self

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.core.validators import validate_email

from gongjian.notices.channels import Channel
from gongjian.notices.courier import DeliveryError, DoubtfulError, Letter, UndeliverableError
from gongjian.notices.letters import one_line, plain_text

LONGEST_SUBJECT = 120  # characters
FOR_EVER = 500  # from this reply code on a mail server means: do not try again
FOOT = "—— 这封邮件由攻坚自动发出，请勿回复；接收方式可在系统右上角个人菜单的“消息设置”中更改。"


class Mail:
    """Sends one e-mail for each letter. Its Message-ID is made of the letter's key, so that a second copy could be told as one."""

    channel: ClassVar[Channel] = Channel.EMAIL
    deduplicates: ClassVar[bool] = False
    per_minute: ClassVar[int | None] = None

    def __init__(self, sender: str, site: str) -> None:
        self._sender = sender
        self._site = site

    @classmethod
    def from_settings(cls) -> Self:
        """From the district's address."""
        return cls(settings.DEFAULT_FROM_EMAIL, settings.GONGJIAN_SITE)

    def deliver(self, letter: Letter) -> None:
        """Connect first, then hand over: only what goes wrong after the handing over is doubtful."""
        message = self._message(letter)
        connection = get_connection()
        try:
            connection.open()
        except OSError as error:  # smtplib's own errors are such too
            msg = f"连接不上邮件服务器或登录被拒（{_why(error)}）。"
            raise DeliveryError(msg) from error
        try:
            _hand_over(connection, message)
        finally:
            connection.close()

    def _message(self, letter: Letter) -> EmailMessage:
        try:
            validate_email(letter.to)
        except ValidationError as error:
            msg = "没有可用的电子邮件地址，请系统管理员在用户资料中登记。"
            raise UndeliverableError(msg) from error
        domain = parseaddr(self._sender)[1].rpartition("@")[2]
        mark = "【紧急】" if letter.urgent else ""
        return EmailMessage(
            f"【攻坚】{mark}{one_line(letter.title)}"[:LONGEST_SUBJECT],
            f"{plain_text(letter, self._site)}\n\n{FOOT}\n",
            self._sender,
            [letter.to],
            headers={
                "Message-ID": f"<{letter.key}@{domain}>",
                "Date": format_datetime(letter.at),
                "Auto-Submitted": "auto-generated",
            },
        )


def _hand_over(connection: BaseEmailBackend, message: EmailMessage) -> None:
    try:
        connection.send_messages([message])
    except smtplib.SMTPRecipientsRefused as error:
        raise _refused(max(code for code, _ in error.recipients.values()), error) from error
    except smtplib.SMTPResponseException as error:
        raise _refused(error.smtp_code, error) from error
    except OSError as error:
        msg = f"邮件已交给服务器但没有得到答复（{_why(error)}），不知是否送达。"
        raise DoubtfulError(msg) from error


def _refused(code: int, error: Exception) -> DeliveryError:
    msg = f"邮件服务器拒收（{code}）：{_why(error)}"
    return UndeliverableError(msg) if code >= FOR_EVER else DeliveryError(msg)


def _why(error: Exception) -> str:
    return one_line(str(error))[:200] or type(error).__name__
