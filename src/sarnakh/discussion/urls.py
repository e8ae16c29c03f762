"""Addresses of conversations, files and the inbox."""

from django.urls import path

from sarnakh.discussion import views

app_name = "discussion"
urlpatterns = [
    path("inbox", views.inbox, name="inbox"),
    path("inbox/read", views.read_all, name="read-all"),
    path("files/<int:pk>", views.file, name="file"),
    path("files/<int:pk>/remove", views.remove_file, name="remove-file"),
    path("messages/<int:pk>", views.message, name="message"),
    path("messages/<int:pk>/edit", views.edit, name="edit"),
    path("messages/<int:pk>/remove", views.remove, name="remove"),
    path("<slug:name>/<int:pk>", views.thread, name="thread"),
    path("<slug:name>/<int:pk>/post", views.post, name="post"),
    path("<slug:name>/<int:pk>/follow", views.follow, name="follow"),
    path("<slug:name>/<int:pk>/unfollow", views.unfollow, name="unfollow"),
    path("<slug:name>/<int:pk>/others", views.others, name="others"),
    path("<slug:name>/<int:pk>/read", views.read, name="read"),
    path("<slug:name>/<int:pk>/people", views.people, name="people"),
]
