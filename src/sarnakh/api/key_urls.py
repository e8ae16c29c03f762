"""Addresses of the page where people keep their keys."""

from django.urls import path

from sarnakh.api.views import keys

app_name = "api-keys"
urlpatterns = [
    path("", keys.key_list, name="list"),
    path("<int:pk>/revoke", keys.revoke, name="revoke"),
]
