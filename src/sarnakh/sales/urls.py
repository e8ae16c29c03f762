"""Addresses of sales beside its screens."""

from django.urls import path

from sarnakh.sales import views

app_name = "sales"
urlpatterns = [
    path("terms/<int:company>", views.terms, name="terms"),
    path("options/<int:order>/<int:option>", views.add_option, name="add-option"),
]
