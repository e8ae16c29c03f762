"""Counting stock, and places where it lies."""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from django.db.models import F

from sarnakh.accounts.actor import Actor
from sarnakh.accounts.models import Company
from sarnakh.catalog.models import Product
from sarnakh.delivery.deliveries.errors import ServiceNotStocked
from sarnakh.delivery.deliveries.states import state_of
from sarnakh.delivery.models import Delivery, Move, StockLevel, Warehouse
from sarnakh.delivery.queries import first_warehouse
from sarnakh.delivery.stock.levels import ZERO, Shift, locked, shift
from sarnakh.lib.shipped import Name
from sarnakh.records import actions as plain
from sarnakh.records import changes
from sarnakh.records.errors import InvalidValues
from sarnakh.records.types import by_model
from sarnakh.records.types.record_type import Values
from sarnakh.records.whole import whole

MAIN = Name("انبار اصلی", "المستودع الرئيسي", "Main warehouse")


@whole
def adjust(
    product: Product, warehouse: Warehouse, to: Decimal, *, by: Actor
) -> StockLevel:
    """Say how much was counted. Reservations that no longer fit are given back,
    those of the latest deliveries first."""
    if product.kind != Product.Kind.STORABLE:
        raise ServiceNotStocked(product.name)
    level = locked(warehouse.pk, [product.pk], makes=True)[product.pk]
    return _count(level, to, by=by)


def create_levels(values: Sequence[Values], *, by: Actor) -> list[StockLevel]:
    """Stock as imports and forms give it; a product that is there is counted anew."""
    return [_create_level(one, by=by) for one in values]


@whole
def change_level(
    level: StockLevel, values: Values, *, seen: int | None = None, by: Actor
) -> StockLevel:
    """Count again."""
    present = locked(level.warehouse_id, [level.product_id])[level.product_id]
    to = values.get("on_hand")
    return present if to is None else _count(present, Decimal(to), by=by)


@whole
def warehouse_of(company: Company, *, by: Actor) -> Warehouse:
    """The company's first warehouse, made when there is none yet."""
    found = first_warehouse(company)
    if found is None:
        name = MAIN.in_language(company.language)
        found, _made = Warehouse.objects.get_or_create(
            company=company, code="WH", defaults={"name": name}
        )
    return found


def withdraw(levels: Iterable[StockLevel], *, besides: int = 0) -> None:
    """Give back reservations that the stock no longer covers, latest dates first.

    The levels are locked by the caller; the deliveries are locked here.
    """
    over = {
        level.product_id: level.reserved - max(ZERO, level.on_hand)
        for level in levels
        if level.reserved > max(ZERO, level.on_hand)
    }
    if not over:
        return
    by_product = {level.product_id: level for level in levels}
    warehouse_id = next(iter(by_product.values())).warehouse_id
    holders = Move.objects.filter(
        product__in=over, reserved__gt=0, delivery__warehouse=warehouse_id
    ).exclude(delivery=besides)
    ids = sorted(set(holders.order_by().values_list("delivery_id", flat=True)))
    deliveries = {
        delivery.pk: delivery
        for delivery in Delivery.objects.select_for_update(of=("self",))
        .filter(pk__in=ids)
        .order_by("pk")
    }
    shifts: dict[StockLevel, Shift] = {}
    touched = set()
    for move in holders.order_by(
        F("delivery__scheduled_at").desc(nulls_first=True), "-pk"
    ):
        taken = min(over[move.product_id], move.reserved)
        if taken <= ZERO:
            continue
        over[move.product_id] -= taken
        level = by_product[move.product_id]
        freed = shifts.get(level, Shift()).reserved - taken
        shifts[level] = Shift(reserved=freed)
        Move.objects.filter(pk=move.pk).update(
            reserved=move.reserved - taken, version=F("version") + 1
        )
        touched.add(move.delivery_id)
    shift(shifts)
    for pk in sorted(touched):
        _place(deliveries[pk])


def _place(delivery: Delivery) -> None:
    pairs = Move.objects.filter(delivery=delivery, is_cancelled=False).values_list(
        "demand", "reserved"
    )
    together = delivery.shipping_policy == Delivery.ShippingPolicy.TOGETHER
    state = state_of(pairs, together=together)
    if state != delivery.state:
        Delivery.objects.filter(pk=delivery.pk).update(
            state=state, version=F("version") + 1
        )


def _count(level: StockLevel, to: Decimal, *, by: Actor) -> StockLevel:
    before = level.on_hand
    if to == before:
        return level
    shift({level: Shift(on_hand=to - before)})
    level.version += 1
    withdraw([level])
    changes.log(
        level,
        by_model(StockLevel),
        by=by,
        event="counted",
        values={"on_hand": [f"{before:f}", f"{to:f}"]},
    )
    return level


def _create_level(values: Values, *, by: Actor) -> StockLevel:
    found: dict[str, Any] = plain.column_values(by_model(StockLevel), values)
    missing = [name for name in ("product", "warehouse") if not found.get(name)]
    if missing:
        from django.utils.translation import gettext as _

        raise InvalidValues({name: _("This field is required.") for name in missing})
    to = Decimal(found.get("on_hand") or 0)
    return adjust(found["product"], found["warehouse"], to, by=by)
