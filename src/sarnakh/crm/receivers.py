"""What the pipeline does when rooms below it tell of a change."""

from collections.abc import Collection
from typing import Any

from django.dispatch import receiver

from sarnakh.accounts.actor import Actor
from sarnakh.activities import queries as activities
from sarnakh.activities.events import activities_changed
from sarnakh.contacts.events import contact_changed
from sarnakh.contacts.models import Contact
from sarnakh.crm.leads.derived import derive
from sarnakh.crm.models import Lead
from sarnakh.crm.types import LEADS


@receiver(activities_changed)
def keep_activity_state(
    sender: Any, record_type_name: str, record_ids: Collection[int], **_rest: Any
) -> None:
    """A lead carries the earliest instants of its open activities."""
    if record_type_name != LEADS.name:
        return
    earliest = activities.earliest(LEADS.name, record_ids)
    by_instants: dict[Any, list[int]] = {}
    for pk, instants in earliest.items():
        by_instants.setdefault(instants, []).append(pk)
    for (today_from, overdue_from), keys in by_instants.items():
        Lead.objects.filter(pk__in=keys).update(
            activity_today_from=today_from, activity_overdue_from=overdue_from
        )


@receiver(contact_changed)
def keep_contact_data(
    sender: Any, contact: Contact, changed: set[str], by: Actor, **_rest: Any
) -> None:
    """A customer's new e-mail or phone goes to its leads; clearing does not."""
    given = {
        name: getattr(contact, name)
        for name in ("email", "phone")
        if name in changed and getattr(contact, name)
    }
    if not given and "name" not in changed:
        return
    leads = list(
        Lead.objects.filter(customer=contact).select_related(
            "customer", "recurring_plan", "company"
        )
    )
    for lead in leads:
        for name, value in given.items():
            setattr(lead, name, value)
        derive(lead, company_country=lead.company.country if lead.company else "IR")
    Lead.objects.bulk_update(
        leads,
        ["email", "phone", "email_normalized", "email_quality",
         "email_domain_criterion", "phone_e164", "phone_quality", "search_text"],
        batch_size=500,
    )  # fmt: skip
