"""Who can reach the record that a row only names by type and number."""

from collections.abc import Iterable

from django.db.models import Exists, OuterRef, Q

from sarnakh.accounts.actor import Actor
from sarnakh.accounts.models import User
from sarnakh.accounts.roles import Role
from sarnakh.records import rows
from sarnakh.records.access import Verb
from sarnakh.records.types import RecordType, all_types


def on_reachable(
    actor: Actor, verb: Verb = "read", types: Iterable[RecordType] | None = None
) -> Q:
    """Rows whose `record_type` and `record_id` name a record open to the actor.

    Each row is looked up by its own key, so that the few notifications of a
    person never make the database list all leads that the person may see.
    """
    found = Q(pk__in=())
    if types is None:
        types = (one for one in all_types().values() if one.has_discussion)
    for one in types:
        if one.access.allows(actor, verb):
            there = rows.visible(one, actor, verb).filter(pk=OuterRef("record_id"))
            found |= Q(Exists(there.order_by()), record_type=one.name)
    return found


def readers(
    record_type: RecordType, record_id: int, user_ids: Iterable[int]
) -> list[User]:
    """Active internal users among those given who may read the record."""
    people = (
        User.objects.filter(pk__in=set(user_ids), is_active=True)
        .select_related("company")
        .prefetch_related("companies")
        .order_by("pk")
    )
    return [
        user
        for user in people
        if Role.INTERNAL in user.role_set
        and rows.visible(record_type, widest(user)).filter(pk=record_id).exists()
    ]


def widest(user: User) -> Actor:
    """The user with every company ticked: what they could see at most."""
    allowed = [company for company in user.companies.all() if company.active]
    ids = tuple(company.pk for company in allowed or [user.company])
    return Actor(
        user=user,
        company=user.company,
        company_ids=ids,
        roles=user.role_set,
        allowed_ids=ids,
    )


def is_internal(actor: Actor) -> bool:
    """Whether the actor belongs to the house: notes and history are for them."""
    return actor.has(Role.INTERNAL)
