"""Making quotations."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from sarnakh.accounts.actor import Actor
from sarnakh.discussion import actions as discussion
from sarnakh.records import actions as plain
from sarnakh.records import changes, numbering
from sarnakh.records.errors import InvalidValues
from sarnakh.records.types import by_model
from sarnakh.records.types.record_type import Values
from sarnakh.records.whole import whole
from sarnakh.sales.lines import actions as lines
from sarnakh.sales.lines import totals
from sarnakh.sales.lines.scene import Scene as LineScene
from sarnakh.sales.models import Order, OrderLine, OrderOption
from sarnakh.sales.offers import applying
from sarnakh.sales.opportunities import taking
from sarnakh.sales.orders import filling
from sarnakh.sales.orders.scene import Scene

ORDERS = "orders"
# Given empty they count as not said: a form posts every field.
WHEN_SAID = {"company", "template", "pricelist", "payment_term", "fiscal_position",
             "invoice_address", "delivery_address", "warehouse", "team", "terms",
             "opportunity", "expires_on"}  # fmt: skip


@whole
def create(values: Sequence[Values], *, by: Actor) -> list[Order]:
    """Make quotations; what is not said comes from customer, company, template.

    Salespeople of "own documents" make them for themselves.
    """
    return [order for order, _lines in _made(values, by=by)]


@whole
def create_with_lines(
    values: Values, line_values: Sequence[Values], *, by: Actor
) -> Order:
    """A quotation with its lines in one go; a template adds its own before them."""
    scene = Scene(by)
    [(order, found)] = _made([values], by=by, scene=scene)
    around = LineScene(order)
    around.settings = scene.settings(order.company)
    lines.add(order, line_values, by=by, is_new=found == 0, scene=around)
    return order


def create_quietly(values: Sequence[Values], *, by: Actor) -> list[Order]:
    """`create` as imports do it."""
    return [order for order, _lines in _made(values, by=by, quiet=True)]


def _made(
    values: Sequence[Values],
    *,
    by: Actor,
    quiet: bool = False,
    scene: Scene | None = None,
) -> list[tuple[Order, int]]:
    """Orders, and how many lines their template gave them."""
    scene = scene or Scene(by)
    order_type = by_model(Order)
    orders, tags = [], []
    for given in values:
        one = {n: v for n, v in given.items() if v is not None or n not in WHEN_SAID}
        one = taking.from_opportunity(one, scene)
        tags.append(one.get("tags") or [])
        orders.append(_complete(one, scene))
    _number(orders)
    for order in orders:
        filling.derive(order)
        plain.stamp(order, by=by)
    Order.objects.bulk_create(orders, batch_size=500)
    through: Any = Order.tags.through
    through.objects.bulk_create(
        [
            through(order_id=order.pk, tag_id=getattr(tag, "pk", tag))
            for order, found in zip(orders, tags, strict=True)
            for tag in found
        ],
        batch_size=1_000,
    )
    changes.log_many(
        [changes.entry(order, order_type, by=by, event="created") for order in orders]
    )
    made = [
        (
            order,
            applying.apply(order, order.template, by=by, is_new=True)
            if order.template
            else 0,
        )
        for order in orders
    ]
    if not quiet:
        discussion.follow(
            ORDERS,
            [
                (order.pk, user_id)
                for order in orders
                for user_id in {order.salesperson_id, by.user_id}
                if user_id
            ],
        )
    return made


def _complete(one: Values, scene: Scene) -> Order:
    if not one.get("customer"):
        raise InvalidValues({"customer": _("Choose a customer.")})
    number = int(str(getattr(one["customer"], "pk", one["customer"])))
    customer = scene.contacts([number]).get(number)
    if customer is None:
        raise InvalidValues({"customer": _("Choose a customer.")})
    rest = {name: value for name, value in one.items() if name != "customer"}
    order = Order(customer=customer, **plain.column_values(by_model(Order), rest))
    if order.company_id is None:
        order.company = order.customer.company or scene.by.company
    if one.get("created_at"):
        order.ordered_at = one["created_at"]
    filling.fill(order, one.keys(), scene)
    return order


def _number(orders: Sequence[Order]) -> None:
    by_company: dict[int, list[Order]] = {}
    for order in orders:
        by_company.setdefault(order.company_id, []).append(order)
    # Counters in one order, so that two such writes never wait for each other.
    for company_id in sorted(by_company):
        found = by_company[company_id]
        first = numbering.next_numbers(f"orders:{company_id}", len(found))
        for place, order in enumerate(found):
            order.number = f"S{first + place:05d}"


@whole
def duplicate(order: Order, *, by: Actor) -> Order:
    """A new quotation with the same lines, options, tags and conditions.

    Advances and rewards stay behind, and so does what belongs to the original's own
    life: reference of the customer, promised date, signature. Costs are today's.
    """
    scene = Scene(by)
    names = ("customer", "invoice_address", "delivery_address", "opportunity",
             "company", "template", "pricelist", "payment_term", "fiscal_position",
             "salesperson", "team", "campaign", "medium", "source", "referrer",
             "warehouse", "shipping_policy", "shipping_method", "asks_signature",
             "asks_payment", "prepayment_percent", "terms", "note",
             "origin")  # fmt: skip
    twin = Order(**{name: getattr(order, name) for name in names})
    twin.expires_on = filling.expiry(twin, scene, twin.template)
    filling.refuse_customer(twin.customer, twin, scene)
    filling.take_currency(twin, scene)
    _number([twin])
    filling.derive(twin)
    plain.stamp(twin, by=by)
    twin.save(force_insert=True)
    twin.tags.set(order.tags.all())
    changes.log(
        twin, by_model(Order), by=by, event="created", note=_copied(order.number)
    )
    _copy_lines(order, twin, by=by)
    _copy_options(order, twin, by=by)
    users = {twin.salesperson_id, by.user_id}
    discussion.follow(ORDERS, [(twin.pk, user) for user in users if user])
    return twin


def _copied(number: str) -> str:
    return "<p>" + _("A copy of %(number)s.") % {"number": number} + "</p>"


def _copy_lines(order: Order, twin: Order, *, by: Actor) -> None:
    found = [
        line
        for line in lines.full_lines(order)
        if not (line.is_downpayment or line.is_reward)
    ]
    scene = LineScene(twin)
    taxes = [[tax.pk for tax in line.taxes.all()] for line in found]
    scene.rules({pk for listed in taxes for pk in listed})
    now = timezone.now()
    for line, tax_ids in zip(found, taxes, strict=True):
        line.pk = None
        line._state.adding = True
        line._prefetched_objects_cache = {}  # type: ignore[attr-defined]
        line.order = twin
        line.version = 1
        line.created_at = now
        line.created_by = by.user
        line.delivered = line.invoiced = Decimal(0)
        line.untaxed_invoiced = 0
        line.invoice_status = Order.InvoiceStatus.NOTHING
        plain.stamp(line, by=by)
        scene.take_cost([line])
        scene.compute(line, tax_ids)
    OrderLine.objects.bulk_create(found, batch_size=500)
    lines.write_taxes(found, taxes)
    totals.recompute(twin, scene=scene)


def _copy_options(order: Order, twin: Order, *, by: Actor) -> None:
    copies = []
    for option in order.options.order_by("sequence", "pk"):
        option.pk = None
        option._state.adding = True
        option.order, option.line, option.version = twin, None, 1
        plain.stamp(option, by=by)
        copies.append(option)
    OrderOption.objects.bulk_create(copies, batch_size=500)


__all__ = ["create", "create_quietly", "create_with_lines", "duplicate"]
