"""What customers do on the page of an order.

All act as the system: whoever has the link has the right, for this order only. Each
holds the order's row first, so that twice is once.
"""

from collections.abc import Iterable
from decimal import Decimal

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from sarnakh.accounts.actor import Actor, system_actor
from sarnakh.activities import actions as activities
from sarnakh.activities.models import ActivityType
from sarnakh.discussion import actions as discussion
from sarnakh.discussion import files as kept
from sarnakh.discussion.writing import from_plain
from sarnakh.invoicing.invoices import actions as invoices
from sarnakh.invoicing.models import Payment
from sarnakh.invoicing.payments import actions as payments
from sarnakh.invoicing.preview.accounts import journal_for
from sarnakh.lib import text
from sarnakh.lib.errors import Refused
from sarnakh.lib.money import format_money
from sarnakh.lib.pictures import PictureError, cleaned
from sarnakh.mail import composing
from sarnakh.money.models import TradeSettings
from sarnakh.portal import payments as portal_payments
from sarnakh.portal.models import PaymentAttempt
from sarnakh.records import actions as plain
from sarnakh.records import changes
from sarnakh.records.types import by_model
from sarnakh.records.whole import whole
from sarnakh.sales.billing import actions as billing
from sarnakh.sales.lines import actions as lines
from sarnakh.sales.models import Order, OrderLine, OrderOption
from sarnakh.sales.options import actions as options
from sarnakh.sales.orders import actions as orders
from sarnakh.sales.papers.orders import file_name, order_pdf
from sarnakh.sales.preview import standing

LARGEST_SIGNATURE = 1024 * 1024
MOST = Decimal(1_000_000)


class CannotAct(Refused):
    """The offer is over, or has been answered."""

    def __init__(self) -> None:
        super().__init__(
            _("This can no longer be done here. Please contact us."), "cannot-act"
        )


class NameMissing(Refused):
    """A signature needs a name."""

    def __init__(self) -> None:
        super().__init__(_("Write your name."), "name-missing")


class SignatureMissing(Refused):
    """Nothing was drawn, and the typed name is not meant."""

    def __init__(self) -> None:
        super().__init__(
            _("Draw your signature, or use your typed name as signature."),
            "signature-missing",
        )


class SignatureUnusable(Refused):
    """The picture is too large or broken."""

    def __init__(self, code: str) -> None:
        large = _("The picture of the signature is larger than 1 MB. Draw it again.")
        other = _("The picture of the signature cannot be read. Draw it again.")
        super().__init__(
            large if code.startswith("too-") else other, f"signature-{code}"
        )


class ReasonMissing(Refused):
    """Declining asks for a reason."""

    def __init__(self) -> None:
        super().__init__(_("Tell us why, in a few words."), "reason-missing")


def listeners(order: Order) -> list[int]:
    """Who of the house hears of it."""
    return [order.salesperson_id] if order.salesperson_id else []


@whole
def sign(
    order: Order, name: str, drawing: bytes, *, is_typed: bool = False, by: Actor
) -> Order:
    """Accept with a name and a drawing, or the typed name in its place.

    Where nothing has to be paid first the order is confirmed. Signing what is signed
    changes nothing.
    """
    order = plain.locked(order, *lines.LINKS)
    if order.signed_at is not None:
        return order
    if not standing.of(order).may_sign:
        raise CannotAct
    name = " ".join(text.clean(name).split())[:120]
    if not name:
        raise NameMissing
    digest = ""
    if drawing:
        digest = kept.keep_bytes(_checked(drawing))
    elif not is_typed:
        raise SignatureMissing
    order.signed_by, order.signed_at = name, timezone.now()
    order.signature_digest = digest
    columns = ["signed_by", "signed_at", "signature_digest"]
    plain.save_guarded(order, columns, by=by)
    changes.log(order, by_model(Order), by=by, event="signed", note=from_plain(name))
    _settle(order, by=by)
    order.refresh_from_db()
    with translation.override(order.company.language):
        words = _("%(name)s has accepted and signed this document.") % {"name": name}
    pdf = order_pdf(order)
    with translation.override(order.company.language):
        paper = SimpleUploadedFile(file_name(order), pdf, "application/pdf")
    discussion.log(
        order,
        by_model(Order),
        words,
        files=[paper],
        name=name,
        tell=listeners(order),
        by=by,
    )
    return order


@whole
def decline(order: Order, reason: str, *, by: Actor) -> Order:
    """Say no: cancels the order and posts the reason."""
    order = plain.locked(order, *lines.LINKS)
    if order.state == Order.State.CANCELLED:
        return order
    if not standing.of(order).may_decline:
        raise CannotAct
    reason = text.clean(reason).strip()[:5_000]
    if not reason:
        raise ReasonMissing
    order = orders.cancel(order, note=from_plain(reason), by=by)
    discussion.post_for_stranger(
        order,
        by_model(Order),
        reason,
        order.customer.name,
        tell=listeners(order),
        by=by,
    )
    return order


@whole
def choose(order: Order, option: OrderOption, quantity: Decimal, *, by: Actor) -> Order:
    """Take so many of an optional product; none takes it off again."""
    order = plain.locked(order, *lines.LINKS)
    if not standing.of(order).may_choose or option.order_id != order.pk:
        raise CannotAct
    quantity = min(quantity, MOST)
    line = OrderLine.objects.filter(pk=option.line_id or 0, order=order).first()
    if quantity <= 0:
        if line is not None:
            lines.remove([line], by=by)
    elif line is None:
        added = options.add_to_order(option, by=by)
        if added.line is not None and added.line.quantity != quantity:
            lines.change(added.line, {"quantity": quantity}, by=by)
    elif line.quantity != quantity:
        lines.change(line, {"quantity": quantity}, by=by)
    order.refresh_from_db()
    return order


# --- money ----------------------------------------------------------------------


def received(order: Order, attempt: PaymentAttempt, *, by: Actor) -> None:
    """Money has come in: it is booked, and may confirm the order."""
    order = plain.locked(order, *lines.LINKS)
    # Reason: who sells may say that money came in, without the right to post.
    system = system_actor(order.company)
    payment = book(
        order.company_id,
        order.customer_id,
        attempt,
        memo=order.number,
        by=system,
    )
    orders.note_sent(order, by=by)
    order.refresh_from_db()
    with translation.override(order.company.language):
        words = _("%(amount)s was paid for this document.") % {
            "amount": _amount(order, attempt)
        }
    discussion.log(order, by_model(Order), words, tell=listeners(order), by=by)
    if order.is_quotation and not _settle(order, by=by):
        composing.send_by_itself(order, "order-payment", by=by)
    order.refresh_from_db()
    if payment is not None and order.state == Order.State.SALE:
        invoice_payment(order, payment, by=system)


def announced(order: Order, attempt: PaymentAttempt, *, by: Actor) -> None:
    """The customer says that the money is on its way: the salesperson looks."""
    orders.note_sent(order, by=by)
    with translation.override(order.company.language):
        words = _("%(amount)s was announced by the customer, tracking number %(note)s.")
        words %= {"amount": _amount(order, attempt), "note": attempt.note}
        summary = _("Confirm receipt of %(amount)s") % {
            "amount": _amount(order, attempt)
        }
    discussion.log(order, by_model(Order), words, tell=listeners(order), by=by)
    kind = ActivityType.objects.order_by("pk").first()
    if order.salesperson and order.salesperson.is_active and kind:
        activities.schedule(
            order,
            by_model(Order),
            kind,
            deadline=standing.today_of(order),
            user=order.salesperson,
            summary=summary,
            by=by,
        )


def rejected(order: Order, attempt: PaymentAttempt, *, by: Actor) -> None:
    """The announced money never came."""
    words = _("The announced payment of %(amount)s was not received.")
    words %= {"amount": _amount(order, attempt)}
    discussion.log(order, by_model(Order), words, by=by)


def invoice_payment(order: Order, payment: Payment, *, by: Actor) -> None:
    """Where the company wants it: the invoice of what was paid, settled and sent.

    All of it paid is the final invoice, less is an advance. What stands in the way
    is told to the salesperson; the payment stays a credit of the customer.
    """
    trade = TradeSettings.of(order.company)
    if (
        not trade.invoices_online_payments
        or trade.invoice_policy != TradeSettings.InvoicePolicy.ORDERED
    ):
        return
    is_whole = portal_payments.paid("orders", order.pk) >= order.total
    try:
        with transaction.atomic():
            drafts = billing.create_invoices(
                [order],
                how="regular" if is_whole else "fixed",
                amount=None if is_whole else payment.amount,
                by=by,
            )
            for invoice in invoices.post(drafts, by=by):
                payments.allocate(invoice, payment, by=by)
                invoice.refresh_from_db()
                composing.send_by_itself(invoice, "invoice", by=by)
    except Refused as refusal:
        with translation.override(order.company.language):
            words = _("The payment could not be invoiced by itself: %(reason)s")
            words %= {"reason": refusal.message}
        discussion.log(order, by_model(Order), words, tell=listeners(order), by=by)


def book(
    company_id: int,
    customer_id: int,
    attempt: PaymentAttempt,
    *,
    memo: str,
    by: Actor,
) -> Payment | None:
    """A posted payment of the customer, free for the invoices to come.

    Without any journal for money there is nothing to book it in; the attempt
    remains the witness.
    """
    journal = journal_for(company_id, attempt.journal_id)
    if journal is None:
        return None
    reference = attempt.provider_reference or f"attempt-{attempt.pk}"
    (payment,) = payments.create(
        [
            {
                "company": company_id,
                "customer": customer_id,
                "journal": journal.pk,
                "currency": attempt.currency,
                "amount": attempt.amount,
                "memo": memo[:200],
                "external_reference": reference[:100],
                "date": attempt.company.profile().today(),
            }
        ],
        by=by,
    )
    return payments.post(payment, by=by)


def signature_digests() -> Iterable[str]:
    """Hashes of all drawings, so that they are not swept away."""
    return Order.objects.exclude(signature_digest="").values_list(
        "signature_digest", flat=True
    )


def _checked(drawing: bytes) -> bytes:
    try:
        picture = cleaned(drawing, largest=LARGEST_SIGNATURE)
    except PictureError as error:
        raise SignatureUnusable(error.code) from error
    if picture.is_blank:
        raise SignatureMissing
    return picture.data


def _settle(order: Order, *, by: Actor) -> bool:
    """Confirm what nothing is asked for any more.

    What the house has to decide first (a credit limit, a shortage) keeps the order
    a quotation: the customer has done their part, and the salesperson reads why.
    """
    if not order.is_quotation or not standing.is_settled(order):
        return False
    try:
        with transaction.atomic():
            orders.confirm(order, by=by)
    except Refused as refusal:
        with translation.override(order.company.language):
            words = _("The order could not be confirmed by itself: %(reason)s")
            words %= {"reason": refusal.message}
        discussion.log(order, by_model(Order), words, tell=listeners(order), by=by)
        return False
    order.refresh_from_db()
    composing.send_by_itself(order, "order-confirmation", by=by)
    return True


def _amount(order: Order, attempt: PaymentAttempt) -> str:
    company = order.company
    profile = company.profile(toman=company.shows_toman)
    return format_money(attempt.amount, attempt.currency, profile)
