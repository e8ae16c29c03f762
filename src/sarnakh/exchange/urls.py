"""Addresses of the exchange."""

from django.urls import path

from sarnakh.exchange.views import exporting, importing

app_name = "exchange"
urlpatterns = [
    path("import/<slug:name>/", importing.upload, name="import"),
    path("template/<slug:name>", importing.template, name="template"),
    path("import/<slug:name>/<int:pk>/", importing.batch, name="batch"),
    path("import/<slug:name>/<int:pk>/mapping", importing.mapping, name="mapping"),
    path("import/<slug:name>/<int:pk>/reading", importing.reading, name="reading"),
    path("import/<slug:name>/<int:pk>/progress", importing.progress, name="progress"),
    path("import/<slug:name>/<int:pk>/errors", importing.faults, name="faults"),
    path("import/<slug:name>/<int:pk>/<slug:what>", importing.act, name="act"),
    path("export/all/<slug:slug>", exporting.everything, name="export-all"),
    path("export/<int:pk>/", exporting.dialog, name="export"),
    path("export/<int:pk>/fields", exporting.fields, name="export-fields"),
    path("export/<int:pk>/chosen", exporting.chosen, name="export-chosen"),
    path("export/<int:pk>/progress", exporting.progress, name="export-progress"),
    path("export/<int:pk>/file", exporting.download, name="export-file"),
    path("export/<int:pk>/lists/<int:list_pk>/delete", exporting.delete_list,
         name="export-list-delete"),
]  # fmt: skip
