"""Addresses for people without a log-in."""

from django.urls import path

from sarnakh.portal import panel, views

app_name = "portal"
urlpatterns = [
    path("p/<str:token>/", views.page, name="page"),
    path("p/<str:token>/<slug:action>", views.page, name="action"),
    path("pay/<str:opaque>", views.returned, name="returned"),
    path("bank/<str:opaque>", views.demo_bank, name="demo-bank"),
    path("payments/<int:pk>/<slug:word>", panel.decide, name="decide"),
    path("links/<slug:name>/<int:pk>/revoke", panel.revoke, name="revoke"),
]
