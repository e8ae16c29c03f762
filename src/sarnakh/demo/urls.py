"""Addresses of the demo."""

from django.urls import path

from sarnakh.demo import views

app_name = "demo"
urlpatterns = [path("remove", views.remove, name="remove")]
