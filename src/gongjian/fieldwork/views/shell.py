"""What belongs to the phone itself: its queue, the person, the worker that stands in for the network, the manifest."""

from __future__ import annotations

import json

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import gettext as _

from gongjian.fieldwork.queries.sent import lately
from gongjian.fieldwork.shell import NAMES, version
from gongjian.fieldwork.views.doors import asker, for_finders, shown


@for_finders
def outbox(request: HttpRequest) -> HttpResponse:
    """The queue of drafts; all of it is in the phone, the page is only the frame."""
    return shown(request, "fieldwork/outbox.html", {})


@for_finders
def person(request: HttpRequest) -> HttpResponse:
    """Who is signed in, what arrived of theirs, what the phone keeps."""
    return shown(request, "fieldwork/person.html", {"sent": lately(asker(request))})


def offline(request: HttpRequest) -> HttpResponse:
    """What stands in for a page the phone never kept; the same for everybody."""
    return render(request, "fieldwork/offline.html")


def worker(_request: HttpRequest) -> HttpResponse:
    """The service worker. It stands at this address because it may answer for what lies below it, and for nothing else.

    Its text changes with every file it keeps: by that the browser knows that there is a new one.
    """
    told = {
        "version": version(),
        "shell": [static(name) for name in NAMES],
        "home": reverse("fieldwork:today"),
        "fallback": reverse("fieldwork:offline"),
    }
    told["forms"] = [reverse("fieldwork:find"), reverse("fieldwork:outbox")]
    text = f'import {{ begin }} from "{static("fieldwork/worker.js")}";\nbegin(self, {json.dumps(told)});\n'
    return HttpResponse(text, content_type="text/javascript; charset=utf-8", headers={"Cache-Control": "no-cache"})


def manifest(_request: HttpRequest) -> HttpResponse:
    """What the home screen of a phone wants to know."""
    told = {
        "id": reverse("fieldwork:today"),
        "name": _("攻坚 · 外勤"),
        "short_name": _("外勤"),
        "description": _("今日要办的事、现场检查、发现问题；没有网络也能用。"),
        "lang": "zh-Hans",
        "start_url": reverse("fieldwork:today"),
        "scope": reverse("fieldwork:today"),
        "display": "standalone",
        "background_color": "#ffffff",
        "theme_color": "#1f5fbf",
        "icons": [{"src": static("fieldwork/icon.svg"), "sizes": "any", "type": "image/svg+xml", "purpose": "any maskable"}],
        "shortcuts": [{"name": _("发现问题"), "url": reverse("fieldwork:find")}, {"name": _("待发送"), "url": reverse("fieldwork:outbox")}],
    }
    return JsonResponse(told, content_type="application/manifest+json", json_dumps_params={"ensure_ascii": False})
