"""Addresses of activities."""

from django.urls import path

from sarnakh.activities import views

app_name = "activities"
urlpatterns = [
    path("mine", views.mine, name="mine"),
    path("<int:pk>/complete", views.complete, name="complete"),
    path("<int:pk>/cancel", views.cancel, name="cancel"),
    path("<int:pk>/postpone", views.postpone, name="postpone"),
    path("<int:pk>/change", views.change, name="change"),
    path("<slug:name>/<int:pk>/popover", views.popover, name="popover"),
    path("<slug:name>/<int:pk>/schedule", views.schedule, name="schedule"),
]
