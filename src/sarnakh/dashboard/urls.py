"""Addresses of the dashboard."""

from django.urls import path

from sarnakh.dashboard import views

app_name = "dashboard"
urlpatterns = [
    path("", views.teams, name="teams"),
    path("<int:pk>/target", views.target, name="target"),
    path("<int:pk>/colour", views.colour, name="colour"),
    path("<int:pk>/star", views.star, name="star"),
]
