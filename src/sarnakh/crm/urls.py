"""Addresses of the pipeline beside its screens."""

from django.urls import path

from sarnakh.crm import properties, views

app_name = "crm"
urlpatterns = [
    path("similar/<int:pk>", views.similar_leads, name="similar"),
    path("settings", views.settings, name="settings"),
    path("properties/<int:team>", properties.edit, name="properties"),
]
