"""What pages of orders, customers and invoices show of each other."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from sarnakh.accounts.actor import Actor
from sarnakh.accounts.models import Company
from sarnakh.contacts.models import Contact
from sarnakh.invoicing import defaults
from sarnakh.invoicing.models import Invoice, InvoiceLine
from sarnakh.invoicing.payments.families import family
from sarnakh.invoicing.queries import owed
from sarnakh.invoicing.screens import MORE_BANNERS
from sarnakh.invoicing.types import INVOICES
from sarnakh.lib import numbers
from sarnakh.lib.money import format_money, parse_money
from sarnakh.records import rows
from sarnakh.records.errors import InvalidValues
from sarnakh.sales.billing import queries
from sarnakh.sales.billing.creating import create_invoices
from sarnakh.sales.models import CustomerTerms, Order, OrderLine
from sarnakh.sales.orders import credit, sides
from sarnakh.screens import once, panels
from sarnakh.screens.screen import Banner, Bulk, Button, SmartButton
from sarnakh.screens.state import SearchState


def asking(order: Order, actor: Actor) -> dict[str, Any]:
    """What was invoiced, what remains, and what to be careful about."""

    def text(amount: int) -> str:
        return format_money(amount, order.currency, actor.profile)

    found = (
        queries.remaining(order)
        if sides.glance(order, "invoices", actor)
        else queries.Remaining(0, order.total, (), has_advances=False)
    )
    return {
        "invoiced": text(found.invoiced),
        "remaining": text(found.remaining),
        "drafts": found.drafts,
        "has_advances": found.has_advances,
        "is_confirmed": order.state == Order.State.SALE,
        "currency": order.currency,
        "once": once.token(),
    }


def answers(given: QueryDict, actor: Actor) -> dict[str, Any]:
    """What was typed; amounts wait for the order's currency."""
    return {
        "how": given.get("how", "regular"),
        "amount": given.get("amount", "").strip(),
        "deduct": "deduct" in given,
        "once": given.get("once", ""),
    }


def bulk_answers(given: QueryDict, actor: Actor) -> dict[str, Any]:
    """The same for several orders."""
    return {
        **answers(given, actor),
        "consolidate": "consolidate" in given,
    }


def press(order: Order, *, by: Actor, **given: Any) -> str:
    """Make invoices of one order; leads to them."""
    return _address(_made([order], by=by, **given))


def press_many(orders: Sequence[Order], *, by: Actor, **given: Any) -> int:
    """Make invoices of several orders; how many there are."""
    return len(_made(orders, by=by, **given))


def _made(
    orders: Sequence[Order],
    *,
    how: str,
    amount: str,
    deduct: bool,
    once: str,
    consolidate: bool = True,
    by: Actor,
) -> list[Invoice]:
    wanted: Decimal | int | None = None
    try:
        if how == "percent":
            wanted = Decimal(str(numbers.parse_number(amount)))
        elif how == "fixed":
            wanted = parse_money(amount, orders[0].currency, by.profile)
    except numbers.NumberError:
        raise InvalidValues({"amount": _now("This is not an amount.")}) from None
    return create_invoices(
        orders,
        how=how,
        amount=wanted,
        deduct=deduct,
        consolidate=consolidate,
        once=once,
        by=by,
    )


def _address(made: Sequence[Invoice]) -> str:
    keys = [one.pk for one in made]
    if len(keys) == 1:
        return reverse("invoices:record", args=keys)
    return f"{reverse('invoices:browse')}?{_listed(keys)}"


def _listed(keys: Sequence[int]) -> str:
    state = SearchState(view="list", custom=(f'[["id","in",{sorted(keys)}]]',))
    return state.query()


def is_to_invoice(order: Order) -> bool:
    """Whether the next step is an invoice."""
    return order.invoice_status == Order.InvoiceStatus.TO_INVOICE


CREATE = Button(
    command="create-invoice",
    label=_("Create invoice"),
    icon="file-invoice",
    is_primary=is_to_invoice,
    # Advances are asked for before the confirmation as well.
    visible=lambda order: order.state != Order.State.CANCELLED,
    asks="sales/billing/create.html",
    asking=asking,
    reads=answers,
    run=press,
    rank=25,
)
CREATE_MANY = Bulk(
    name="create-invoices",
    label=_("Create invoices"),
    icon="file-invoice",
    run=press_many,
    asks="sales/billing/create.html",
    reads=bulk_answers,
)
"""For the list of orders."""


def _invoices_of(order: Order, actor: Actor) -> int:
    if not sides.glance(order, "invoices", actor):
        return 0
    of_order = InvoiceLine.objects.filter(order_lines__order=order)
    found = rows.visible(INVOICES, actor)
    return found.filter(pk__in=of_order.order_by().values("invoice")).count()


def _invoices_url(order: Order) -> str:
    keys = queries.invoice_ids(order)
    if len(keys) == 1:
        return reverse("invoices:record", args=keys)
    return f"{reverse('invoices:browse')}?{_listed(keys)}"


def _orders_of(invoice: Invoice, actor: Actor) -> int:
    from sarnakh.sales.types import ORDERS

    of_invoice = OrderLine.objects.filter(invoice_lines__invoice=invoice)
    found = rows.visible(ORDERS, actor)
    return found.filter(pk__in=of_invoice.order_by().values("order")).count()


def _orders_url(invoice: Invoice) -> str:
    found = Order.objects.filter(lines__invoice_lines__invoice=invoice)
    keys = list(found.distinct().values_list("pk", flat=True))
    if len(keys) == 1:
        return reverse("orders:record", args=keys)
    return f"{reverse('orders:browse')}?{_listed(keys)}"


def _invoices_of_contact(contact: Contact, actor: Actor) -> int:
    if not rows.may(INVOICES, actor, "read"):
        return 0
    found = rows.visible(INVOICES, actor)
    return found.filter(customer__in=family(contact.pk)).count()


def _contact_url(contact: Contact) -> str:
    keys = sorted(family(contact.pk))
    state = SearchState(view="list", custom=(f'[["customer","in",{keys}]]',))
    return f"{reverse('invoices:browse')}?{state.query()}"


def _owed_text(contact: Contact, actor: Actor) -> str:
    amount = owed(contact, actor.company).total
    if not amount:
        return ""
    text = format_money(amount, actor.company.currency, actor.profile)
    return _now("%(amount)s due") % {"amount": text}


def agreed(contact: Contact, company: Company) -> dict[str, Any]:
    """What the company agreed with a customer, or with the firms above."""
    one: Contact | None = contact
    seen: set[int] = set()
    while one is not None and one.pk not in seen:
        seen.add(one.pk)
        found = (
            CustomerTerms.objects.filter(contact=one, company=company)
            .select_related(
                "pricelist", "payment_term", "fiscal_position", "salesperson", "team"
            )
            .first()
        )
        if found is not None:
            return {
                name: getattr(found, name)
                for name in (
                    "pricelist", "payment_term", "fiscal_position", "salesperson",
                    "team",
                )
            }  # fmt: skip
        one = one.parent
    return {}


def credit_banner(invoice: Invoice, actor: Actor) -> list[Banner]:
    """A draft that takes its customer beyond the limit says so."""
    if invoice.state != Invoice.State.DRAFT or invoice.kind != Invoice.Kind.INVOICE:
        return []
    limit = queries.credit_limit(invoice.customer, invoice.company)
    if limit <= 0:
        return []
    total = queries.exposure_with(invoice)
    if total <= limit:
        return []
    return [Banner(text=limit_text(limit, total, invoice.company, actor), tone="warn")]


def limit_text(limit: int, total: int, company: Company, actor: Actor) -> str:
    """The warning, with both figures."""
    return _now(
        "With this document the customer owes %(total)s; the credit limit is %(limit)s."
    ) % {
        "total": format_money(total, company.currency, actor.profile),
        "limit": format_money(limit, company.currency, actor.profile),
    }


def register() -> None:
    """Once, when Django has loaded every room."""
    from sarnakh.sales.billing import receivers  # noqa: F401 - they connect

    panels.add_buttons("orders", CREATE)
    panels.add_smart_buttons(
        "orders",
        SmartButton(
            name="invoices",
            label=_("Invoices"),
            icon="file-invoice",
            count=_invoices_of,
            url=_invoices_url,
            hides_zero=True,
            rank=30,
        ),
    )
    panels.add_smart_buttons(
        "invoices",
        SmartButton(
            name="orders",
            label=_("Sales order"),
            icon="receipt",
            count=_orders_of,
            url=_orders_url,
            hides_zero=True,
            rank=10,
        ),
    )
    panels.add_smart_buttons(
        "contacts",
        SmartButton(
            name="invoices",
            label=_("Invoices"),
            icon="file-invoice",
            count=_invoices_of_contact,
            url=_contact_url,
            note=_owed_text,
            hides_zero=True,
            rank=40,
        ),
    )
    credit.DEBTS.append(queries.exposure)
    defaults.register(agreed)
    MORE_BANNERS.append(credit_banner)
