"""Making invoices from orders."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.utils import translation
from django.utils.translation import gettext as _

from sarnakh.accounts.actor import Actor
from sarnakh.invoicing.invoices import actions as invoices
from sarnakh.invoicing.invoices.draft import InvoiceDraft, LineDraft
from sarnakh.invoicing.models import Invoice, InvoiceLine
from sarnakh.lib.money import CURRENCIES
from sarnakh.money.models import TradeSettings
from sarnakh.money.taxes import queries as taxes
from sarnakh.money.taxes.engine import line_amounts
from sarnakh.records import actions as plain
from sarnakh.records import rows
from sarnakh.records.types import by_model
from sarnakh.records.whole import whole
from sarnakh.sales.billing import advance_lines, advances, drafting, figures
from sarnakh.sales.billing.drafting import Scene, Taken
from sarnakh.sales.billing.errors import AdvanceNotPositive, CannotInvoice
from sarnakh.sales.models import Order, OrderLine, ServiceProduct
from sarnakh.sales.orders import sides
from sarnakh.sales.services import service_product

HOW = ("regular", "percent", "fixed")
REMEMBERED = 24 * 3600
# What a draft looks at; who sold it and where it came from are copied by number.
_LINKS = ("company", "customer", "invoice_address", "delivery_address", "team")
_LINE = (
    "order", "kind", "sequence", "description", "product__company", "product__name",
    "unit", "quantity", "unit_price", "discount", "delivered", "invoiced",
    "invoice_policy", "is_downpayment", "is_discount", "is_reward", "is_delivery",
    "subtotal", "tax", "total", "tax_parts", "unit__name", "unit__category",
    "unit__size", "unit__ratio", "unit__rounding",
)  # fmt: skip


@whole
def create_invoices(
    orders: Sequence[Order],
    *,
    how: str = "regular",
    amount: Decimal | int | None = None,
    deduct: bool = True,
    consolidate: bool = True,
    once: str = "",
    by: Actor,
) -> list[Invoice]:
    """Drafts from orders that the actor may write; no right of billing is needed.

    `regular` invoices what is to be invoiced, and with `deduct` also what is below
    zero: advances and over-invoiced lines; below zero on the whole it is a credit
    note. `percent` and `fixed` make an advance: `amount` is a percentage, or
    smallest units with tax. Alike orders share an invoice when consolidated.
    `once` names the click: sent again it has no effect and the same answer.
    """
    key = f"bill:{by.user_id}:{once[:60]}"
    if once and not cache.add(key, [], REMEMBERED):
        return list(Invoice.objects.filter(pk__in=cache.get(key) or []).order_by("pk"))
    scene = scene_of([order.pk for order in orders], by=by)
    if how == "regular":
        made = _regular(scene, deduct=deduct, consolidate=consolidate, by=by)
    else:
        made = [_advance(scene, order, how, amount, by=by) for order in scene.orders]
    keys = [order.pk for order in scene.orders]
    if how != "regular" or any(
        line.is_downpayment for own in scene.lines.values() for line in own
    ):
        advance_lines.follow(keys, by=by)
    for order in scene.orders:
        sides.note(order, "invoices")
    figures.refresh_held(scene.orders, by=by)
    for order in scene.orders:
        sides.forget(order)
    if once:
        cache.set(key, [one.pk for one in made], REMEMBERED)
    return made


def scene_of(keys: Sequence[int], *, by: Actor) -> Scene:
    """Orders that the actor may write, held, with all that invoicing them needs."""
    order_type = by_model(Order)
    # Own drafts may be made from own orders; what may not be written is not billed.
    allowed = rows.visible(order_type, by, "write")
    orders = list(figures.held(keys, among=allowed).select_related(*_LINKS))
    if len(orders) != len(set(keys)):
        raise PermissionDenied
    if len(orders) == 1:
        sides.look(orders[0])
    for order in orders:
        if order.state == Order.State.CANCELLED:
            raise CannotInvoice(order.number)
    by_key = {order.pk: order for order in orders}
    lines = list(
        OrderLine.objects.filter(order__in=orders)
        .select_related("product", "unit")
        .only(*_LINE)
        .order_by("sequence", "pk")
    )
    for line in lines:
        line.order = by_key[line.order_id]
    of_line: dict[int, list[int]] = {}
    through = OrderLine.taxes.through._default_manager
    for line_id, tax_id in (
        through.filter(orderline__in=[line.pk for line in lines])
        .order_by("tax_id")
        .values_list("orderline_id", "tax_id")
    ):
        of_line.setdefault(line_id, []).append(tax_id)
    wanted = {key for keys_of in of_line.values() for key in keys_of}
    wanted |= {part[0] for line in lines for part in line.tax_parts}
    companies = {order.company_id: order.company for order in orders}
    grouped: dict[int, list[OrderLine]] = {order.pk: [] for order in orders}
    for line in lines:
        grouped[line.order_id].append(line)
    return Scene(
        orders=orders,
        lines=grouped,
        taxes={key: tuple(found) for key, found in of_line.items()},
        rules=taxes.rules(wanted),
        billed=figures.billed(lines, by_key),
        settings={key: TradeSettings.of(one) for key, one in companies.items()},
        by_period=frozenset(figures.periodic(orders)),
    )


# --- what is to be invoiced -------------------------------------------------------


def _regular(
    scene: Scene, *, deduct: bool, consolidate: bool, by: Actor
) -> list[Invoice]:
    groups: dict[Any, list[Order]] = {}
    for order in scene.orders:
        key = drafting.together(order) if consolidate else order.pk
        groups.setdefault(key, []).append(order)
    drafts: list[InvoiceDraft] = []
    sources: list[list[OrderLine | None]] = []
    for own in groups.values():
        taken: list[Taken] = []
        for order in own:
            taken += drafting.regular(scene, order, deduct=deduct)
        if len(own) == 1:
            taken = _met(scene, own[0], taken)
        draft = _joined(scene, own, [line for line, _source in taken])
        if total_in(scene, draft) < 0:
            draft = drafting.mirrored(draft)
        drafts.append(draft)
        sources.append([source for _line, source in taken])
    made = invoices.create_many(
        drafts, rules=scene.rules, settings=scene.settings, by=by
    )
    for (_invoice, lines), of in zip(made, sources, strict=True):
        link(zip(lines, of, strict=True))
    return [invoice for invoice, _lines in made]


def _joined(
    scene: Scene, orders: Sequence[Order], lines: Sequence[LineDraft]
) -> InvoiceDraft:
    first = orders[0]
    draft = drafting.header(first, lines, cash_rounding=rounding_of(scene, first))
    if len(orders) == 1:
        return draft
    references = dict.fromkeys(
        order.customer_reference for order in orders if order.customer_reference
    )
    addresses = {order.delivery_address_id for order in orders}
    return replace(
        draft,
        origin=", ".join(order.number for order in orders)[:200],
        reference=", ".join(references)[:100],
        delivery_address=first.delivery_address if len(addresses) == 1 else None,
        salesperson=_common(orders, "salesperson_id"),
        team=_common(orders, "team"),
        campaign=_common(orders, "campaign_id"),
        medium=_common(orders, "medium_id"),
        source=_common(orders, "source_id"),
        referrer=_common(orders, "referrer_id"),
    )


def _common(orders: Sequence[Order], name: str) -> Any:
    """What the first one says; the document has to belong to somebody."""
    return next((found for one in orders if (found := getattr(one, name))), None)


def rounding_of(scene: Scene, order: Order) -> Any:
    """The cash rounding of its company."""
    return scene.settings[order.company_id].cash_rounding


def total_in(scene: Scene, draft: InvoiceDraft) -> int:
    """What a draft comes to, tax included."""
    order = next(one for one in scene.orders if one.company_id == draft.company.pk)
    per_document = scene.per_document(order)
    found = [
        _computed(scene, draft.currency, line, per_document) for line in draft.lines
    ]
    corrections = sum(
        line.base_correction + line.tax_correction for line in draft.lines
    )
    return advances.total_of(found, per_document=per_document) + corrections


def _computed(scene: Scene, currency: str, line: LineDraft, per_document: bool) -> Any:
    is_product = line.kind == OrderLine.Kind.PRODUCT
    return line_amounts(
        line.unit_price,
        line.quantity if is_product else Decimal(0),
        line.discount,
        [scene.rules[key] for key in line.taxes],
        decimals=CURRENCIES[currency].decimals,
        per_document=per_document,
    )


def _met(scene: Scene, order: Order, taken: list[Taken]) -> list[Taken]:
    """Where taxes are rounded once for a document, several documents of an order
    may round otherwise than the order: the last one takes the difference."""
    if (
        scene.by_period
        or not scene.per_document(order)
        or not _completes(scene, order, taken)
    ):
        return taken
    others = {
        one.invoice_id: one.invoice
        for line in scene.lines[order.pk]
        if line.pk in scene.billed
        for one in scene.billed[line.pk].lines
    }
    if not others:
        return taken
    draft = drafting.header(order, [line for line, _source in taken])
    missing = (
        order.total
        - sum(one.sign * (one.total - one.rounding) for one in others.values())
        - total_in(scene, draft)
    )
    taxed = [n for n, (line, _source) in enumerate(taken) if line.taxes]
    if not missing or not taxed or abs(missing) > 2 * (len(others) + 1):
        return taken
    found = list(taken)
    line, source = found[taxed[0]]
    found[taxed[0]] = (
        replace(line, tax_correction=line.tax_correction + missing),
        source,
    )
    return found


def _completes(scene: Scene, order: Order, taken: Sequence[Taken]) -> bool:
    now: dict[int, Decimal] = {}
    for line, source in taken:
        if source is not None and line.kind == OrderLine.Kind.PRODUCT:
            now[source.pk] = now.get(source.pk, Decimal(0)) + line.quantity
    return all(
        line.invoiced + now.get(line.pk, Decimal(0)) == line.quantity
        for line in scene.lines[order.pk]
        if line.kind == OrderLine.Kind.PRODUCT
    )


# --- advances -----------------------------------------------------------------------


def _advance(
    scene: Scene, order: Order, how: str, amount: Decimal | int | None, *, by: Actor
) -> Invoice:
    if how not in HOW or amount is None or amount <= 0:
        raise AdvanceNotPositive
    counted = [
        (scene.amounts_of(line), scene.rules_of(line))
        for line in scene.lines[order.pk]
        if line.kind == OrderLine.Kind.PRODUCT and not line.is_downpayment
    ]
    decimals = CURRENCIES[order.currency].decimals
    if how == "percent":
        shares = advances.by_percent(counted, Decimal(amount))
    elif order.total <= 0:
        raise AdvanceNotPositive
    else:
        shares = advances.by_amount(
            counted,
            int(amount),
            order.total,
            scene.rules,
            decimals=decimals,
            per_document=scene.per_document(order),
        )
    if not shares:
        raise AdvanceNotPositive
    product = service_product(order.company, ServiceProduct.Purpose.DOWNPAYMENT, by=by)
    with translation.override(recipient_language(order)):
        text = (
            _("Down payment of %(percent)s%%") % {"percent": _short(Decimal(amount))}
            if how == "percent"
            else _("Down payment")
        )
    lines = _order_lines(scene, order, shares, product, text, by=by)
    draft = drafting.header(
        order,
        [
            LineDraft(
                description=text,
                product=product,
                unit=product.unit,
                unit_price=line.unit_price,
                taxes=share.taxes,
                tax_correction=share.tax_correction,
                is_downpayment=True,
            )
            for line, share in zip(lines, shares, strict=True)
        ],
    )
    ((made, own),) = invoices.create_many([draft], by=by)
    link(zip(own, lines, strict=True))
    return made


def _order_lines(
    scene: Scene,
    order: Order,
    shares: Sequence[advances.Share],
    product: Any,
    text: str,
    *,
    by: Actor,
) -> list[OrderLine]:
    """Lines of no quantity on the order: its total does not change."""
    own = scene.lines[order.pk]
    place = max([line.sequence for line in own], default=0)
    new: list[OrderLine] = []
    if not any(line.is_downpayment and line.kind == "section" for line in own):
        place += 10
        new.append(
            OrderLine(
                order=order,
                kind=OrderLine.Kind.SECTION,
                sequence=place,
                description=_("Down payments"),
                quantity=0,
                is_downpayment=True,
            )
        )
    decimals = CURRENCIES[order.currency].decimals
    made = []
    for share in shares:
        place += 10
        line = OrderLine(
            order=order,
            sequence=place,
            description=text,
            product=product,
            unit=product.unit,
            quantity=Decimal(0),
            unit_price=Decimal(share.amount).scaleb(-decimals),
            price_is_manual=True,
            is_downpayment=True,
        )
        made.append(line)
    for line in [*new, *made]:
        plain.stamp(line, by=by)
    OrderLine.objects.bulk_create([*new, *made])
    through = OrderLine.taxes.through._default_manager
    through.bulk_create(
        [
            OrderLine.taxes.through(orderline_id=line.pk, tax_id=key)
            for line, share in zip(made, shares, strict=True)
            for key in share.taxes
        ]
    )
    return made


def link(pairs: Any) -> None:
    """Remember which line of a document comes from which line of an order."""
    through = OrderLine.invoice_lines.through
    through._default_manager.bulk_create(
        [
            through(orderline_id=source.pk, invoiceline_id=line.pk)
            for line, source in pairs
            if source is not None and line.kind == InvoiceLine.Kind.PRODUCT
        ],
        ignore_conflicts=True,
        batch_size=1_000,
    )


def recipient_language(order: Order) -> str:
    """The language of what the customer reads."""
    return drafting.recipient(order).language or order.company.language


def _short(number: Decimal) -> str:
    return f"{number.normalize():f}"
