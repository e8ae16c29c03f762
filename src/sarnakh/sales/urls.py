"""Addresses of sales beside its screens."""

from django.urls import path

from sarnakh.sales import views
from sarnakh.sales.preview import inside

app_name = "sales"
urlpatterns = [
    path("print/<int:pk>", inside.printed, name="print"),
    path("preview/<int:pk>", inside.preview, name="preview"),
    path("terms/<int:company>", views.terms, name="terms"),
    path("options/<int:order>/<int:option>", views.add_option, name="add-option"),
]
