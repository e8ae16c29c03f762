"""Rows of stock: found, locked and moved in one statement each.

Whoever moves stock locks in this order: levels (by their number), deliveries (by
theirs), moves. So two people never wait for each other.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Case, F, Value, When
from django.db.models.functions import Now
from django.utils.translation import gettext as _

from sarnakh.delivery.models import StockLevel
from sarnakh.lib.errors import Refused
from sarnakh.records.fields import FixedField

ZERO = Decimal(0)
COLUMNS = ("on_hand", "reserved", "rented")


class StockMoved(Refused):
    """Somebody else took the stock in the same moment."""

    def __init__(self) -> None:
        super().__init__(
            _("The stock has changed meanwhile. Try again."), "stock-moved"
        )


@dataclass(frozen=True)
class Shift:
    """What is added to the figures of a level."""

    on_hand: Decimal = ZERO
    reserved: Decimal = ZERO
    rented: Decimal = ZERO


def locked(
    warehouse_id: int, product_ids: Iterable[int], *, makes: bool = False
) -> dict[int, StockLevel]:
    """Levels by product, locked in the order of their numbers.

    `makes` makes the missing ones.
    """
    wanted = set(product_ids)
    if not wanted:
        return {}
    found = _locked(warehouse_id, wanted)
    if makes and (missing := wanted - found.keys()):
        StockLevel.objects.bulk_create(
            [
                StockLevel(product_id=product_id, warehouse_id=warehouse_id)
                for product_id in sorted(missing)
            ],
            ignore_conflicts=True,
        )
        found = _locked(warehouse_id, wanted)
    return found


def free(level: StockLevel | None) -> Decimal:
    """What lies there and is promised to nobody."""
    return max(ZERO, level.on_hand - level.reserved) if level else ZERO


def shift(shifts: Mapping[StockLevel, Shift], *, within_stock: bool = False) -> None:
    """Add to several levels in one statement, and to the objects as well.

    `within_stock` refuses, as a whole, when more would be promised than lies there;
    nothing ever leaves a negative reservation or rented quantity behind.
    """
    given = {level: one for level, one in shifts.items() if one != Shift()}
    if not given:
        return
    added = {column: _by_level(given, column) for column in COLUMNS}
    rows = StockLevel.objects.filter(
        pk__in=[level.pk for level in given],
        reserved__gte=-1 * added["reserved"],
        rented__gte=-1 * added["rented"],
    )
    if within_stock:
        rows = rows.filter(
            on_hand__gte=F("reserved") + added["reserved"] - added["on_hand"]
        )
    changed = rows.update(
        **{column: F(column) + added[column] for column in COLUMNS},
        version=F("version") + 1,
        updated_at=Now(),
    )
    if changed != len(given):
        raise StockMoved
    for level, one in given.items():
        for column in COLUMNS:
            setattr(level, column, getattr(level, column) + getattr(one, column))


def _by_level(shifts: Mapping[StockLevel, Shift], column: str) -> Any:
    field: Any = FixedField()
    values = {level.pk: getattr(one, column) for level, one in shifts.items()}
    if len(set(values.values())) == 1:
        return Value(next(iter(values.values())), output_field=field)
    return Case(
        *(When(pk=pk, then=Value(v, output_field=field)) for pk, v in values.items()),
        output_field=field,
    )


def _locked(warehouse_id: int, product_ids: set[int]) -> dict[int, StockLevel]:
    rows = (
        StockLevel.objects.select_for_update(of=("self",))
        .filter(warehouse_id=warehouse_id, product_id__in=product_ids)
        .order_by("pk")
    )
    return {level.product_id: level for level in rows}
