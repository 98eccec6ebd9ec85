"""What a person is told when something is refused or breaks."""

from __future__ import annotations

import logging
import secrets
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from gongjian.people.permissions import Forbidden
from gongjian.telemetry.live.port import UnreadableError

log = logging.getLogger("gongjian.errors")


class SpeakPlainly:
    """Turns a refusal of the rules into a page that says who may, and a lost file into one that says which."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """A page for ``Forbidden`` and for archived data that cannot be read; anything else goes on to Django."""
        if isinstance(error, Forbidden):
            return render(request, "ui/forbidden.html", {"reason": str(error)}, status=403)
        if isinstance(error, UnreadableError):
            log.error("%s", error)
            return render(request, "ui/unreadable.html", {"reason": str(error)}, status=503)
        return None


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403."""
    return render(request, "ui/forbidden.html", {"reason": str(exception or "")}, status=403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001 - Django's signature
    """404."""
    return render(request, "ui/notfound.html", status=404)


def broken(request: HttpRequest) -> HttpResponse:
    """500, with a number to quote that is also in the log."""
    number = secrets.token_hex(4).upper()
    log.error("page broke, number %s: %s %s", number, request.method, request.path)
    shown = {"number": number, "simulated": settings.DEMONSTRATION}
    return HttpResponse(render_to_string("ui/broken.html", shown), status=500)  # without what may have broken too


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001 - Django's signature
    """The form was open too long or came from elsewhere."""
    return render(request, "ui/forbidden.html", {"reason": "这张表单已过期或不是从本系统打开的，请返回上一页刷新后重新提交。"}, status=403)
