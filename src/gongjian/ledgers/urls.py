"""Addresses of the ledgers; included by the house below ``ledgers/``."""

from django.urls import path, re_path

from gongjian.ledgers.views import confirming, entries, exports, finding, importing, lists, map, records, registers, saving  # noqa: A004 - what it shows

app_name = "ledgers"
FORM = r"export\.(?P<form>xlsx|csv|geojson)"
SLUG = r"(?P<slug>[a-z][a-z0-9-]*)"
urlpatterns = [
    path("", lists.catalogue, name="catalogue"),
    path("map/", map.atlas, name="map"),
    path("map/places.json", map.atlas_places, name="places"),
    path("find", finding.find, name="find"),
    path("suggest/<slug:slug>", finding.suggest, name="suggest"),
    path("registers/<slug:slug>/", registers.register, name="register"),
    path("views/<slug:slug>/save", saving.save, name="view-save"),
    path("views/<int:pk>/drop", saving.drop, name="view-drop"),
    path("records/<slug:slug>/", lists.records, name="records"),
    re_path(rf"^records/{SLUG}/{FORM}$", exports.records, name="records-export"),
    path("records/<slug:slug>/new/", records.new, name="record-new"),
    path("records/<slug:slug>/<int:pk>/", records.record, name="record"),
    path("records/<slug:slug>/<int:pk>/correct/", records.correct, name="record-correct"),
    path("records/<slug:slug>/<int:pk>/strike/", records.strike, name="record-strike"),
    path("<slug:slug>/", lists.entries, name="entries"),
    re_path(rf"^{SLUG}/{FORM}$", exports.entries, name="entries-export"),
    path("<slug:slug>/confirm/", confirming.confirm, name="confirm"),
    path("<slug:slug>/map/", map.ledger_map, name="ledger-map"),
    path("<slug:slug>/map/places.json", map.ledger_places, name="ledger-places"),
    path("<slug:slug>/new/", entries.new, name="entry-new"),
    path("<slug:slug>/<int:pk>/", entries.entry, name="entry"),
    path("<slug:slug>/<int:pk>/edit/", entries.edit, name="entry-edit"),
    path("<slug:slug>/<int:pk>/withdraw/", entries.withdraw, name="entry-withdraw"),
    path("<slug:slug>/<int:pk>/restore/", entries.restore, name="entry-restore"),
    path("<slug:slug>/import/", importing.new, name="import-new"),
    path("<slug:slug>/import/template.xlsx", importing.blank, name="import-template"),
    path("<slug:slug>/import/<int:pk>/", importing.page, name="import"),
    path("<slug:slug>/import/<int:pk>/progress", importing.progress, name="import-progress"),
    path("<slug:slug>/import/<int:pk>/check", importing.check, name="import-check"),
    path("<slug:slug>/import/<int:pk>/apply", importing.apply, name="import-apply"),
    path("<slug:slug>/import/<int:pk>/discard", importing.discard, name="import-discard"),
    path("<slug:slug>/import/<int:pk>/refused.xlsx", importing.refused, name="import-refused"),
]
