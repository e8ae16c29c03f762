"""What the events of a record's history are called."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

# Rooms above add the events of their own records where they start up.
EVENTS: dict[str, str | Promise] = {
    "created": _("Created"),
    "deleted": _("Deleted"),
    "archived": _("Archived"),
    "restored": _("Restored"),
    "imported": _("Imported"),
    "merged": _("Merged"),
    "stage": _("Stage changed"),
    "won": pgettext_lazy("event", "Won"),
    "lost": pgettext_lazy("event", "Lost"),
    "converted": _("Converted to an opportunity"),
    "assigned": _("Assigned"),
}


def event_name(event: str) -> str:
    """The name of an event; plain edits and unknown words have none."""
    return str(EVENTS.get(event, ""))
