"""The page of one month's report, as every view that ends on it shows it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from gongjian.kernel.months import Month
from gongjian.kernel.refusal import Refusal
from gongjian.people.models import User
from gongjian.people.permissions import may, require
from gongjian.people.roles import Permission
from gongjian.plans.flow import REPORT
from gongjian.plans.models import Measure, Report
from gongjian.plans.models.performance import ReportState
from gongjian.plans.queries.contributions import contribution_days
from gongjian.plans.queries.detail import detail
from gongjian.plans.queries.frozen import freeze_of
from gongjian.plans.queries.helping import Help, Helper, help_of
from gongjian.plans.queries.reports import answering, due_days
from gongjian.web.forms import ContributionForm, ReasonForm, ReportForm
from gongjian.web.showing import shown


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    """What somebody typed and is shown again: a report, a reason for returning it, or a contribution (``department``, None: none)."""

    form: ReportForm | None = None
    reason: str = ""
    contribution: ContributionForm | None = None
    department: int | None = None
    returning: str = ""


NOTHING = Typed()


def asker(request: HttpRequest) -> User:
    """Who is signed in; pages that act ask for that first."""
    assert isinstance(request.user, User)  # noqa: S101 - login_required stands before  # nosec B101
    return request.user


def report_page(
    request: HttpRequest, measure: Measure, month: Month, *, typed: Typed = NOTHING, refusal: Refusal | None = None
) -> HttpResponse:
    """The page; 409 with a ``refusal``, and what was ``typed`` still there."""
    seen = detail(measure, shown(request, measure.programme).last)
    leads = answering(seen.lead)
    require(request.user, Permission.REPORT_VIEW, departments=[*leads, *answering(seen.support)])
    stored = Report.objects.filter(measure=measure, month=month.first).select_related("department").first()
    frozen = freeze_of(measure.programme_id, month)
    steps = set() if frozen else _open_steps(request, stored, leads)
    helping = help_of(measure, month, seen.support, leads, asker(request))
    context = {
        "programme": measure.programme,
        "measure": measure,
        "seen": seen,
        "month": month,
        "due": due_days(measure.programme)[month],
        "stored": stored,
        "files": stored.files.all() if stored else (),
        "frozen": frozen,
        "form": typed.form if typed.form and not frozen else (_form(stored) if "submit" in steps else None),
        "steps": steps if stored else set(),
        "history": stored.steps.all() if stored else (),
        "reason_form": ReasonForm({"reason": typed.reason} if typed.reason else None),
        "helping": helping,
        "helper_forms": [] if frozen else _helper_forms(helping, typed),
        "contribution_due": contribution_days(measure.programme)[month],
        "typed": typed,
        "refusal": refusal,
        "search_url": reverse("web:home"),
    }
    return render(request, "web/report.html", context, status=409 if refusal else 200)


def _open_steps(request: HttpRequest, stored: Report | None, leads: list[int]) -> set[str]:
    state = ReportState(stored.state) if stored else ReportState.DRAFT
    return {step.name for step in REPORT.open_from(state) if may(request.user, Permission(step.permission), departments=leads)}


def _form(stored: Report | None) -> ReportForm:
    fields = ("standing", "progress", "difficulties", "next_steps", "version")
    return ReportForm(initial={name: getattr(stored, name) for name in fields} if stored else {"standing": "on_course"})


def _helper_forms(helping: Help, typed: Typed) -> list[tuple[Helper, ContributionForm]]:
    """A form for each contribution this person may write now."""
    return [(one, _helper_form(one, typed)) for one in helping.helpers if one.own and not one.handed]


def _helper_form(helper: Helper, typed: Typed) -> ContributionForm:
    if typed.contribution is not None and typed.department == helper.department.pk:
        return typed.contribution
    standing = helper.contribution
    initial: dict[str, Any] = {"text": standing.text, "version": standing.version} if standing else {}
    return ContributionForm(initial=initial, department=helper.department.pk)
