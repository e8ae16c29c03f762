"""What rooms keep beside an order: few orders have any of it, and one statement tells.

Whoever holds the order asks once with `look`; for the rest of the write those rooms
that keep nothing of it need not ask again. Nothing is known of an order that nobody
looked at, and then every room asks for itself.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.db import connection
from django.db.models import Exists, OuterRef, QuerySet

from sarnakh.accounts.actor import Actor
from sarnakh.sales.models import Order

ORDER = OuterRef("pk")
NOBODY = -7_355_608
"""Stands for the order in the remembered statement."""
_rooms: dict[str, Callable[[], "QuerySet[Any]"]] = {}


def register(name: str, rows: Callable[[], "QuerySet[Any]"]) -> None:
    """Rooms say once, when they start, what they keep of the order `ORDER`."""
    _rooms[name] = rows


def look(order: Order) -> None:
    """See what there is; for an order whose row is held until the write ends."""
    found = _found(order)
    order.__dict__["_sides"] = found
    order.__dict__["_stands_alone"] = not any(found.values())


def glance(order: Order, name: str, actor: Actor) -> bool:
    """Whether there is something of a kind; for a page, which asks for several."""
    found: dict[str, bool] = actor.once(("sides", order.pk), lambda: _found(order))
    return found[name]


def _found(order: Order) -> dict[str, bool]:
    asked = _statement(connection.vendor, tuple(_rooms))
    values = [order.pk if one == NOBODY else one for one in asked.values]
    with connection.cursor() as cursor:
        cursor.execute(asked.text, values)
        row = cursor.fetchone()
    return {name: bool(one) for name, one in zip(_rooms, row, strict=True)}


@dataclass(frozen=True)
class Statement:
    """A statement whose text does not change from order to order."""

    text: str
    values: tuple[Any, ...]


@cache
def _statement(vendor: str, names: tuple[str, ...]) -> Statement:
    wanted = [Exists(_rooms[name]()) for name in names]
    rows = Order.objects.filter(pk=NOBODY).order_by().values_list(*wanted)
    return Statement(*rows.query.sql_with_params())


def note(order: Order, name: str) -> None:
    """Something of a kind was added."""
    order.__dict__.get("_sides", {})[name] = True


def forget(order: Order) -> None:
    """The write is over."""
    order.__dict__.pop("_sides", None)
    order.__dict__.pop("_stands_alone", None)


def may_have(order: Order, name: str) -> bool:
    """Whether there may be something of a kind; False only where that is known."""
    known: dict[str, bool] = order.__dict__.get("_sides", {})
    return known.get(name, True)


def stands_alone(order: Order) -> bool:
    """Whether no room kept anything beside it when the write began."""
    return bool(order.__dict__.get("_stands_alone"))
