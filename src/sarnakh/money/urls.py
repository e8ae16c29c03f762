"""Addresses of money beside its screens."""

from django.urls import path

from sarnakh.money import views

app_name = "money"
urlpatterns = [path("settings", views.settings, name="settings")]
