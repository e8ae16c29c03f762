"""What invoices do by themselves."""

import logging

from django_tasks import task

from sarnakh.accounts.actor import system_actor
from sarnakh.accounts.models import Company
from sarnakh.invoicing.invoices import actions as invoices
from sarnakh.invoicing.models import Invoice
from sarnakh.invoicing.reminders import actions as reminders
from sarnakh.lib.errors import Refused

logger = logging.getLogger(__name__)


def post_due() -> int:
    """Post what was to be posted up to today, each by itself; how many it was."""
    done = 0
    for company in Company.objects.filter(active=True).order_by("pk"):
        # Somebody with the right to post has asked for it on this day.
        by = system_actor(company)
        waiting = Invoice.objects.filter(
            company=company,
            state=Invoice.State.DRAFT,
            posts_on__lte=company.profile().today(),
        ).order_by("posts_on", "pk")
        for invoice in waiting:
            try:
                invoices.post([invoice], by=by)
            except Refused as refusal:
                logger.warning("Invoice %s was not posted: %s", invoice.pk, refusal)
            else:
                done += 1
    return done


@task()
def post_invoices() -> None:
    """Every night: documents whose day has come."""
    post_due()


@task()
def remind() -> None:
    """Every morning: overdue invoices."""
    reminders.follow_up()
