"""The circular: to read and print, and as a Word document."""

from __future__ import annotations

from urllib.parse import quote

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from gongjian.assessment.bulletin.as_docx import MIME, as_docx
from gongjian.assessment.bulletin.composing import circular
from gongjian.assessment.models import Assessment
from gongjian.assessment.queries.seeing import oversees
from gongjian.people.permissions import Forbidden
from gongjian.trail.clock import now


@login_required
def page(request: HttpRequest, pk: int) -> HttpResponse:
    """The draft on a page that prints on A4."""
    assessment = _seen(request, pk)
    return render(request, "assessment/bulletin.html", {"assessment": assessment, "circular": circular(assessment)})


@login_required
def document(request: HttpRequest, pk: int) -> HttpResponse:
    """The same draft as a file."""
    told = circular(_seen(request, pk))
    answer = HttpResponse(as_docx(told, at=now()), content_type=MIME)
    answer["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(f'{told.title}（草稿）.docx')}"
    return answer


def _seen(request: HttpRequest, pk: int) -> Assessment:
    """A draft of a circular is for those who see everything before it is published, even afterwards: it is not signed yet."""
    assessment = get_object_or_404(Assessment, pk=pk)
    if not oversees(request.user):
        msg = "通报草稿只供统筹办和领导查看；考核公布后，得分和排名在考核页面上看。"
        raise Forbidden(msg)
    return assessment
