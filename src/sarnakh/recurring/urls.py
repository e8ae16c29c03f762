"""Addresses of recurring revenue."""

from django.urls import path

from sarnakh.recurring.report import view

app_name = "recurring"
urlpatterns = [path("", view.revenue, name="revenue")]
