"""Addresses of deliveries beside their screens."""

from django.urls import path

from sarnakh.delivery import views

app_name = "delivery"
urlpatterns = [
    path("<int:pk>/backorder", views.backorder, name="backorder"),
    path("<int:pk>/slip", views.slip, name="slip"),
]
