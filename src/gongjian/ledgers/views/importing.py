"""Importing a sheet: handing it in, the dry run, the decision, the result."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from gongjian.kernel.refusal import Refusal
from gongjian.ledgers.declaration import RecordKind, Table
from gongjian.ledgers.fields import spec
from gongjian.ledgers.importing import actions, background, queries
from gongjian.ledgers.importing.columns import has_place
from gongjian.ledgers.importing.planner import permission_of
from gongjian.ledgers.importing.storage import Folder
from gongjian.ledgers.importing.template import template
from gongjian.ledgers.importing.verdicts import Verdict
from gongjian.ledgers.models import Import
from gongjian.ledgers.registry import find, find_ledger
from gongjian.ledgers.views.doors import CONFLICT, UNPROCESSABLE, crumbs, for_viewers, writable
from gongjian.people.models import Department
from gongjian.people.permissions import Forbidden, require
from gongjian.standards.coordinates import Datum
from gongjian.trail.clock import now

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class UploadForm(forms.Form):
    """A sheet, whose it is, and what its coordinates are in."""

    file = forms.FileField(
        label=_("表格文件"),
        help_text=_("xlsx 或 csv，不超过 30 MB、6 万行；不必用模板，列名认得出就行。"),
        widget=forms.FileInput({"accept": ".xlsx,.csv"}),
        error_messages={
            "required": _("请选择要导入的表格文件。"),
            "empty": _("这个文件是空的，请检查是否保存完整。"),
            "missing": _("请选择要导入的表格文件。"),
        },
    )
    department = forms.ModelChoiceField(
        label=_("部门"),
        queryset=Department.objects.none(),
        help_text=_("表中没有写明主管（实施）部门的新行归这个部门。"),
        error_messages={"required": _("请选择部门。"), "invalid_choice": _("请从列表中选择您可以登记的部门。")},
    )
    datum = forms.ChoiceField(
        label=_("坐标系"),
        choices=[(one.value, one.word) for one in Datum],
        help_text=_("表中经纬度所用的坐标系，导入时换算为CGCS2000；表中有“坐标系”列的，以该列为准。"),
    )

    def __init__(self, table: Table, departments: list[Department], *given: Any) -> None:
        super().__init__(*given)
        chosen = self.fields["department"]
        assert isinstance(chosen, forms.ModelChoiceField)  # noqa: S101 - declared above # nosec B101
        chosen.queryset = Department.objects.filter(pk__in=[one.pk for one in departments])
        chosen.empty_label = None if len(departments) == 1 else str(_("请选择部门"))
        if not has_place(table):
            del self.fields["datum"]


@for_viewers
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest, slug: str) -> HttpResponseBase:
    """Hand a sheet in; the dry run follows at once."""
    table = _table(slug)
    require(request.user, permission_of(table))
    form = UploadForm(
        table, writable(request.user, permission_of(table)), *((request.POST, request.FILES) if request.method == "POST" else ())
    )
    refusal, status = "", 200
    if request.method == "POST":
        status = UNPROCESSABLE
        if form.is_valid():
            try:
                return redirect("ledgers:import", slug, _handed_in(request, table, form).pk)
            except Forbidden:
                raise
            except Refusal as no:
                refusal = str(no)
    context = _context(table) | {"form": form, "refusal": refusal, "recent": queries.recent(table, request.user)}
    return render(request, "ledgers/import_new.html", context, status=status)


@for_viewers
@require_GET
def blank(request: HttpRequest, slug: str) -> HttpResponseBase:
    """The template to fill in."""
    table = _table(slug)
    require(request.user, permission_of(table))
    data = template(table, writable(request.user, permission_of(table)), on=now().date())
    return _download(data, f"{table.title}导入模板.xlsx", f"{slug}-template.xlsx")


@for_viewers
@require_GET
def page(request: HttpRequest, slug: str, pk: int) -> HttpResponseBase:
    """One import as it stands: under way, waiting for a decision, or over."""
    return _page(request, _table(slug), _found(request, slug, pk))


@for_viewers
@require_GET
def progress(request: HttpRequest, slug: str, pk: int) -> HttpResponseBase:
    """How far the work has come, as a part of the page; the whole page anew once it is over."""
    found = _found(request, slug, pk)
    if not found.at_work:
        return HttpResponse(headers={"HX-Refresh": "true"})
    return render(request, "ledgers/parts/import_progress.html", _context(_table(slug)) | _under_way(found))


@for_viewers
@require_POST
def check(request: HttpRequest, slug: str, pk: int) -> HttpResponseBase:
    """The dry run once more, perhaps of another sheet of the file."""
    found = _found(request, slug, pk)
    moment = now()

    def act() -> Import:
        return actions.ask_check(found, by=_who(request), at=moment, sheet=request.POST.get("sheet", found.sheet)[:200])

    return _acted(request, found, act, moment)


@for_viewers
@require_POST
def apply(request: HttpRequest, slug: str, pk: int) -> HttpResponseBase:
    """Write what was checked."""
    found = _found(request, slug, pk)
    mode = Import.Mode.GOOD if request.POST.get("mode") == Import.Mode.GOOD else Import.Mode.ALL
    moment = now()
    return _acted(request, found, lambda: actions.ask_apply(found, mode, by=_who(request), at=moment), moment)


@for_viewers
@require_POST
def discard(request: HttpRequest, slug: str, pk: int) -> HttpResponseBase:
    """Drop it."""
    found = _found(request, slug, pk)
    try:
        actions.discard(found, by=_who(request), at=now())
    except Forbidden:
        raise
    except Refusal as refusal:
        return _page(request, _table(slug), found, str(refusal))
    messages.success(request, _("已放弃，没有写入任何内容。"))
    return redirect("ledgers:import-new", slug)


@for_viewers
@require_GET
def refused(request: HttpRequest, slug: str, pk: int) -> HttpResponseBase:
    """The refused rows, to be put right and handed in again."""
    table, found = _table(slug), _found(request, slug, pk)
    if not found.summary.get("refused") or not Folder(found.token).there:
        msg = "没有被拒绝的行"
        raise Http404(msg)
    return _download(queries.refused_rows(found, table), f"{table.title}-被拒绝的行.xlsx", f"{slug}-refused.xlsx")


def _acted(request: HttpRequest, found: Import, act: Any, moment: Any) -> HttpResponseBase:
    """Have it asked for and begun; a refusal stands on the page. What was stuck is done here and now."""
    stuck = actions.is_stuck(found, moment)
    try:
        asked = act()
    except Forbidden:
        raise
    except Refusal as refusal:
        found.refresh_from_db()
        return _page(request, _table(found.table), found, str(refusal))
    background.begin(asked, at=moment, at_once=stuck)
    return redirect("ledgers:import", found.table, found.pk)


def _handed_in(request: HttpRequest, table: Table, form: UploadForm) -> Import:
    typed, moment, by = form.cleaned_data, now(), _who(request)
    actions.require_size(typed["file"].size, typed["file"].name)
    datum = Datum(typed.get("datum") or Datum.CGCS2000)
    given = {"department": typed["department"], "by": by, "at": moment, "datum": datum}
    found = actions.upload(table, typed["file"].name, typed["file"].read(), **given)
    background.begin(actions.ask_check(found, by=by, at=moment), at=moment)
    return found


def _page(request: HttpRequest, table: Table, found: Import, refusal: str = "") -> HttpResponse:
    context = _context(table, found) | {"refusal": refusal} | _under_way(found)
    if found.summary and found.state in (Import.State.CHECKED, Import.State.DONE):
        context |= _rows(request, table, found)
    return render(request, "ledgers/import.html", context, status=CONFLICT if refusal else 200)


def _under_way(found: Import) -> dict[str, Any]:
    done, total = Folder(found.token).told() if found.at_work else (0, 0)
    percent = 100 * done // total if total else 0
    return {"found": found, "done": done, "total": total, "percent": percent, "stuck": actions.is_stuck(found, now())}


def _rows(request: HttpRequest, table: Table, found: Import) -> dict[str, Any]:
    """The tab asked for, by default the one that most needs a look."""
    counts = {one: found.summary.get(one.value, 0) for one in Verdict}
    order = (Verdict.REFUSED, Verdict.CHANGED, Verdict.ADDED, Verdict.UNCHANGED)
    default = next((one for one in order if counts[one]), Verdict.ADDED)
    asked = request.GET.get("tab", "")
    tab = Verdict(asked) if asked in set(Verdict) else default
    rows, leaf = queries.lines(found, table, tab, request.GET.get("page", "1"))
    here = reverse("ledgers:import", args=[table.slug, found.pk])
    return {
        "tab": tab.value,
        "tabs": [{"title": one.word, "url": f"{here}?tab={one.value}", "active": one is tab, "n": counts[one]} for one in Verdict],
        "rows": rows,
        "leaf": leaf,
        "headings": [spec(table, name) for name in queries.shown_fields(table)],
        "kept": Folder(found.token).there,
        "to_write": counts[Verdict.ADDED] + counts[Verdict.CHANGED],
    }


def _context(table: Table, found: Import | None = None) -> dict[str, Any]:
    is_records = isinstance(table, RecordKind)
    here = reverse("ledgers:records" if is_records else "ledgers:entries", args=[table.slug])
    path = [("台账", reverse("ledgers:catalogue"))]
    if isinstance(table, RecordKind):
        path.append((find_ledger(table.ledger).title, reverse("ledgers:entries", args=[table.ledger])))
    path.append((table.title, here))
    if found is not None:
        path.append(("从表格导入", reverse("ledgers:import-new", args=[table.slug])))
    return {"table": table, "is_records": is_records, "here": here, "crumbs": crumbs(*path)}


def _table(slug: str) -> Table:
    try:
        return find(slug)
    except Refusal as refusal:
        raise Http404(str(refusal)) from refusal


def _found(request: HttpRequest, slug: str, pk: int) -> Import:
    """The import, for whoever may see it; nobody else learns that it is there."""
    table = _table(slug)
    require(request.user, permission_of(table))
    return get_object_or_404(queries.visible(table, request.user), pk=pk)


def _who(request: HttpRequest) -> Any:
    return request.user


def _download(data: bytes, name: str, plain: str) -> HttpResponse:
    disposition = {"Content-Disposition": f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name)}"}
    return HttpResponse(data, content_type=XLSX, headers=disposition)
