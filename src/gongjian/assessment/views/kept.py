"""A kept assessment: its ranking, a score opened to its rows, the steps on its way."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from gongjian.assessment.actions import drafting, stepping
from gongjian.assessment.flow import WAY
from gongjian.assessment.forms import ReasonForm, SendForm, VersionForm
from gongjian.assessment.freezing import terms_of
from gongjian.assessment.models import Assessment, AssessmentState, Objection
from gongjian.assessment.queries.opened import opened
from gongjian.assessment.queries.ranking_page import kept_ranking, place_words
from gongjian.assessment.queries.schemes import last_day_to_object
from gongjian.assessment.queries.seeing import Sight, manages, oversees
from gongjian.assessment.verbs import VERBS
from gongjian.assessment.views.asking import asker, seen_assessment, seen_score
from gongjian.kernel.refusal import Refusal
from gongjian.people.permissions import may, require
from gongjian.people.roles import Permission
from gongjian.trail.clock import now
from gongjian.trail.queries import history
from gongjian.ui.asking import attempt

PAGE = 100  # rows of one page of an item
STEPS = ("take_anew", "send", "recall", "publish", "again", "drop")
WAYS = (_("编制"), _("征求意见"), _("公布"))


@login_required
def ranking(request: HttpRequest, pk: int) -> HttpResponse:
    """The ranking, and what can be done next."""
    assessment, sight = seen_assessment(request, pk)
    return _page(request, assessment, sight)


def _page(request: HttpRequest, assessment: Assessment, sight: Sight, refusal: Refusal | None = None) -> HttpResponse:
    objections = [one for one in assessment.objections.select_related("department") if sight.covers(one.department_id)]
    events = history(assessment) if sight.whole else []
    shown = {
        "assessment": assessment,
        "terms": terms_of(assessment.scheme),
        "groups": kept_ranking(assessment, sight),
        "sight": sight,
        "objections": objections,
        "waiting": sum(one.waits for one in objections),
        "events": [{"at": one.at, "by": one.actor_label, "words": VERBS.get(one.verb, one.verb), "why": one.note} for one in events],
        "manages": manages(request.user),
        "oversees": oversees(request.user),
        "can": _can(assessment),
        "later": assessment.later.order_by("-edition").first(),
        "refusal": refusal,
    }
    return render(request, "assessment/ranking.html", shown, status=409 if refusal else 200)


def _can(assessment: Assessment) -> set[str]:
    """The steps open from its state."""
    arrows = {arrow.name for arrow in WAY.open_from(AssessmentState(assessment.state))}
    more = {"take_anew"} if assessment.state == AssessmentState.DRAFT else set()
    return arrows - {"supersede"} | more | ({"again"} if "supersede" in arrows else set())


@login_required
def step(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """A step: its form, then what it does; the same sent twice is refused by what the person saw."""
    assessment, sight = seen_assessment(request, pk)
    require(request.user, Permission.ASSESSMENT_MANAGE)
    if name not in STEPS:
        raise Http404
    if name not in _can(assessment):
        msg = f"{assessment}当前为“{assessment.words_of_state}”，不能“{_TITLES[name]}”，可能已由他人办过。"
        return _page(request, assessment, sight, Refusal(msg))
    form = _form(name, assessment, request)
    refusal = None
    if request.method == "POST" and form.is_valid():
        made: list[Assessment] = []
        refusal = attempt(
            request, lambda: made.append(_ACTS[name](assessment, form.cleaned_data, request)), _("已办理：%s。") % _TITLES[name]
        )
        if refusal is None:
            return redirect("assessment:assessment", pk=made[0].pk)
    shown = {"assessment": assessment, "form": form, "name": name, "title": _TITLES[name], "told": _TOLD[name], "refusal": refusal}
    return render(request, "assessment/step.html", shown, status=409 if refusal else 200)


_TITLES = {"take_anew": "重新取数", "send": "发送征求意见", "recall": "撤回修改", "publish": "公布", "again": "另出新版", "drop": "作废"}
_TOLD = {
    "take_anew": "按现在的考核办法和截至期末（或今天）已经登记的事实重新计算，代替草稿中的数。",
    "send": "事实就此冻结，各部门收到本部门的得分，在异议期内可以提出异议。",
    "recall": "退回编制；已有部门提出异议的不能撤回。",
    "publish": "异议期满、异议全部办结后公布；公布后所有登录用户可见，不能再改，只能另出新版。",
    "again": "另起一份草稿，已采纳的更正带入新版；新版公布后代替本版，本版保留可查。",
    "drop": "草稿作废，不再使用；同一考核期可以重新编制。",
}


def _form(name: str, assessment: Assessment, request: HttpRequest) -> VersionForm:
    typed: Any = request.POST or None
    initial: dict[str, Any] = {"version": assessment.version}
    if name == "send":
        return SendForm(typed, initial=initial | {"until": last_day_to_object(assessment, now().date())})
    return (ReasonForm if name in {"recall", "again", "drop"} else VersionForm)(typed, initial=initial)


Act = Callable[[Assessment, dict[str, Any], HttpRequest], Assessment]


def _take_anew(assessment: Assessment, typed: dict[str, Any], request: HttpRequest) -> Assessment:
    return drafting.take_anew(assessment, by=asker(request), at=now(), version=typed["version"])


def _send(assessment: Assessment, typed: dict[str, Any], request: HttpRequest) -> Assessment:
    return stepping.send_out(assessment, by=asker(request), at=now(), version=typed["version"], until=typed["until"])


def _recall(assessment: Assessment, typed: dict[str, Any], request: HttpRequest) -> Assessment:
    return stepping.recall(assessment, typed["reason"], by=asker(request), at=now(), version=typed["version"])


def _publish(assessment: Assessment, typed: dict[str, Any], request: HttpRequest) -> Assessment:
    return stepping.publish(assessment, by=asker(request), at=now(), version=typed["version"])


def _again(assessment: Assessment, typed: dict[str, Any], request: HttpRequest) -> Assessment:
    return drafting.begin_again(assessment, typed["reason"], by=asker(request), at=now())


def _drop(assessment: Assessment, typed: dict[str, Any], request: HttpRequest) -> Assessment:
    return stepping.drop(assessment, typed["reason"], by=asker(request), at=now(), version=typed["version"])


_ACTS: dict[str, Act] = {
    "take_anew": _take_anew,
    "send": _send,
    "recall": _recall,
    "publish": _publish,
    "again": _again,
    "drop": _drop,
}


@login_required
def score(request: HttpRequest, pk: int, department: int) -> HttpResponse:
    """One department's score opened to its items and rows."""
    assessment, found, sight = seen_score(request, pk, department)
    objections = list(Objection.objects.filter(assessment=assessment, department=department).select_related("department"))
    shown = {
        "assessment": assessment,
        "score": found,
        "department": found.department,
        "group": found.group,
        "total": found.total,
        "sample": found.sample,
        "among": found.among,
        "place": place_words(found.standing, found.rank, found.tied, whole=sight.whole),
        "terms": terms_of(assessment.scheme),
        "items": opened(found, assessment, objections),
        "summary": found.items,
        "objections": objections,
        "as_of": assessment.as_of,
        "may_object": _may_object(request, assessment, department),
        "manages": manages(request.user),
    }
    return render(request, "assessment/score.html", shown)


@login_required
def item(request: HttpRequest, pk: int, department: int, item: str) -> HttpResponse:
    """Every row of one item of a department."""
    assessment, found, _sight = seen_score(request, pk, department)
    objections = list(Objection.objects.filter(assessment=assessment, department=department, item=item))
    every = list(Objection.objects.filter(assessment=assessment, department=department).select_related("department"))
    one = next((one for one in opened(found, assessment, every) if one.item.weighing.kind == item), None)
    if one is None:
        raise Http404
    shown = {
        "assessment": assessment,
        "department": found.department,
        "one": one,
        "page": Paginator(one.rows, PAGE).get_page(request.GET.get("page")),
        "objections": objections,
        "as_of": assessment.as_of,
        "may_object": _may_object(request, assessment, department),
    }
    return render(request, "assessment/item.html", shown)


def _may_object(request: HttpRequest, assessment: Assessment, department: int) -> bool:
    """Whether an objection by this person for the department would be taken today."""
    if assessment.state != AssessmentState.OBJECTING:
        return False
    own = may(request.user, Permission.ASSESSMENT_OBJECT, departments=[department]) and assessment.objectable(now().date())
    return own or manages(request.user)
