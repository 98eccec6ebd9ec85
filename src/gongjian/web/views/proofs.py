"""Files shown for a report or a contribution: only to those who may see it, never by path, never as anything but what they are."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from gongjian.kernel.months import Month
from gongjian.plans.actions.striking import strike_file
from gongjian.plans.keeping import SHELF
from gongjian.plans.models import Measure, ReportFile
from gongjian.plans.queries.proofs import seen_file
from gongjian.trail.clock import now
from gongjian.ui.asking import attempt
from gongjian.ui.serving import served
from gongjian.web.views.report_page import asker, report_page


@login_required
def proof(request: HttpRequest, pk: int, month: Month, file: int) -> FileResponse:
    """The file as it was uploaded, to be saved."""
    _, found = _found(request, pk, month, file)
    return served(SHELF.path_of(found.path), found.content_type, found.name)


@login_required
@require_POST
def strike(request: HttpRequest, pk: int, month: Month, file: int) -> HttpResponse:
    """The file was shown by mistake."""
    measure, found = _found(request, pk, month, file)
    if refusal := attempt(request, lambda: strike_file(found, by=asker(request), at=now()), f"已移除“{found.name}”，原件仍留存备查。"):
        return report_page(request, measure, month, refusal=refusal)
    return redirect("web:report", pk=pk, month=month)


def _found(request: HttpRequest, pk: int, month: Month, file: int) -> tuple[Measure, ReportFile]:
    measure = get_object_or_404(Measure.objects.select_related("programme"), pk=pk)
    found = seen_file(measure, month, file, by=asker(request), at=now())
    if found is None:
        raise Http404
    return measure, found
