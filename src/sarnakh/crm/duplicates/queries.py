"""Records that may be about the same thing (specification: crm, 4.1)."""

from collections.abc import Iterable

from django.db.models import Count, Q, QuerySet

from sarnakh.contacts.models import Contact
from sarnakh.crm.models import Lead

MEANINGLESS = 21
"""A criterion that so many others share says nothing."""


def similar(lead: Lead) -> "QuerySet[Lead]":
    """Leads with the same e-mail domain, phone or customer, archived ones too.

    Looks past visibility on purpose: the number tells that something exists,
    the opened list then shows only what its reader may see.
    """
    others = Lead.objects.exclude(pk=lead.pk)
    shared = _shared(lead)
    if not shared:
        return others.none()
    found = Q(pk__in=[])
    figures = (
        others.order_by()
        .filter(_any(shared))
        .aggregate(
            **{f"by_{name}": Count("pk", filter=one) for name, one in shared.items()}
        )
    )
    for name, one in shared.items():
        if name == "customer" or figures[f"by_{name}"] < MEANINGLESS:
            found |= one
    return others.filter(found)


def similar_count(lead: Lead) -> int:
    """How many there are; two statements, none when nothing can be shared."""
    shared = _shared(lead)
    if not shared:
        return 0
    kinds = list(shared)
    cases = {
        _named(kinds[i] for i in range(len(kinds)) if mask >> i & 1): _any(
            {kinds[i]: shared[kinds[i]] for i in range(len(kinds)) if mask >> i & 1}
        )
        for mask in range(1, 2 ** len(kinds))
    }
    figures = (
        Lead.objects.exclude(pk=lead.pk)
        .order_by()
        .filter(_any(shared))
        .aggregate(**{name: Count("pk", filter=one) for name, one in cases.items()})
    )
    telling = [
        kind
        for kind in kinds
        if kind == "customer" or figures[_named([kind])] < MEANINGLESS
    ]
    return int(figures[_named(telling)]) if telling else 0


def _named(kinds: Iterable[str]) -> str:
    return "by_" + "_".join(kinds)


def _shared(lead: Lead) -> dict[str, Q]:
    """What another lead may have in common with this one."""
    found = {}
    if lead.email_domain_criterion:
        found["email"] = Q(email_domain_criterion=lead.email_domain_criterion)
    if lead.phone_e164:
        found["phone"] = Q(phone_e164=lead.phone_e164)
    if lead.customer_id and lead.customer:
        top = lead.customer.parent_id or lead.customer_id
        family = Contact.objects.filter(Q(pk=top) | Q(parent=top))
        # Numbers, not a subquery: it would stand in the statement many times.
        found["customer"] = Q(customer__in=list(family.values_list("pk", flat=True)))
    return found


def _any(conditions: dict[str, Q]) -> Q:
    joined = Q(pk__in=[])
    for one in conditions.values():
        joined |= one
    return joined
