"""Who may do what with activities and their types."""

from django.db.models import Q

from sarnakh.accounts.actor import Actor
from sarnakh.accounts.roles import Role
from sarnakh.discussion.reach import on_reachable
from sarnakh.records.access import Access, Verb
from sarnakh.records.types import all_types


def on_own_or_open_records(actor: Actor, verb: Verb) -> Q:
    """Activities assigned to the actor, and those on records open to them.

    Reading needs the right to read the record, everything else to write it. Being
    assigned is enough to see, do, edit and cancel, but not to make new ones.
    """
    types = [one for one in all_types().values() if one.has_activities]
    found = on_reachable(actor, "read" if verb == "read" else "write", types)
    return found if verb == "create" else found | Q(user=actor.user_id)


ACTIVITIES = Access(
    {Role.INTERNAL: "read write create delete"}, extra_rule=on_own_or_open_records
)
ACTIVITY_TYPES = Access(
    {
        Role.INTERNAL: "read",
        Role.SALES_MANAGER: "read write create delete",
        Role.ADMINISTRATOR: "read write create delete",
    }
)
