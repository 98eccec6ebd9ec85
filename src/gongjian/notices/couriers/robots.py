"""Robots of group chats: WeCom (企业微信) and DingTalk (钉钉). Both take Markdown by webhook and at most twenty messages a minute.

Sources: WeCom 群机器人配置说明 (developer.work.weixin.qq.com/document/path/91770): markdown up to 4096 bytes, 20 a minute. DingTalk
自定义机器人接入: HMAC-SHA256 over time stamp and secret, 20 a minute, beyond which it is silent for ten minutes.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import time
from collections.abc import Callable, Mapping
from typing import Any, ClassVar, Self
from urllib.parse import urlencode

from django.conf import settings

from gongjian.notices.channels import Channel
from gongjian.notices.courier import DeliveryError, DoubtfulError, Letter
from gongjian.notices.couriers.posting import checked_address, post_json, without_keys
from gongjian.notices.letters import markdown, one_line

PER_MINUTE = 20
LONGEST_TITLE = 60  # characters: what a telephone shows of a message before it is opened
WECOM_BYTES, DINGTALK_BYTES = 4096, 16_000


class _Robot:
    """A robot that answers ``errcode`` 0 when it has posted."""

    deduplicates: ClassVar[bool] = False
    per_minute: ClassVar[int | None] = PER_MINUTE
    _name: ClassVar[str]

    def __init__(self, url: str, site: str) -> None:
        self._url = url
        self._site = site

    def deliver(self, letter: Letter) -> None:
        """Post, and believe nothing but a plain yes."""
        said = post_json(self._address(), self._payload(letter))
        code = said.get("errcode")
        if code == 0:
            return
        if not isinstance(code, int):
            msg = f"{self._name}机器人的答复里没有结果，不知是否送达。"
            raise DoubtfulError(msg)
        why = without_keys(one_line(str(said.get("errmsg", ""))), self._url)[:200]
        msg = f"{self._name}机器人没有接受（{code}）：{why}"
        raise DeliveryError(msg)

    def _address(self) -> str:
        return self._url

    def _payload(self, letter: Letter) -> Mapping[str, Any]:
        raise NotImplementedError


class WeCom(_Robot):
    """The robot of a WeCom group."""

    channel: ClassVar[Channel] = Channel.WECOM
    _name = "企业微信"

    @classmethod
    def from_settings(cls) -> Self:
        """The group's address as the district keeps it."""
        return cls(checked_address(settings.GONGJIAN_WECOM_URL, "GONGJIAN_WECOM_URL"), settings.GONGJIAN_SITE)

    def _payload(self, letter: Letter) -> Mapping[str, Any]:
        return {"msgtype": "markdown", "markdown": {"content": markdown(letter, self._site, most=WECOM_BYTES)}}


class DingTalk(_Robot):
    """The robot of a DingTalk group, secured by a signature (加签) where ``secret`` is given.

    ``clock`` gives Unix seconds: DingTalk wants the real time, also of a demonstration that lives in another year.
    """

    channel: ClassVar[Channel] = Channel.DINGTALK
    _name = "钉钉"

    def __init__(self, url: str, site: str, secret: str, clock: Callable[[], float] = time.time) -> None:
        super().__init__(url, site)
        self._secret = secret
        self._clock = clock

    @classmethod
    def from_settings(cls) -> Self:
        """The group's address and secret as the district keeps them."""
        url = checked_address(settings.GONGJIAN_DINGTALK_URL, "GONGJIAN_DINGTALK_URL")
        return cls(url, settings.GONGJIAN_SITE, settings.GONGJIAN_DINGTALK_SECRET)

    def _address(self) -> str:
        if not self._secret:
            return self._url
        stamp = str(round(self._clock() * 1000))
        return f"{self._url}{'&' if '?' in self._url else '?'}{urlencode({'timestamp': stamp, 'sign': signature(stamp, self._secret)})}"

    def _payload(self, letter: Letter) -> Mapping[str, Any]:
        title = one_line(letter.title)[:LONGEST_TITLE]
        return {"msgtype": "markdown", "markdown": {"title": title, "text": markdown(letter, self._site, most=DINGTALK_BYTES)}}


def signature(stamp: str, secret: str) -> str:
    """DingTalk's signature: Base64 of the HMAC-SHA256 of ``stamp`` (milliseconds), a line end and the secret, under the secret."""
    return base64.b64encode(hmac.new(secret.encode(), f"{stamp}\n{secret}".encode(), hashlib.sha256).digest()).decode()
