"""The battle map (作战图)."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from gongjian.people.permissions import require
from gongjian.people.roles import Permission
from gongjian.plans.lights import Light
from gongjian.plans.queries import sifting
from gongjian.plans.queries.board import Board, board, count_lights
from gongjian.plans.queries.programmes import programmes
from gongjian.plans.queries.sifting import Sieve
from gongjian.ui.dating import DateShown
from gongjian.web.showing import chosen, shown


def wall(request: HttpRequest, slug: str = "") -> HttpResponse:
    """The whole plan on the day asked for; filters narrow it."""
    require(request.user, Permission.PLAN_VIEW)
    every = programmes()
    if not every:
        return render(request, "web/no_plan.html")
    programme = chosen(every, slug)
    dating = shown(request, programme)
    whole = board(programme, dating.on)
    sieve = asked(request)
    return render(request, "web/wall.html", context(whole, sieve, dating) | {"programmes": every})


DUE_WORDS = (
    ("overdue", _("已过期未完成")),
    ("soon", _("30 天内到期")),
    ("year-end", _("年底前")),
    ("date", _("指定日期")),
    ("milestones", _("按时间节点完成")),
    ("ongoing", _("长期实施")),
)


def asked(request: HttpRequest) -> Sieve:
    """The filter that the address carries; nonsense asks nothing."""
    get = request.GET.get
    department = get("department", "")
    return Sieve(
        plan=get("plan", ""),
        light=get("light", "") if get("light", "") in set(Light) else "",
        department=int(department) if department.isdecimal() and len(department) < 10 else None,  # noqa: PLR2004 - an id, not a novel
        due=get("due", "") if get("due", "") in sifting.DUE_CHOICES else "",
        text=get("text", "")[:80],
        turned_red=get("turned") == "red",
    )


def context(whole: Board, sieve: Sieve, dating: DateShown) -> dict[str, Any]:
    """What the page shows: counts are of the whole plan, rows are what the sieve keeps."""
    kept = sifting.sift(whole, sieve) if sieve else whole
    return {
        "programme": whole.programme,
        "board": kept,
        "found": len(kept.rows),
        "total": len(whole.rows),
        "counts": count_lights(whole.rows),
        "sheets": list(zip(kept.sheets, whole.sheets, strict=True)),
        "sieve": sieve,
        "dating": dating,
        "departments": sifting.named_departments(whole.rows),
        "shares": sifting.department_shares(whole),
        "decisions": sifting.decisions(whole),
        "newly_red": sifting.newly_red(whole),
        "due_soon": sifting.due_soon(whole),
        "due_choices": DUE_WORDS,
        "search_url": reverse("web:map", args=[whole.programme.slug]),
        "search_text": sieve.text,
    }
