"""Finding a problem: the page with its form, and the door at which drafts arrive, from that form or from a phone's queue."""

from __future__ import annotations

import json
import uuid
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from gongjian.cases.models import EvidenceKind
from gongjian.cases.registry import kinds
from gongjian.fieldwork.actions.receiving import Arrived
from gongjian.fieldwork.forms.checking import CheckForm
from gongjian.fieldwork.forms.drafted import MOST_PHOTOS
from gongjian.fieldwork.forms.finding import FindingForm
from gongjian.fieldwork.models import Sending
from gongjian.fieldwork.parcels import CHECK
from gongjian.fieldwork.queries.choices import kinds_for, origins, streets
from gongjian.fieldwork.views.checking import form_of
from gongjian.fieldwork.views.doors import asker, for_finders, received, shown
from gongjian.inspections.models import Task
from gongjian.inspections.queries.tasks import task as task_of
from gongjian.kernel.refusal import Refusal
from gongjian.ledgers.models import Entry
from gongjian.people.models import User
from gongjian.people.permissions import Forbidden, may, require
from gongjian.people.roles import Permission
from gongjian.trail.clock import now

SIGNED_OUT, FORBIDDEN, CONFLICT, UNPROCESSABLE = 401, 403, 409, 422  # HTTP
MOST_DIGITS = 18


@for_finders
@require_http_methods(["GET", "POST"])
def find(request: HttpRequest) -> HttpResponse:
    """The form of a found problem. Without a script it is sent as it is; with one it becomes a draft first."""
    entry = _entry(request)
    form = _form(request, entry, request.POST or None)
    refusal = None
    if request.method == "POST" and form.is_valid():
        try:
            receipt = received(request, form)
        except Forbidden:
            raise
        except Refusal as said:
            refusal = said
        else:
            messages.success(request, _("已送达：%s。") % receipt.sending.label)
            return redirect("fieldwork:today")
    context = {"form": form, "entry": entry, "refusal": refusal, "most_photos": MOST_PHOTOS, "kinds": _kinds(form)}
    return shown(request, "fieldwork/find.html", context, status=CONFLICT if refusal else UNPROCESSABLE if form.errors else 200)


@require_POST
def drafts(request: HttpRequest) -> HttpResponse:
    """One draft from a phone's queue, answered in JSON: what it became, or one sentence that says why not.

    Sign-in is asked for with 401 instead of a page, so that the phone keeps its drafts and says so.
    """
    if not isinstance(request.user, User):
        return _said(SIGNED_OUT, _("登录已过期，草稿都还在手机里，请重新登录后发送。"))
    if request.POST.get("user") != str(request.user.pk):
        return _said(FORBIDDEN, _("这份草稿不是您写的，没有发送；请由写它的人登录后发送。"))
    try:
        return _taken_in(request)
    except Arrived as standing:
        return _said(CONFLICT, str(standing), **_result(standing.sending))
    except Forbidden as refusal:
        return _said(FORBIDDEN, str(refusal))
    except Refusal as refusal:
        return _said(UNPROCESSABLE, str(refusal))


def _taken_in(request: HttpRequest) -> HttpResponse:
    require(request.user, Permission.CASE_FIND)
    form: FindingForm | CheckForm = _checked(request) if request.POST.get("kind") == CHECK else _form(request, None, request.POST)
    if not form.is_valid():
        return _said(UNPROCESSABLE, _faults(form))
    receipt = received(request, form)
    return JsonResponse({**_result(receipt.sending), "note": receipt.sending.note, "repeated": receipt.repeated})


def _said(status: int, sentence: str, **more: Any) -> HttpResponse:
    return JsonResponse({"sentence": sentence, **more}, status=status)


@require_GET
def hello(request: HttpRequest) -> HttpResponse:
    """Whether there is a server, what time it is there, who is signed in, and the token a draft is sent with; never kept."""
    user = request.user if isinstance(request.user, User) else None
    told = {
        "now": timezone.localtime(now()).isoformat(),
        "user": str(user.pk) if user and may(user, Permission.CASE_FIND) else "",
        "token": get_token(request) if user else "",
    }
    return JsonResponse(told, headers={"Cache-Control": "no-store"})


def _form(request: HttpRequest, entry: Entry | None, typed: Any) -> FindingForm:
    """Without an entry all kinds are there: the one page a phone keeps serves everything, and a kind's own rule says what fits."""
    return FindingForm(
        typed,
        request.FILES or None,
        kinds=kinds_for(entry) if entry else kinds(),
        streets=streets(),
        origins=origins(asker(request)),
        initial={"key": str(uuid.uuid4()), "entry": entry.pk if entry else None, "sort": request.GET.get("sort", "")},
    )


def _checked(request: HttpRequest) -> CheckForm:
    asked = request.POST.get("task", "")
    try:
        told = task_of(int(asked) if asked.isdecimal() and len(asked) <= MOST_DIGITS else 0, asker(request))
    except Task.DoesNotExist as error:
        msg = "这个检查任务已经不在，请回到“今日”刷新列表。"
        raise Refusal(msg) from error
    return form_of(request, told)


def _entry(request: HttpRequest) -> Entry | None:
    asked = request.GET.get("entry", "")
    if not asked:
        return None
    require(request.user, Permission.LEDGER_VIEW)
    return get_object_or_404(Entry, pk=int(asked) if asked.isdecimal() and len(asked) <= MOST_DIGITS else 0)


def _kinds(form: FindingForm) -> str:
    """For the script: of each kind the ledgers whose things it is about (none: anything), and how many photos it cannot do without."""
    needed = {kind.slug: sum(need.least for need in kind.needs("find") if need.kind is EvidenceKind.PHOTO) for kind in form.kinds}
    return json.dumps({kind.slug: {"ledgers": list(kind.ledgers), "photos": needed[kind.slug]} for kind in form.kinds})


def _result(sending: Sending) -> dict[str, Any]:
    return {"label": sending.label, "url": reverse(sending.page, args=[sending.about])}


def _faults(form: forms.Form) -> str:
    """Everything that is wrong with a draft, as one sentence a field."""
    said = [f"{form[name].label if name in form.fields else ''}：{' '.join(map(str, errors))}" for name, errors in form.errors.items()]
    return " ".join(said)
