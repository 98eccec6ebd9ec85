"""Messages: a person's inbox, and how they want to hear otherwise."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from gongjian.kernel.refusal import Refusal
from gongjian.notices import actions, couriers, queries
from gongjian.notices.channels import CHOSEN, Channel
from gongjian.people.permissions import require
from gongjian.people.roles import Permission
from gongjian.trail.clock import now
from gongjian.ui.asking import attempt
from gongjian.web.forms import HabitForm

PAGE = 30
KEPT = ("subject", "only", "page")  # what an address of the inbox may carry


@login_required
def inbox(request: HttpRequest) -> HttpResponse:
    """Unread messages first, a page at a time; by kind of subject where that is asked for."""
    require(request.user, Permission.PLAN_VIEW)
    subjects = queries.subjects_of(request.user)  # type: ignore[arg-type] # signed in
    subject = request.GET.get("subject", "")
    only = request.GET.get("only") == "unread"
    entries = queries.inbox(request.user, subject=subject if subject in subjects else "", unread_only=only)  # type: ignore[arg-type]
    return render(
        request,
        "web/inbox.html",
        {
            "leaf": Paginator(entries, PAGE).get_page(request.GET.get("page")),
            "subjects": subjects,
            "subject": subject if subject in subjects else "",
            "only": only,
            "newest": queries.newest(request.user),  # type: ignore[arg-type]
            "back": request.GET.urlencode(),
        },
    )


@login_required
@require_POST
def open_entry(request: HttpRequest, pk: int) -> HttpResponse:
    """Go to what a message is about; it counts as read."""
    try:
        entry = actions.mark_read(pk, by=request.user, at=now())  # type: ignore[arg-type] # signed in
    except Refusal as refusal:
        raise Http404(str(refusal)) from refusal
    return HttpResponseRedirect(entry.dispatch.link) if entry.dispatch.link else _back(request)


@login_required
@require_POST
def read_entry(request: HttpRequest, pk: int) -> HttpResponse:
    """One message is read."""
    try:
        actions.mark_read(pk, by=request.user, at=now())  # type: ignore[arg-type] # signed in
    except Refusal as refusal:
        raise Http404(str(refusal)) from refusal
    return _back(request)


@login_required
@require_POST
def read_all(request: HttpRequest) -> HttpResponse:
    """All that the page could have shown is read."""
    through = request.POST.get("through", "")
    if through.isascii() and through.isdecimal() and len(through) < len(str(2**63)):
        number = actions.mark_all_read(by=request.user, at=now(), through=int(through))  # type: ignore[arg-type] # signed in
        messages.success(request, f"已将 {number} 条消息标为已读。")
    return _back(request)


@login_required
def settings(request: HttpRequest) -> HttpResponse:
    """How one wants to hear by each channel, and what did not arrive lately."""
    require(request.user, Permission.PLAN_VIEW)
    habits = queries.habits_of([request.user])[request.user.pk]  # type: ignore[list-item, index] # signed in
    typed = request.POST if request.method == "POST" else None
    forms = {channel: HabitForm(typed, prefix=channel.value, initial=HabitForm.from_habit(habits[channel])) for channel in CHOSEN}
    refusal = None
    if typed is not None and all([form.is_valid() for form in forms.values()]):  # noqa: C419 - every form is to show its errors
        chosen = {channel: form.habit() for channel, form in forms.items()}
        refusal = attempt(request, lambda: actions.choose_habits(chosen, by=request.user, at=now()), "消息设置已保存。")  # type: ignore[arg-type]
        if refusal is None:
            return redirect("web:notice-settings")
    in_use = couriers.current()
    shown = {
        "channels": [(channel, form, channel in in_use) for channel, form in forms.items()],
        "email": Channel.EMAIL,
        "troubled": queries.troubled(request.user),  # type: ignore[arg-type]
        "refusal": refusal,
    }
    return render(request, "web/notice_settings.html", shown, status=409 if refusal else 200)


def _back(request: HttpRequest) -> HttpResponse:
    asked = QueryDict(request.POST.get("back", "")[:500], mutable=False)
    kept = QueryDict(mutable=True)
    kept.update({name: asked[name] for name in KEPT if name in asked})
    return redirect(f"{reverse('web:inbox')}{'?' if kept else ''}{kept.urlencode()}")
