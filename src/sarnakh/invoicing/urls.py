"""Addresses of invoicing beside its screens."""

from django.urls import path

from sarnakh.invoicing import ageing, views
from sarnakh.invoicing.preview import views as preview

app_name = "invoicing"
urlpatterns = [
    path("print/<int:pk>", preview.printed, name="print"),
    path("preview/<int:pk>", preview.preview, name="preview"),
    path("receipts/<int:pk>", preview.receipt, name="receipt"),
    path("statements/<int:pk>", preview.statement, name="statement"),
    path(
        "invoices/<int:pk>/unallocate/<int:allocation>",
        views.unallocate,
        name="unallocate",
    ),
    path("ageing", ageing.page, name="ageing"),
    path("numbers", views.chains, name="chains"),
    path("numbers/<int:journal>/first", views.first_number, name="first-number"),
]
