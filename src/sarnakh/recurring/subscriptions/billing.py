"""Invoicing a period: once for ever, whoever asks and however often."""

import datetime as dt
import logging
from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal

from django.db import transaction
from django.db.models import F
from django.utils import translation
from django.utils.translation import gettext as _

from sarnakh.accounts.actor import Actor
from sarnakh.accounts.roles import Role
from sarnakh.invoicing.invoices import actions as invoices
from sarnakh.invoicing.models import Invoice
from sarnakh.lib.errors import Refused
from sarnakh.lib.profile import speaking
from sarnakh.mail import composing
from sarnakh.mail.purposes import PURPOSES
from sarnakh.records.whole import whole
from sarnakh.recurring import amounts, errors, periods
from sarnakh.recurring.models import BillingPlan, PeriodInvoice, Subscription
from sarnakh.recurring.periods import Covered
from sarnakh.recurring.subscriptions import revenue
from sarnakh.recurring.subscriptions.held import held, keep
from sarnakh.sales.billing import creating, drafting, figures, quantities
from sarnakh.sales.models import Order, OrderLine

State = Subscription.State
MAIL = "invoice"
_log = logging.getLogger(__name__)


@whole
def invoice_period(
    subscription: Subscription, *, today: dt.date | None = None, by: Actor
) -> Invoice | None:
    """Invoice the period that has begun; one for each call.

    A period whose invoice was cancelled, deleted or credited as a whole is invoiced
    again when somebody asks for it and nothing else is due. None when the period
    holds nothing to invoice.
    """
    present = held(subscription)
    if present.state != State.PROGRESS:
        raise errors.not_running(present.number)
    if present.has_payment_exception:
        raise errors.held_back(present.number)
    today = today or present.company.profile().today()
    if not is_due(present, today):
        return _again(present, by=by)
    return _next(present, by=by)


def is_due(subscription: Subscription, today: dt.date) -> bool:
    """Whether a period has begun that nobody has invoiced."""
    following, end = subscription.next_on, subscription.ends_on
    return bool(following and following <= today and (end is None or following <= end))


def billed_now(order_ids: Iterable[int]) -> dict[int, Decimal]:
    """For `figures.count_by_period`: recurring lines of what runs or ran."""
    rows = OrderLine.objects.filter(
        order__in=list(order_ids),
        kind=OrderLine.Kind.PRODUCT,
        product__is_recurring=True,
        is_downpayment=False,
        order__subscription__isnull=False,
        order__state=Order.State.SALE,
    ).exclude(order__subscription__state__in=(State.QUOTATION, State.UPSELL))
    found = list(rows.values_list("pk", "quantity", "order__subscription__id"))
    if not found:
        return {}
    newest = {
        period.subscription_id: period
        for period in PeriodInvoice.objects.filter(
            subscription__in={key for _pk, _quantity, key in found},
            number=F("subscription__periods_invoiced") - 1,
        )
        .select_related("invoice")
        .order_by("subscription_id")
    }
    is_billed = {key: stands(period) for key, period in newest.items()}
    return {
        pk: quantity if is_billed.get(key) else Decimal(0)
        for pk, quantity, key in found
    }


# --- inside -------------------------------------------------------------------------


def last_of(subscription_id: int) -> PeriodInvoice | None:
    """The newest period of a subscription."""
    return (
        PeriodInvoice.objects.filter(subscription=subscription_id)
        .select_related("invoice")
        .order_by("-number")
        .first()
    )


def stands(period: PeriodInvoice | None) -> bool:
    """Whether what a period asked for is still asked for."""
    if period is None:
        return False
    if period.is_empty:
        return True
    invoice = period.invoice
    return (
        invoice is not None
        and invoice.state != Invoice.State.CANCELLED
        and invoice.payment_state != Invoice.PaymentState.REVERSED
    )


def _next(present: Subscription, *, by: Actor) -> Invoice | None:
    calendar, rhythm = present.company.profile().cal, present.rhythm
    start, number = present.starts_on, present.next_period
    if start is None:
        return None
    covered = periods.covered(start, rhythm, number, calendar)
    row = PeriodInvoice.objects.create(
        subscription=present,
        number=present.periods_invoiced,
        first_day=covered.first,
        last_day=covered.last,
    )
    present.periods_invoiced += 1
    present.next_period += 1
    present.next_on = covered.next
    invoice = _billed(present, row, covered, by=by)
    keep(
        present,
        ["periods_invoiced", "next_period", "next_on", "delivered_before"],
        event="invoiced",
        note=_covered_text(covered, present, present.company.language),
        by=by,
    )
    # Which period counts now is known only here.
    figures.refresh([present.order_id], by=by)
    return _on_its_way(present, invoice, by=by)


def _again(present: Subscription, *, by: Actor) -> Invoice | None:
    last = last_of(present.pk)
    if last is None or stands(last):
        day = present.next_on
        profile = present.company.profile()
        raise errors.not_due(present.number, profile.date_text(day) if day else "—")
    covered = Covered(last.first_day, last.last_day)
    if last.number == 0 and present.starts_on:
        covered = periods.covered(
            present.starts_on, present.rhythm, 0, present.company.profile().cal
        )
    invoice = _billed(present, last, covered, by=by)
    keep(
        present,
        ["delivered_before"],
        event="invoiced",
        note=_covered_text(covered, present, present.company.language),
        by=by,
    )
    # Which period counts now is known only here.
    figures.refresh([present.order_id], by=by)
    return _on_its_way(present, invoice, by=by)


def _billed(
    present: Subscription, row: PeriodInvoice, covered: Covered, *, by: Actor
) -> Invoice | None:
    """The document of a period; the row remembers it."""
    scene = creating.scene_of([present.order_id], by=by)
    (order,) = scene.orders
    own = scene.lines[order.pk]
    recurring = {line.pk for line in revenue.recurring_lines(order)}
    ready: dict[int, Decimal] = {}
    deductions: dict[int, Decimal] = {}
    for line in own:
        if line.kind != OrderLine.Kind.PRODUCT:
            continue
        if line.pk in recurring:
            wanted = _quantity(line, present)
        else:
            wanted = quantities.to_invoice(scene.facts_of(line), is_confirmed=True)
        if wanted and line.is_downpayment:
            deductions[line.pk] = wanted
        elif wanted:
            ready[line.pk] = wanted
    if not ready:
        row.invoice, row.is_empty = None, True
        row.save(update_fields=["invoice", "is_empty"])
        return None
    language = creating.recipient_language(order)
    words = _covered_text(covered, present, language)
    taken = [
        (
            replace(
                draft,
                description=f"{draft.description}\n{words}",
                unit_price=amounts.part(draft.unit_price, covered.share),
                base_correction=0,
                tax_correction=0,
            )
            if source is not None and source.pk in recurring
            else draft,
            source,
        )
        for draft, source in drafting.under_headings(scene, own, ready)
    ]
    with translation.override(language):
        heading = _("Down payments")
    if deductions:
        taken.append((drafting.LineDraft(kind="section", description=heading), None))
        taken += [
            (drafting.deduction(scene, line, deductions[line.pk]), line)
            for line in own
            if line.pk in deductions
        ]
    draft = drafting.header(
        order,
        [line for line, _source in taken],
        cash_rounding=creating.rounding_of(scene, order),
    )
    if creating.total_in(scene, draft) < 0:
        draft = drafting.mirrored(draft)
    ((invoice, made),) = invoices.create_many([draft], by=by)
    creating.link(zip(made, [source for _line, source in taken], strict=True))
    row.invoice, row.is_empty = invoice, False
    row.save(update_fields=["invoice", "is_empty"])
    _reset_delivered(own, recurring, present)
    return invoice


def _quantity(line: OrderLine, present: Subscription) -> Decimal:
    """Ordered in advance; delivered afterwards, only what is new."""
    if line.invoice_policy != figures.DELIVERED:
        return line.quantity
    before = Decimal(str(present.delivered_before.get(str(line.pk), 0)))
    return line.delivered - before


def _reset_delivered(
    own: Iterable[OrderLine], recurring: set[int], present: Subscription
) -> None:
    """Typed figures of services begin again at 0; of goods, which follow from
    deliveries, the invoiced part is remembered."""
    typed = []
    for line in own:
        if line.pk not in recurring or line.invoice_policy != figures.DELIVERED:
            continue
        if line.product is not None and line.product.is_goods:
            present.delivered_before[str(line.pk)] = str(line.delivered)
        elif line.delivered:
            typed.append(line.pk)
    OrderLine.objects.filter(pk__in=typed).update(delivered=Decimal(0))


def _covered_text(covered: Covered, present: Subscription, language: str) -> str:
    profile = speaking(present.company.profile(), language)
    with translation.override(language):
        return _("From %(first)s to %(last)s") % {
            "first": profile.date_text(covered.first),
            "last": profile.date_text(covered.last),
        }


def _on_its_way(
    present: Subscription, invoice: Invoice | None, *, by: Actor
) -> Invoice | None:
    """Post and send it as the plan says; what refuses leaves a draft."""
    plan = present.plan
    wants = plan.invoice_mode == BillingPlan.InvoiceMode.POST
    if invoice is None or not wants or not by.has(Role.BILLING):
        return invoice
    try:
        with transaction.atomic():
            (invoice,) = invoices.post([invoice], by=by)
    except Refused as error:
        _log.warning("Invoice %s stays a draft: %s", invoice.pk, error)
        return invoice
    is_posted = invoice.state == Invoice.State.POSTED
    if plan.mails_invoice and is_posted and MAIL in PURPOSES:
        try:
            with transaction.atomic():
                composing.send_by_itself(invoice, MAIL, by=by)
        except Refused as error:
            _log.warning("Invoice %s was not sent: %s", invoice.pk, error)
    return invoice
