"""Lists as files."""

from __future__ import annotations

from urllib.parse import quote

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse

from gongjian.kernel.refusal import Refusal
from gongjian.ledgers.declaration import RecordKind, Table
from gongjian.ledgers.exporting import as_csv, as_geojson, as_xlsx, has_places
from gongjian.ledgers.views.doors import asked_of, day_query, for_viewers, ledger_or_404, records_or_404

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@for_viewers
def entries(request: HttpRequest, slug: str, form: str) -> HttpResponseBase:
    """The entries that the list shows, all of them."""
    return _file(request, ledger_or_404(slug), form)


@for_viewers
def records(request: HttpRequest, slug: str, form: str) -> HttpResponseBase:
    """The records that the list shows, all of them."""
    return _file(request, records_or_404(slug), form)


def _file(request: HttpRequest, table: Table, form: str) -> HttpResponseBase:
    said, shown = asked_of(request, table)
    name = f"{table.title}-{shown.on.isoformat()}.{form}"
    disposition = {
        "Content-Disposition": f"attachment; filename=\"{table.slug}-{shown.on.isoformat()}.{form}\"; filename*=UTF-8''{quote(name)}"
    }
    if form == "csv":
        return StreamingHttpResponse(as_csv(said), content_type="text/csv; charset=utf-8", headers=disposition)
    if form == "geojson":
        if not has_places(said):
            msg = f"{table.title}没有位置，不能导出 GeoJSON。"
            raise Http404(msg)
        return StreamingHttpResponse(as_geojson(said), content_type="application/geo+json", headers=disposition)
    try:
        return HttpResponse(as_xlsx(said), content_type=XLSX, headers=disposition)
    except Refusal as refusal:
        messages.error(request, str(refusal))
        back = reverse("ledgers:records" if isinstance(table, RecordKind) else "ledgers:entries", args=[table.slug])
        return redirect(f"{back}?{said.query()}{day_query(shown, '&')}")
