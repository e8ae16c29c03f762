"""What this room does when rooms below it tell of a change."""

from collections.abc import Collection
from typing import Any

from django.dispatch import receiver
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from sarnakh.accounts.actor import Actor
from sarnakh.activities import actions as activity_actions
from sarnakh.activities import queries as activities
from sarnakh.activities.events import activities_changed
from sarnakh.activities.models import ActivityType
from sarnakh.discussion.words import EVENTS
from sarnakh.invoicing.documents import foot
from sarnakh.invoicing.events import cheque_failed
from sarnakh.invoicing.models import Invoice, Payment
from sarnakh.invoicing.types import INVOICES
from sarnakh.lib.errors import Refused
from sarnakh.screens import panels


@receiver(activities_changed)
def keep_activity_state(
    sender: Any, record_type_name: str, record_ids: Collection[int], **_rest: Any
) -> None:
    """An invoice carries the earliest instants of its open activities."""
    if record_type_name != INVOICES.name:
        return
    by_instants: dict[Any, list[int]] = {}
    for pk, instants in activities.earliest(INVOICES.name, record_ids).items():
        by_instants.setdefault(instants, []).append(pk)
    for (today_from, overdue_from), keys in by_instants.items():
        Invoice.objects.filter(pk__in=keys).update(
            activity_today_from=today_from, activity_overdue_from=overdue_from
        )


@receiver(cheque_failed)
def tell_salesperson(
    sender: Any, payment: Payment, invoice_ids: list[int], by: Actor, **_rest: Any
) -> None:
    """Whoever sold it hears that the cheque brought no money."""
    kind = ActivityType.objects.filter(code="call").first()
    found = Invoice.objects.filter(pk__in=invoice_ids).select_related(
        "salesperson", "company"
    )
    for invoice in found.order_by("pk"):
        person = invoice.salesperson
        if kind is None or person is None:
            continue
        with translation.override(person.language):
            summary = _("%(number)s: cheque %(cheque)s brought no money") % {
                "number": invoice.number,
                "cheque": payment.cheque_number,
            }
        try:
            activity_actions.schedule(
                invoice,
                INVOICES,
                kind,
                deadline=invoice.company.profile().today(),
                user=person,
                summary=summary,
                by=by,
            )
        except Refused:
            # Whoever sold it works here no more.
            continue


EVENTS.update(
    {
        "posted": pgettext_lazy("event", "Posted"),
        "reset": pgettext_lazy("event", "Reset to draft"),
        "cancelled": pgettext_lazy("event", "Cancelled"),
        "settled": pgettext_lazy("event", "Settled"),
        "invoice-paid": pgettext_lazy("event", "Paid"),
        "cheque-deposited": pgettext_lazy("event", "Cheque deposited"),
        "cheque-cleared": pgettext_lazy("event", "Cheque cleared"),
        "cheque-bounced": pgettext_lazy("event", "Cheque bounced"),
        "cheque-returned": pgettext_lazy("event", "Cheque returned"),
    }
)
panels.register(
    "invoice-settling",
    panels.Panel(
        template="invoicing/settling.html",
        context=lambda record, record_type, actor: foot(record, actor),
    ),
)
