"""Addresses of the programming interface, below `/api/v1/`."""

from django.urls import path

from sarnakh.api.call import endpoint, unknown
from sarnakh.api.views import conversation, description, records

app_name = "api"

RECORD = "<slug:name>/<int:pk>"
anything_else = endpoint(
    get=unknown, post=unknown, put=unknown, patch=unknown, delete=unknown
)
urlpatterns = [
    path("", endpoint(get=description.index), name="index"),
    path("openapi.json", endpoint(get=description.specification), name="specification"),
    path(
        "<slug:name>",
        endpoint(get=records.browse, post=records.create),
        name="records",
    ),
    path("<slug:name>/fields", endpoint(get=description.fields), name="fields"),
    path("<slug:name>/groups", endpoint(get=records.groups), name="groups"),
    path(
        RECORD,
        endpoint(get=records.show, patch=records.change, delete=records.delete),
        name="record",
    ),
    path(
        f"{RECORD}/actions/<slug:action>",
        endpoint(post=records.command),
        name="command",
    ),
    path(
        f"{RECORD}/messages",
        endpoint(get=conversation.messages, post=conversation.post_message),
        name="messages",
    ),
    path(
        f"{RECORD}/activities",
        endpoint(get=conversation.list_activities, post=conversation.plan_activity),
        name="activities",
    ),
    path(
        f"{RECORD}/files",
        endpoint(get=conversation.list_files, post=conversation.upload),
        name="files",
    ),
    path(
        f"{RECORD}/files/<int:file>",
        endpoint(get=conversation.download, delete=conversation.remove_file),
        name="file",
    ),
    path("<path:rest>", anything_else),
]
