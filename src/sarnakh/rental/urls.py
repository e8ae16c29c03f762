"""Addresses of rentals beside their screens."""

from django.urls import path

from sarnakh.rental import views
from sarnakh.rental.schedule.views import schedule

app_name = "rental"
urlpatterns = [
    path("schedule", schedule, name="schedule"),
    path("<int:pk>/receipt", views.receipt, name="receipt"),
]
