"""Writing the lines of quotations and orders (spec sales §2.2, §5.6, §6.2, §7).

Whoever writes a line holds the row of its order first, so two people on one order
write one after the other and its figures always add up.
"""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from html import escape
from typing import Any

from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from sarnakh.accounts.actor import Actor
from sarnakh.records import actions as plain
from sarnakh.records import changes
from sarnakh.records.errors import InvalidValues
from sarnakh.records.types import by_model
from sarnakh.records.types.record_type import Values
from sarnakh.records.whole import whole
from sarnakh.sales import events
from sarnakh.sales.lines import rules, totals
from sarnakh.sales.lines.scene import PRODUCT, Scene, description_of
from sarnakh.sales.models import Order, OrderLine
from sarnakh.sales.orders import sides

LINKS = ("company", "pricelist", "fiscal_position")
GIVEN = {"kind", "sequence", "description", "quantity", "unit_price", "discount",
         "lead_days", "cost", "is_delivery", "is_downpayment", "is_discount",
         "is_reward", "reward", "is_option", "price_is_manual"}  # fmt: skip
AMOUNTS = ("unit_price", "discount", "cost", "price_is_manual", "subtotal", "tax",
           "total", "tax_parts", "margin")  # fmt: skip
STEP = 10


# --- adding ---------------------------------------------------------------------


@whole
def create(values: Sequence[Values], *, by: Actor) -> list[OrderLine]:
    """Lines of any orders, as forms, imports and the API give them."""
    by_order: dict[int, list[int]] = {}
    for place, one in enumerate(values):
        number = one.get("order")
        if not number:
            raise InvalidValues({"order": _("This field is required.")})
        by_order.setdefault(_pk(number), []).append(place)
    orders = Order.objects.in_bulk(by_order)
    made: dict[int, OrderLine] = {}
    # In one order, so that two such writes never wait for each other.
    for pk in sorted(by_order):
        places = by_order[pk]
        found = add(orders[pk], [values[place] for place in places], by=by)
        made |= dict(zip(places, found, strict=True))
    return [made[place] for place in range(len(values))]


@whole
def add(
    order: Order,
    values: Sequence[Values],
    *,
    by: Actor,
    is_ours: bool = False,
    is_new: bool = False,
    scene: Scene | None = None,
) -> list[OrderLine]:
    """Add lines with a fixed number of statements, however many they are.

    What is not said is filled from the product: description, unit, price, discount,
    taxes, cost, policy, lead time. `is_ours` says that a room adds a line of its
    own (discount, delivery, advance), whose product need not be for sale; `is_new`
    that the caller has just made the order and that it has no lines yet.
    """
    if not values:
        return []
    if not is_new:
        order = plain.locked(order, *LINKS)
    rules.refuse_closed(order)
    scene = scene if is_new and scene else Scene(order)
    lines, tax_ids = _prepared(order, values, scene, is_ours=is_ours)
    _place(order, lines, values, is_new=is_new)
    for line, taxes in zip(lines, tax_ids, strict=True):
        rules.refuse_absurd(line)
        scene.compute(line, taxes)
        rules.refuse_huge(line)
        plain.stamp(line, by=by)
    OrderLine.objects.bulk_create(lines, batch_size=500)
    write_taxes(lines, tax_ids)
    _log_created(lines, by=by)
    if order.state == Order.State.SALE:
        tell(
            order,
            [_("Extra line: %(line)s") % {"line": described(line)} for line in lines
             if line.kind == PRODUCT],
            by=by,
        )  # fmt: skip
    totals.recompute(order, scene=scene, lines=lines if is_new else None)
    if not is_new:
        changed_order(order, added=lines, by=by)
    return lines


def _prepared(
    order: Order, values: Sequence[Values], scene: Scene, *, is_ours: bool
) -> tuple[list[OrderLine], list[list[int]]]:
    products = scene.products(
        _pk(one["product"]) for one in values if one.get("product")
    )
    units = scene.units(_pk(one["unit"]) for one in values if one.get("unit"))
    lines: list[OrderLine] = []
    for one in values:
        line = OrderLine(
            order=order,
            **{
                name: value
                for name, value in one.items()
                if name in GIVEN and value is not None
            },
        )
        line.quantity = _number(one.get("quantity"), 1)
        line.unit_price = _number(one.get("unit_price"), 0)
        line.discount = _number(one.get("discount"), 0)
        if line.kind != PRODUCT:
            _as_text(line)
            lines.append(line)
            continue
        line.product = products.get(_pk(one.get("product")))
        line.unit = units.get(_pk(one.get("unit")))
        if line.product:
            if not is_ours:
                rules.refuse_product(line.product, order.company)
            _take_product(line, given=one)
            rules.refuse_unit(line)
        lines.append(line)
    return lines, _fill(lines, values, scene)


def _fill(
    lines: Sequence[OrderLine], values: Sequence[Values], scene: Scene
) -> list[list[int]]:
    """Taxes, prices and costs of new lines, where nobody said otherwise."""
    asked = [
        line.product
        for line, one in zip(lines, values, strict=True)
        if line.product and one.get("taxes") is None
    ]
    defaults = scene.default_taxes(asked)
    tax_ids = [
        []
        if line.kind != PRODUCT
        else defaults.get(line.product_id or 0, [])
        if one.get("taxes") is None
        else [_pk(tax) for tax in one["taxes"]]
        for line, one in zip(lines, values, strict=True)
    ]
    scene.rules({pk for taxes in tax_ids for pk in taxes})
    open_places = [
        place
        for place, (line, one) in enumerate(zip(lines, values, strict=True))
        if line.product and one.get("unit_price") is None
    ]
    said = {place: values[place].get("discount") for place in open_places}
    scene.price(
        [lines[place] for place in open_places],
        dict(enumerate(tax_ids[place] for place in open_places)),
        fresh=True,
    )
    for place, discount in said.items():
        if discount is not None:
            lines[place].discount = _number(discount, 0)
    for line, one in zip(lines, values, strict=True):
        if one.get("unit_price") is not None and "price_is_manual" not in one:
            line.price_is_manual = line.kind == PRODUCT
    scene.take_cost(
        line for line, one in zip(lines, values, strict=True) if one.get("cost") is None
    )
    return tax_ids


def _place(
    order: Order,
    lines: Sequence[OrderLine],
    values: Sequence[Values],
    *,
    is_new: bool,
) -> None:
    """Lines without a place come last, in the order given."""
    if all(one.get("sequence") is not None for one in values):
        return
    last = 0
    if not is_new:
        found = OrderLine.objects.filter(order=order).aggregate(last=Max("sequence"))
        last = found["last"] or 0
    for line, one in zip(lines, values, strict=True):
        if one.get("sequence") is None:
            last += STEP
            line.sequence = last


# --- changing -------------------------------------------------------------------


@whole
def change(
    line: OrderLine, values: Values, *, seen: int | None = None, by: Actor
) -> OrderLine:
    """Edit a line; price, taxes and figures follow (spec sales §5.6).

    Raises Conflict with both values when somebody else changed the same field
    since `seen`.
    """
    order = plain.locked(Order(pk=line.order_id), *LINKS)
    present: OrderLine = plain.locked(
        line, "product__unit", "product__category", "unit"
    )
    present.order = order
    scene = Scene(order)
    line_type = by_model(OrderLine)
    values = _without_empty(values)
    wanted = plain.resolved(line_type, values)
    current = {name: plain.current_value(present, line_type, name) for name in wanted}
    moved = {name: value for name, value in wanted.items() if value != current[name]}
    if not moved:
        return present
    rules.refuse_change(present, {name: values[name] for name in moved})
    had = _tax_ids(present)
    tax_ids = had
    if moved.get("product"):
        rules.refuse_product(moved["product"], order.company)
        if "taxes" not in moved:
            tax_ids = scene.default_taxes([moved["product"]]).get(
                moved["product"].pk, []
            )
            values = {**values, "taxes": tax_ids}
    if "taxes" in moved:
        tax_ids = [tax.pk for tax in moved["taxes"]]
    old_quantity, old_price = present.quantity, present.unit_price

    def follow(record: Any, changed: set[str]) -> None:
        record.order = order
        _follow(record, changed, scene, tax_ids)

    written: OrderLine = plain.write(
        present, values, seen=seen, derive=follow, by=by, is_locked=True
    )
    written.order = order
    if moved.keys() != {"sequence"}:
        totals.recompute(order, scene=scene)
    scene.remember(by)
    sides.look(order)
    if order.state == Order.State.SALE:
        _tell_changes(written, old_quantity, old_price, by=by)
    changed_order(order, changed=[(written, old_quantity)], by=by)
    sides.forget(order)
    return written


def _follow(
    line: OrderLine, changed: set[str], scene: Scene, tax_ids: list[int]
) -> None:
    if line.kind == PRODUCT and line.product:
        if "product" in changed:
            _take_product(line, given=dict.fromkeys(changed, True), anew=True)
        rules.refuse_unit(line)
        frozen = (
            line.price_is_manual
            or line.is_option
            or line.is_delivery
            or line.is_reward
            or line.is_downpayment
            or line.is_discount
            or bool(line.invoiced)
        )
        if "unit_price" in changed:
            line.price_is_manual = True
        elif "product" in changed or (changed & {"quantity", "unit"} and not frozen):
            discount = line.discount
            scene.price([line], {0: tax_ids}, fresh="product" in changed)
            if "discount" in changed:
                line.discount = discount
        if changed & {"product", "unit"} and "cost" not in changed:
            scene.take_cost([line])
    rules.refuse_absurd(line)
    scene.compute(line, tax_ids)
    rules.refuse_huge(line)


# --- removing -------------------------------------------------------------------


@whole
def remove(lines: Sequence[OrderLine], *, by: Actor) -> None:
    """Take lines off their orders, as far as their state allows."""
    orders: dict[int, Order] = {}
    for pk in sorted({line.order_id for line in lines}):
        orders[pk] = plain.locked(Order(pk=pk), *LINKS)
    for line in lines:
        line.order = orders[line.order_id]
        rules.refuse_removal(line)
    gone = [(line, orders[line.order_id]) for line in lines]
    plain.delete(list(lines), by=by)
    for order in orders.values():
        removed = [line for line, owner in gone if owner is order]
        if order.state == Order.State.SALE:
            tell(
                order,
                [_("Removed: %(line)s") % {"line": described(line)}
                 for line in removed],
                by=by,
            )  # fmt: skip
        totals.recompute(order)
        changed_order(order, removed=removed, by=by)


delete = remove


# --- all lines of an order ------------------------------------------------------


@whole
def recompute(
    order: Order,
    *,
    by: Actor,
    lines: Sequence[OrderLine] | None = None,
    tax_ids: Mapping[int, list[int]] | None = None,
) -> Order:
    """Compute every line anew and write lines and order in a fixed number of
    statements. `lines` may hold changed values that are to be kept as well."""
    scene = Scene(order)
    found = list(lines if lines is not None else full_lines(order))
    taxes = tax_ids or {line.pk: _tax_ids(line) for line in found}
    scene.rules({pk for listed in taxes.values() for pk in listed})
    now = timezone.now()
    for line in found:
        scene.compute(line, taxes.get(line.pk, []))
        rules.refuse_huge(line)
        line.version += 1
        line.updated_at, line.updated_by_id = now, by.user_id
    OrderLine.objects.bulk_update(
        found, [*AMOUNTS, "version", "updated_at", "updated_by"], batch_size=200
    )
    return totals.recompute(order, scene=scene, lines=found if lines is None else None)


def full_lines(order: Order) -> list[OrderLine]:
    """The lines of an order with all that computing them needs."""
    found = list(
        OrderLine.objects.filter(order=order)
        .select_related("product__unit", "product__category", "unit")
        .prefetch_related("taxes")
        .order_by("sequence", "pk")
    )
    for line in found:
        line.order = order
    return found


def write_taxes(
    lines: Sequence[OrderLine], tax_ids: Sequence[Sequence[int]], *, anew: bool = False
) -> None:
    """Link lines with their taxes; `anew` drops what was linked before."""
    through: Any = OrderLine.taxes.through
    if anew:
        through.objects.filter(orderline_id__in=[line.pk for line in lines]).delete()
    links = [
        through(orderline_id=line.pk, tax_id=tax)
        for line, taxes in zip(lines, tax_ids, strict=True)
        for tax in dict.fromkeys(taxes)
    ]
    through.objects.bulk_create(links, batch_size=1_000)


# --- telling --------------------------------------------------------------------


def tell(order: Order, texts: Sequence[str], *, by: Actor) -> None:
    """Say in the order's history what happened to its lines."""
    if not texts:
        return
    note = "".join(f"<p>{escape(text)}</p>" for text in texts)
    changes.log(order, by_model(Order), by=by, event="lines", note=note)


def changed_order(
    order: Order,
    *,
    fields: Iterable[str] = (),
    added: Sequence[OrderLine] = (),
    changed: Sequence[tuple[OrderLine, Decimal]] = (),
    removed: Sequence[OrderLine] = (),
    by: Actor,
) -> None:
    """Tell the bridges that an order is not what it was."""
    events.order_changed.send(
        Order,
        order=order,
        fields=frozenset(fields),
        added=list(added),
        changed=list(changed),
        removed=list(removed),
        by=by,
    )


def described(line: OrderLine) -> str:
    """A line in a few words."""
    return f"{_short(line.quantity)} × {line}"


def _tell_changes(
    line: OrderLine, quantity: Decimal, price: Decimal, *, by: Actor
) -> None:
    texts = []
    if line.quantity != quantity:
        texts.append(
            _(
                "%(line)s: quantity %(old)s → %(new)s "
                "(delivered %(delivered)s, invoiced %(invoiced)s)"
            )
            % {
                "line": str(line),
                "old": _short(quantity),
                "new": _short(line.quantity),
                "delivered": _short(line.delivered),
                "invoiced": _short(line.invoiced),
            }
        )
    if line.unit_price != price:
        texts.append(
            _("%(line)s: price %(old)s → %(new)s")
            % {"line": str(line), "old": _short(price), "new": _short(line.unit_price)}
        )
    tell(line.order, texts, by=by)


# --- inside ---------------------------------------------------------------------


def _take_product(
    line: OrderLine, *, given: Mapping[str, Any], anew: bool = False
) -> None:
    product = line.product
    if product is None:
        return
    if not given.get("description"):
        line.description = description_of(product)
    if not given.get("unit"):
        line.unit = product.unit
    if given.get("lead_days") is None:
        line.lead_days = product.lead_days
    line.invoice_policy = product.invoice_policy
    if anew:
        line.price_is_manual = line.is_option = False


def _as_text(line: OrderLine) -> None:
    line.quantity = line.unit_price = line.discount = Decimal(0)


def _tax_ids(line: OrderLine) -> list[int]:
    return [tax.pk for tax in line.taxes.all()]


def _log_created(lines: Sequence[OrderLine], *, by: Actor) -> None:
    line_type = by_model(OrderLine)
    changes.log_many(
        [changes.entry(line, line_type, by=by, event="created") for line in lines]
    )


def _without_empty(values: Values) -> Values:
    """An emptied figure is 0; an emptied link of a product line is no edit."""
    figures = {"quantity", "unit_price", "discount", "cost"}
    return {
        name: Decimal(0) if value is None and name in figures else value
        for name, value in values.items()
    } | {
        name: Decimal(str(values[name]))
        for name in figures & values.keys()
        if values[name] is not None
    }


def _number(value: Any, otherwise: int) -> Decimal:
    if value is None or value == "":
        return Decimal(otherwise)
    return value if isinstance(value, Decimal) else Decimal(str(value))


def _pk(value: Any) -> int:
    """The number of a linked record, given as such or by its number; 0 for none."""
    return int(getattr(value, "pk", value) or 0)


def _short(number: Decimal) -> str:
    return f"{number.normalize():f}"
