"""Activities for those who sold what is still not paid."""

import datetime as dt
import logging

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils import translation
from django.utils.translation import gettext as _

from sarnakh.accounts.actor import Actor, system_actor
from sarnakh.accounts.models import Company
from sarnakh.activities import actions as activities
from sarnakh.activities.models import ActivityType
from sarnakh.invoicing.models import Invoice, Reminder
from sarnakh.lib.errors import Refused
from sarnakh.records.types import by_model

logger = logging.getLogger(__name__)
LEVELS = (3, 10, 20)
"""Days after the due date."""
MOST = 500
"""In one run; a flood after a long pause is spread over days."""


def follow_up(companies: list[Company] | None = None) -> int:
    """Plan an activity for each overdue invoice that reached a new level; each
    level once for ever, after a pause only the highest one."""
    found = (
        Company.objects.filter(active=True).order_by("pk")
        if companies is None
        else companies
    )
    return sum(_of_company(company) for company in found)


def _of_company(company: Company) -> int:
    # Nobody asks: the calendar does.
    by = system_actor(company)
    today = company.profile().today()
    overdue = (
        Invoice.objects.filter(
            company=company,
            kind=Invoice.Kind.INVOICE,
            state=Invoice.State.POSTED,
            payment_state__in=(
                Invoice.PaymentState.NOT_PAID,
                Invoice.PaymentState.PARTIAL,
            ),
            due_date__lte=today - dt.timedelta(days=LEVELS[0]),
            salesperson__is_active=True,
        )
        .select_related("salesperson", "customer")
        .order_by("due_date", "pk")
    )
    reached = dict(
        Reminder.objects.filter(invoice__in=overdue.values("pk"))
        .values_list("invoice_id")
        .annotate(Max("days"))
    )
    made = 0
    for invoice in overdue.iterator(chunk_size=500):
        if made >= MOST:
            break
        if invoice.due_date is None:
            continue
        late = (today - invoice.due_date).days
        level = max(one for one in LEVELS if one <= late)
        if reached.get(invoice.pk, 0) < level:
            made += _remind(invoice, level, late, by=by)
    return made


def _remind(invoice: Invoice, level: int, late: int, *, by: Actor) -> int:
    kind = ActivityType.objects.filter(code="call").first()
    kind = kind or ActivityType.objects.order_by("sequence", "pk").first()
    if kind is None or invoice.salesperson is None:
        return 0
    try:
        with transaction.atomic(), translation.override(invoice.salesperson.language):
            Reminder.objects.create(invoice=invoice, days=level)
            activities.schedule(
                invoice,
                by_model(Invoice),
                kind,
                deadline=invoice.company.profile().today(),
                user=invoice.salesperson,
                summary=_("%(customer)s: %(number)s is %(days)s days overdue")
                % {
                    "customer": invoice.customer.name[:80],
                    "number": invoice.number,
                    "days": late,
                },
                by=by,
            )
    except IntegrityError:
        # Another worker was first.
        return 0
    except Refused as refusal:
        logger.warning("No reminder for invoice %s: %s", invoice.pk, refusal)
        return 0
    return 1
