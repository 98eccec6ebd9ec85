"""Evidence of tasks: only to those who may see the task, never by path, never as anything but what it is."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from gongjian.cases.evidence.keeping import path_of
from gongjian.cases.evidence.sniffing import JPEG
from gongjian.inspections.actions.evidencing import strike
from gongjian.inspections.forms import ReasonForm
from gongjian.inspections.models import TaskEvidence
from gongjian.inspections.views.asking import asker, form_page, seen_task
from gongjian.trail.clock import now
from gongjian.ui.asking import attempt


@login_required
def original(request: HttpRequest, pk: int, evidence: int) -> FileResponse:
    """The file as it was uploaded."""
    piece = _piece(request, pk, evidence)
    ending = piece.path.rpartition(".")[2]
    return _served(piece.path, piece.content_type, f"{piece.task.number}-{piece.pk}.{ending}", attachment=not piece.is_photo)


@login_required
def small(request: HttpRequest, pk: int, evidence: int) -> FileResponse:
    """The small copy of a photo."""
    piece = _piece(request, pk, evidence)
    return _served(piece.thumbnail, JPEG.content_type, f"{piece.task.number}-{piece.pk}-s.jpg")


@login_required
def strike_out(request: HttpRequest, pk: int, evidence: int) -> HttpResponse:
    """The piece was given by mistake."""
    piece = _piece(request, pk, evidence)
    form, refusal = ReasonForm(request.POST or None), None
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        refusal = attempt(request, lambda: strike(piece, reason, by=asker(request), at=now()), _("佐证已作废，原件仍留存。"))
        if refusal is None:
            return redirect("inspections:task", pk=pk)
    return form_page(request, _("作废佐证“%s”") % piece.title, form, reverse("inspections:task", args=[pk]), refusal)


def _piece(request: HttpRequest, pk: int, evidence: int) -> TaskEvidence:
    told = seen_task(request, pk)
    return get_object_or_404(TaskEvidence.objects.select_related("task"), pk=evidence, task=told.task)


def _served(name: str, content_type: str, filename: str, *, attachment: bool = False) -> FileResponse:
    if not name or not path_of(name).is_file():
        raise Http404
    response = FileResponse(path_of(name).open("rb"), as_attachment=attachment, filename=filename, content_type=content_type)
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    response["Cache-Control"] = "private, max-age=3600"
    return response
