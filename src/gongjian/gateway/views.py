"""The page of the gateway: who is on the line, who is not known, what was refused."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from gongjian.gateway import actions, queries
from gongjian.kernel.refusal import Refusal
from gongjian.people.permissions import may, require
from gongjian.people.roles import Permission
from gongjian.telemetry.actions import enrol
from gongjian.trail.clock import now

PAGE = 50


@login_required
def devices(request: HttpRequest) -> HttpResponse:
    """Devices a page at a time, strangers, refused frames."""
    require(request.user, Permission.DEVICE_MANAGE)
    leaf = Paginator(queries.devices(), PAGE).get_page(request.GET.get("page"))
    found = {"leaf": leaf, "lines": queries.lines(list(leaf)), "strangers": queries.strangers(), "refusals": queries.refusals()}
    return render(request, "gateway/devices.html", found | {"may_maintain": may(request.user, Permission.PEOPLE_MANAGE)})


@login_required
@require_POST
def register(request: HttpRequest) -> HttpResponse:
    """Register a stranger, and take what it sent before as far as it can be taken."""
    protocol, code = request.POST.get("protocol", ""), request.POST.get("code", "")
    try:
        at = now()
        device = enrol(protocol, code, by=request.user, at=at)  # type: ignore[arg-type] # signed in
        found = actions.replay(code, by=request.user, at=at)  # type: ignore[arg-type] # signed in
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, f"已登记 {device.code}，补收此前的报文 {found.taken} 条；请在后台补充名称、口令和站点。")
    return redirect("gateway:devices")


@login_required
@require_POST
def replay(request: HttpRequest) -> HttpResponse:
    """Take what devices' profiles allow by now."""
    try:
        found = actions.replay(request.POST.get("code", ""), by=request.user, at=now())  # type: ignore[arg-type] # signed in
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, f"重放 {found.tried} 条：采用 {found.taken} 条，仍不能采用 {found.tried - found.taken} 条。")
    return redirect("gateway:devices")
