"""Posting JSON to a robot's address, which is itself a key: it must never be seen in a log or a sentence."""

from __future__ import annotations

import ipaddress
import json
from collections.abc import Mapping
from http.client import HTTPException
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.parse import parse_qsl, urlsplit
from urllib.request import (
    HTTPDefaultErrorHandler,
    HTTPErrorProcessor,
    HTTPHandler,
    HTTPRedirectHandler,
    HTTPSHandler,
    OpenerDirector,
    ProxyHandler,
    Request,
)

from django.core.exceptions import ImproperlyConfigured

from gongjian.notices.courier import DeliveryError, DoubtfulError

TIMEOUT = 10.0  # seconds
LONGEST = 65_536  # bytes of an answer that are read
SERVER_FAULT = 500
NOT_NOW = {429, 503}  # codes by which a server says that it has not looked at the request


def checked_address(url: str, setting: str) -> str:
    """The address, if what is said to it is safe from listeners: https, or this very machine. The sentence never repeats it."""
    parts = urlsplit(url)
    if parts.hostname and (parts.scheme == "https" or (parts.scheme == "http" and _is_loopback(parts.hostname))):
        return url
    msg = f"{setting} 须是 https 地址（只有本机地址可以用 http），请检查。"
    raise ImproperlyConfigured(msg)


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def post_json(url: str, payload: Mapping[str, Any], *, timeout: float = TIMEOUT) -> dict[str, Any]:
    """Post once, follow no redirect, and return the object that is answered.

    ``DeliveryError`` where the server did not take it, ``DoubtfulError`` where it may have. Errors carry nothing of the address:
    they are not chained to those of the library, which might.
    """
    body = json.dumps(payload, ensure_ascii=False).encode()
    request = Request(url, data=body, headers={"Content-Type": "application/json; charset=utf-8"}, method="POST")  # noqa: S310 - checked_address
    fault: Exception
    try:
        with _opener(urlsplit(url).hostname or "").open(request, timeout=timeout) as answer:
            said = json.loads(answer.read(LONGEST))
    except HTTPError as error:
        with error:
            fault = _refused(error.code)
    except URLError as error:  # before the whole request was out
        fault = DeliveryError(f"连接不上机器人的服务器（{without_keys(str(error.reason), url)}）。")
    except (OSError, HTTPException, ValueError) as error:  # afterwards: silence, a broken answer, or one that is no JSON
        fault = DoubtfulError(f"消息已发出，但没有得到看得懂的答复（{type(error).__name__}），不知是否送达。")
    else:
        if isinstance(said, dict):
            return said
        fault = DoubtfulError("消息已发出，但答复不是约定的格式，不知是否送达。")
    raise fault


def without_keys(text: str, url: str) -> str:
    """``text`` with whatever of the address could open it blotted out."""
    parts = urlsplit(url)
    secrets = {url, parts.query, parts.path, *(value for _, value in parse_qsl(parts.query))} - {"", "/"}
    for secret in sorted(secrets, key=len, reverse=True):
        text = text.replace(secret, "……")
    return text


def _refused(code: int) -> Exception:
    if code >= SERVER_FAULT and code not in NOT_NOW:
        return DoubtfulError(f"机器人的服务器出错（HTTP {code}），不知是否送达。")
    return DeliveryError(f"机器人的服务器没有接受（HTTP {code}）。")


class _NoRedirect(HTTPRedirectHandler):
    """A message is for one address: another that is named in an answer gets nothing."""

    def redirect_request(self, *_: Any, **__: Any) -> None:
        """Never."""


def _opener(host: str) -> OpenerDirector:
    """HTTP and HTTPS only; through the proxy of the environment, but not to this machine."""
    opener = OpenerDirector()
    proxies = ProxyHandler({}) if _is_loopback(host) else ProxyHandler()
    for handler in (proxies, HTTPHandler(), HTTPSHandler(), _NoRedirect(), HTTPErrorProcessor(), HTTPDefaultErrorHandler()):
        opener.add_handler(handler)
    return opener
