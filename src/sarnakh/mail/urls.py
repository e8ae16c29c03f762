"""Addresses of letters."""

from django.urls import path

from sarnakh.mail import views

app_name = "mail"
urlpatterns = [
    path("write/<slug:code>/<int:pk>", views.write, name="write"),
    path("<int:pk>", views.letter, name="letter"),
    path("<int:pk>/retry", views.retry, name="retry"),
    path("<int:pk>/cancel", views.cancel, name="cancel"),
    path("<int:pk>/files/<int:file_pk>", views.file, name="file"),
]
