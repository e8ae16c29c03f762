"""Reading contacts."""

from typing import TYPE_CHECKING

from sarnakh.contacts.models import Contact
from sarnakh.lib import email as emails
from sarnakh.lib import text

if TYPE_CHECKING:
    from django.db.models import QuerySet


def matching(
    rows: "QuerySet[Contact]", *, email: str = "", names: tuple[str, ...] = ()
) -> Contact | None:
    """The contact that is surely meant: same e-mail, else the same folded name.

    `rows` are those that the asking person may see. Names are tried in order.
    """
    rows = rows.filter(active=True)
    if normalized := emails.normalize(email):
        found = rows.filter(email_normalized=normalized).order_by("pk").first()
        if found:
            return found
    for name in names:
        if key := text.searchable(name):
            found = rows.filter(name_key=key[:200]).order_by("pk").first()
            if found:
                return found
    return None
