"""Inspections by lot: the plans, and one plan step by step from its rule to its tasks."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from gongjian.inspections.actions.drawing import Wanted, assign, call_off, draw_lots, freeze, plan_draw
from gongjian.inspections.forms import DrawForm, FreezeForm, ReasonForm, SeedForm
from gongjian.inspections.models import DrawObject, DrawPlan, DrawState, SeedWay
from gongjian.inspections.queries.drawing import departments_of, drawn_objects, plans, possible_inspectors, rule_words, verify
from gongjian.inspections.queries.universe import how_many
from gongjian.inspections.views.asking import asker, form_page, frame
from gongjian.kernel.refusal import Refusal
from gongjian.ledgers.registry import find_ledger
from gongjian.people.permissions import may, reach, require
from gongjian.people.roles import Permission
from gongjian.trail.clock import now
from gongjian.ui.asking import attempt

PAGE = 100  # objects of one page of the frozen list
WAY = ("定规则", "冻结名单", "抽取", "下达")
PLACE = {DrawState.DRAFT: 2, DrawState.FROZEN: 3, DrawState.DRAWN: 4, DrawState.ASSIGNED: 5}


@login_required
def listing(request: HttpRequest) -> HttpResponse:
    """Every plan this person may see, those called off included."""
    require(request.user, Permission.TASK_VIEW)
    page = Paginator(plans(reach(request.user, Permission.TASK_VIEW)), PAGE).get_page(request.GET.get("page"))
    return render(request, "inspections/draws.html", frame(request, "draws") | {"page": page, "plans": page.object_list})


@login_required
def new(request: HttpRequest) -> HttpResponse:
    """Write a rule down, and where the seed will come from."""
    require(request.user, Permission.TASK_MANAGE)
    form, refusal, made = DrawForm(request.POST or None), None, []
    if request.method == "POST" and form.is_valid():
        wanted = Wanted(**form.cleaned_data)
        refusal = attempt(request, lambda: made.append(plan_draw(wanted, by=asker(request), at=now())), _("规则已定，下一步冻结名单。"))
        if made:
            return redirect("inspections:draw", pk=made[0].pk)
    return form_page(request, _("制定抽查计划"), form, reverse("inspections:draws"), refusal, crumbs=_crumbs())


@login_required
def plan(request: HttpRequest, pk: int) -> HttpResponse:
    """A plan as it stands: rule, lists, seed, result, and the next step for whoever may take it."""
    return _page(request, _seen(request, pk))


@login_required
def paper(request: HttpRequest, pk: int) -> HttpResponse:
    """The plan and its result on paper, with all that is needed to compute it again."""
    found = _seen(request, pk)
    return render(request, "inspections/draw_paper.html", _told(found) | {"at": now()})


@login_required
def objects(request: HttpRequest, pk: int) -> HttpResponse:
    """The frozen list of objects."""
    found = _seen(request, pk)
    page = Paginator(DrawObject.objects.filter(plan=found).order_by("code"), PAGE).get_page(request.GET.get("page"))
    return render(request, "inspections/draw_objects.html", {"plan": found, "page": page, "objects": page.object_list})


@login_required
def frozen(request: HttpRequest, pk: int) -> HttpResponse:
    """Choose who may be drawn as an inspector, and fix both lists."""
    found, on = _managed(request, pk), now().date()
    people = possible_inspectors(on)
    own = [user.pk for user in people if found.department.name in departments_of(user, on)]
    form, refusal = FreezeForm(request.POST or None, people=people, initial={"users": own}), None
    if request.method == "POST" and form.is_valid():
        users = list(form.cleaned_data["users"])
        refusal = attempt(request, lambda: freeze(found, users, by=asker(request), at=now()), _("名单已冻结，下一步用种子抽取。"))
        if refusal is None:
            return redirect("inspections:draw", pk=pk)
    ledger = find_ledger(found.ledger)
    lede = _("“%(title)s”按筛选现有 %(n)d %(unit)s；冻结后名单和规则都不能再改。") % {
        "title": ledger.title,
        "n": how_many(found.ledger, found.given, on),
        "unit": ledger.unit,
    }
    return form_page(request, _("冻结名单"), form, reverse("inspections:draw", args=[pk]), refusal, crumbs=_crumbs(found), lede=lede)


@login_required
def lots(request: HttpRequest, pk: int) -> HttpResponse:
    """Type the seed; the draw follows at once."""
    found, refusal = _managed(request, pk), None
    form = SeedForm(request.POST or None, way=found.seed_way)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        seed, known = said["seed"], said.get("known_at")
        refusal = attempt(request, lambda: draw_lots(found, seed, known_at=known, by=asker(request), at=now()), _("已抽取。"))
        if refusal is None:
            return redirect("inspections:draw", pk=pk)
    lede = _("来源：%s。") % found.seed_source
    return form_page(request, _("抽取"), form, reverse("inspections:draw", args=[pk]), refusal, crumbs=_crumbs(found), lede=lede)


@login_required
@require_POST
def assigned(request: HttpRequest, pk: int) -> HttpResponse:
    """Give the tasks out."""
    found = _managed(request, pk)
    return _acted(request, found, lambda: assign(found, by=asker(request), at=now()), _("任务已下达给抽中的检查人员。"))


@login_required
def called_off(request: HttpRequest, pk: int) -> HttpResponse:
    """Call a plan off, for a reason everybody can read."""
    found, refusal = _managed(request, pk), None
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        refusal = attempt(request, lambda: call_off(found, reason, by=asker(request), at=now()), _("已作废，计划仍可查看。"))
        if refusal is None:
            return redirect("inspections:draw", pk=pk)
    return form_page(request, _("作废抽查计划"), form, reverse("inspections:draw", args=[pk]), refusal, crumbs=_crumbs(found))


def _acted(request: HttpRequest, found: DrawPlan, act: Callable[[], object], done: str) -> HttpResponse:
    refusal = attempt(request, act, done)
    return _page(request, _seen(request, found.pk), refusal) if refusal else redirect("inspections:draw", pk=found.pk)


def _page(request: HttpRequest, found: DrawPlan, refusal: Refusal | None = None) -> HttpResponse:
    shown = _told(found) | {
        "refusal": refusal,
        "way": WAY,
        "place": PLACE.get(DrawState(found.state)),
        "may_change": may(request.user, Permission.TASK_MANAGE, departments=[found.department_id]),
    }
    return render(request, "inspections/draw.html", shown, status=409 if refusal else 200)


def _told(found: DrawPlan) -> dict[str, Any]:
    """The plan as it is published; a draw is computed again whenever it is shown."""
    drawn = drawn_objects(found)
    names = {row["key"]: row["name"] for row in found.pool}
    return {
        "plan": found,
        "ledger": find_ledger(found.ledger),
        "rule": rule_words(found),
        "things": DrawObject.objects.filter(plan=found).count(),
        "rows": [(row, "、".join(names.get(key, key) for key in row.inspectors), next(iter(row.tasks.all()), None)) for row in drawn],
        "people": [(row["name"], "、".join(row["departments"]), len(row["barred"])) for row in found.pool],
        "wrong": verify(found) if found.drawn_at else None,
        "sealed": found.seed_way == SeedWay.SEALED,
    }


def _seen(request: HttpRequest, pk: int) -> DrawPlan:
    found = get_object_or_404(DrawPlan.objects.select_related("department"), pk=pk)
    require(request.user, Permission.TASK_VIEW, departments=[found.department_id])
    return found


def _managed(request: HttpRequest, pk: int) -> DrawPlan:
    found = _seen(request, pk)
    require(request.user, Permission.TASK_MANAGE, departments=[found.department_id])
    return found


def _crumbs(found: DrawPlan | None = None) -> list[dict[str, str]]:
    crumbs = [{"title": _("检查"), "url": reverse("inspections:mine")}, {"title": _("双随机"), "url": reverse("inspections:draws")}]
    return [*crumbs, {"title": found.title, "url": reverse("inspections:draw", args=[found.pk])}] if found else crumbs
