"""Optional products of a quotation (spec sales §8)."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from sarnakh.accounts.actor import Actor
from sarnakh.lib.errors import Refused
from sarnakh.records import actions as plain
from sarnakh.records import changes
from sarnakh.records.errors import InvalidValues
from sarnakh.records.types import by_model
from sarnakh.records.types.record_type import Values
from sarnakh.records.whole import whole
from sarnakh.sales import errors
from sarnakh.sales.lines import actions as lines
from sarnakh.sales.lines import rules
from sarnakh.sales.lines.scene import Scene, description_of
from sarnakh.sales.models import Order, OrderLine, OrderOption


class AlreadyAdded(Refused):
    """An option stands on the order once."""

    def __init__(self, name: str) -> None:
        super().__init__(
            _("“%(name)s” is on the order already.") % {"name": name}, "already-added"
        )


@whole
def create(values: Sequence[Values], *, by: Actor) -> list[OrderOption]:
    """Offer products beside the lines; prices as a line would have them."""
    made: list[OrderOption] = []
    for one in values:
        number = one.get("order")
        if not number:
            raise InvalidValues({"order": _("This field is required.")})
        order = plain.locked(Order(pk=getattr(number, "pk", number)), *lines.LINKS)
        _refuse_confirmed(order)
        made += fill(order, [one], by=by)
    return made


def fill(order: Order, values: Sequence[Values], *, by: Actor) -> list[OrderOption]:
    """Options of one order from values; a fixed number of statements."""
    if not values:
        return []
    scene = Scene(order)
    products = scene.products(_pk(one.get("product")) or 0 for one in values)
    units = scene.units(_pk(one["unit"]) or 0 for one in values if one.get("unit"))
    options, probes = [], []
    for place, one in enumerate(values, start=1):
        product = products.get(_pk(one.get("product")) or 0)
        if product is None:
            raise InvalidValues({"product": _("Choose a product.")})
        rules.refuse_product(product, order.company)
        option = OrderOption(
            order=order,
            product=product,
            unit=units.get(_pk(one.get("unit")) or 0) or product.unit,
            description=one.get("description") or description_of(product),
            quantity=_decimal(one.get("quantity"), 1),
            sequence=one.get("sequence") or place * lines.STEP,
        )
        probe = _probe(option)
        rules.refuse_unit(probe)
        options.append(option)
        probes.append(probe)
    taxes = scene.default_taxes([option.product for option in options])
    scene.price(
        probes,
        {n: taxes.get(o.product_id, []) for n, o in enumerate(options)},
        fresh=True,
    )
    for option, probe, one in zip(options, probes, values, strict=True):
        option.unit_price = _decimal(one.get("unit_price"), probe.unit_price)
        option.discount = _decimal(one.get("discount"), probe.discount)
        rules.refuse_absurd(_probe(option))
        plain.stamp(option, by=by)
    OrderOption.objects.bulk_create(options, batch_size=500)
    option_type = by_model(OrderOption)
    changes.log_many(
        [changes.entry(one, option_type, by=by, event="created") for one in options]
    )
    return options


@whole
def change(
    option: OrderOption, values: Values, *, seen: int | None = None, by: Actor
) -> OrderOption:
    """Edit an option; its price follows product, quantity and unit."""
    order = plain.locked(option.order, *lines.LINKS)
    _refuse_confirmed(order)
    given = {n: v for n, v in values.items() if v is not None}

    def follow(record: Any, changed: set[str]) -> None:
        record.order = order
        if "product" in changed:
            rules.refuse_product(record.product, order.company)
            record.unit = record.product.unit
            if "description" not in changed:
                record.description = description_of(record.product)
        probe = _probe(record)
        rules.refuse_unit(probe)
        if changed & {"product", "quantity", "unit"} and "unit_price" not in changed:
            scene = Scene(order)
            taxes = scene.default_taxes([record.product])
            scene.price([probe], {0: taxes.get(record.product_id, [])}, fresh=True)
            record.unit_price, record.discount = probe.unit_price, probe.discount
        rules.refuse_absurd(_probe(record))

    written: OrderOption = plain.write(option, given, seen=seen, derive=follow, by=by)
    return written


@whole
def delete(options: Sequence[OrderOption], *, by: Actor) -> None:
    """Offer them no more; lines that came from them stay."""
    for option in options:
        _refuse_confirmed(option.order)
    plain.delete(list(options), by=by)


@whole
def add_to_order(option: OrderOption, *, by: Actor) -> OrderOption:
    """Make a line at the end of the quotation with the option's frozen price."""
    order = plain.locked(option.order, *lines.LINKS)
    option = plain.locked(option, "product", "unit")
    _refuse_confirmed(order)
    if option.line_id is not None:
        raise AlreadyAdded(str(option))
    [line] = lines.add(
        order,
        [
            {
                "product": option.product_id,
                "description": option.description,
                "quantity": option.quantity,
                "unit": option.unit_id,
                "unit_price": option.unit_price,
                "discount": option.discount,
                "is_option": True,
                "price_is_manual": False,
            }
        ],
        by=by,
    )
    OrderOption.objects.filter(pk=option.pk).update(line=line)
    option.line = line
    return option


def present(order: Order) -> set[int]:
    """Products of the order's options that are on a line already."""
    return set(
        OrderLine.objects.filter(order=order, product__isnull=False).values_list(
            "product_id", flat=True
        )
    )


def _refuse_confirmed(order: Order) -> None:
    if not order.is_quotation:
        raise errors.is_confirmed(order.number)


def _probe(option: OrderOption) -> OrderLine:
    """A line as the option would become one."""
    return OrderLine(
        order=option.order,
        product=option.product,
        unit=option.unit,
        quantity=option.quantity,
        unit_price=option.unit_price,
        discount=option.discount,
    )


def _pk(value: Any) -> int | None:
    return getattr(value, "pk", value)


def _decimal(value: Any, otherwise: Any) -> Decimal:
    found = otherwise if value is None else value
    return found if isinstance(found, Decimal) else Decimal(str(found))
