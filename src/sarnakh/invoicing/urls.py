"""Addresses of invoicing beside its screens."""

from django.urls import path

from sarnakh.invoicing import ageing, views

app_name = "invoicing"
urlpatterns = [
    path(
        "invoices/<int:pk>/unallocate/<int:allocation>",
        views.unallocate,
        name="unallocate",
    ),
    path("ageing", ageing.page, name="ageing"),
    path("numbers", views.chains, name="chains"),
    path("numbers/<int:journal>/first", views.first_number, name="first-number"),
]
