"""What the pipeline does when rooms below it tell of a change."""

from collections.abc import Collection, Sequence
from typing import Any

from django.dispatch import receiver

from sarnakh.accounts.actor import Actor
from sarnakh.activities import queries as activities
from sarnakh.activities.events import activities_changed
from sarnakh.contacts.events import contacts_changed
from sarnakh.contacts.models import Contact
from sarnakh.crm.leads.derived import derive
from sarnakh.crm.models import Lead
from sarnakh.crm.types import LEADS
from sarnakh.records.database import Among, update_each

# What of a lead follows its customer's name, e-mail and phone.
FOLLOWING = (
    "email", "phone", "email_normalized", "email_quality", "email_domain_criterion",
    "phone_e164", "phone_quality", "search_text",
)  # fmt: skip


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


@receiver(contacts_changed)
def keep_contact_data(
    sender: Any, changes: Sequence[tuple[Contact, set[str]]], by: Actor, **_rest: Any
) -> None:
    """A customer's new e-mail or phone goes to its leads; clearing does not."""
    given: dict[int, dict[str, str]] = {}
    for contact, changed in changes:
        texts = {name: getattr(contact, name) for name in changed & {"email", "phone"}}
        texts = {name: text for name, text in texts.items() if text}
        if texts or "name" in changed:
            given[contact.pk] = texts
    if not given:
        return
    leads = list(
        Lead.objects.filter(Among("customer_id", given))
        .order_by()
        .select_related("customer", "recurring_plan", "company")
    )
    moved = []
    for lead in leads:
        before = [getattr(lead, name) for name in FOLLOWING]
        for name, value in given[lead.customer_id or 0].items():
            setattr(lead, name, value)
        derive(lead, company_country=lead.company.country if lead.company else "IR")
        if before != [getattr(lead, name) for name in FOLLOWING]:
            moved.append(lead)
    update_each(moved, FOLLOWING)
