"""Reading contacts."""

from functools import reduce
from operator import or_
from typing import TYPE_CHECKING

from django.db.models import Case, IntegerField, Q, Value, When

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
    wanted = []
    if normalized := emails.normalize(email):
        wanted.append(Q(email_normalized=normalized))
    keys = (text.searchable(name)[:200] for name in names)
    wanted += [Q(name_key=key) for key in keys if key]
    if not wanted:
        return None
    rank = Case(
        *(When(one, then=Value(place)) for place, one in enumerate(wanted)),
        output_field=IntegerField(),
    )
    found = rows.filter(reduce(or_, wanted), active=True)
    return found.annotate(rank=rank).order_by("rank", "pk").first()
