"""Evidence of orders: only to those who may see the order, never by path, never as anything but what it is."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from gongjian.cases.evidence.keeping import path_of
from gongjian.cases.evidence.sniffing import JPEG
from gongjian.supervision.actions.evidencing import strike as strike_out
from gongjian.supervision.forms import StrikeForm
from gongjian.supervision.models import OrderEvidence
from gongjian.supervision.views.asking import asker, seen_order
from gongjian.trail.clock import now
from gongjian.ui.asking import attempt

HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "private, max-age=3600",
}


@login_required
def original(request: HttpRequest, pk: int, evidence: int) -> FileResponse:
    """The file as it was uploaded: a photo to look at, a document to keep."""
    piece = _piece(request, pk, evidence)
    ending = piece.path.rpartition(".")[2]
    return _served(piece.path, piece.content_type, f"order-{pk}-{piece.pk}.{ending}", attachment=not piece.is_photo)


@login_required
def small(request: HttpRequest, pk: int, evidence: int) -> FileResponse:
    """The small copy of a photo."""
    piece = _piece(request, pk, evidence)
    return _served(piece.thumbnail, JPEG.content_type, f"order-{pk}-{piece.pk}-s.jpg")


@login_required
def strike(request: HttpRequest, pk: int, evidence: int) -> HttpResponse:
    """The piece was given by mistake."""
    piece, form = _piece(request, pk, evidence), StrikeForm(request.POST or None)
    refusal = None
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        refusal = attempt(request, lambda: strike_out(piece, reason, by=asker(request), at=now()), _("佐证已作废，原件仍留存。"))
        if refusal is None:
            return redirect("supervision:order", pk=pk)
    shown = {"order": piece.order, "form": form, "title": _("作废佐证“%s”") % piece.title, "refusal": refusal}
    return render(request, "supervision/strike.html", shown, status=409 if refusal else 200)


def _piece(request: HttpRequest, pk: int, evidence: int) -> OrderEvidence:
    order = seen_order(request, pk)
    return get_object_or_404(OrderEvidence.objects.select_related("order"), pk=evidence, order=order)


def _served(name: str, content_type: str, filename: str, *, attachment: bool = False) -> FileResponse:
    if not name or not path_of(name).is_file():
        raise Http404
    response = FileResponse(path_of(name).open("rb"), as_attachment=attachment, filename=filename, content_type=content_type)
    for header, said in HEADERS.items():
        response[header] = said
    return response
