"""Plan documents (方案): what is loaded, what waits to be confirmed, and the upload."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from gongjian.kernel.refusal import Refusal
from gongjian.people.permissions import Forbidden, require
from gongjian.people.roles import Permission
from gongjian.plans.actions import intakes
from gongjian.plans.models import Edition, Intake
from gongjian.plans.queries.programmes import programmes
from gongjian.trail.clock import now
from gongjian.web.forms import UploadForm


@login_required
def documents(request: HttpRequest) -> HttpResponse:
    """List; POST uploads a file, which is read and kept aside for a person to look at."""
    require(request.user, Permission.PLAN_LOAD)
    form = UploadForm(request.POST or None, request.FILES or None)
    refusal = None
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            intake = intakes.open_intake(file.read(intakes.LARGEST + 1), file.name, by=request.user, at=now())  # type: ignore[arg-type]
            return redirect("web:intake", pk=intake.pk)
        except Forbidden:
            raise
        except Refusal as said:
            refusal = said
    return render(
        request,
        "web/documents.html",
        {
            "form": form,
            "refusal": refusal,
            "programmes": programmes(),
            "editions": Edition.objects.select_related("programme")[:50],
            "waiting": Intake.objects.filter(state=Intake.State.OPEN).defer("reading"),
        },
        status=422 if refusal else 200,
    )
