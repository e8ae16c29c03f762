"""What rooms keep beside an order: few orders have any of it, and one statement tells.

Whoever holds the order asks once with `look`; for the rest of the write those rooms
that keep nothing of it need not ask again. Nothing is known of an order that nobody
looked at, and then every room asks for itself.
"""

from collections.abc import Callable
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from sarnakh.sales.models import Order

ORDER = OuterRef("pk")
_rooms: dict[str, Callable[[], "QuerySet[Any]"]] = {}


def register(name: str, rows: Callable[[], "QuerySet[Any]"]) -> None:
    """Rooms say once, when they start, what they keep of the order `ORDER`."""
    _rooms[name] = rows


def look(order: Order) -> None:
    """See what there is; for an order whose row is held until the write ends."""
    asked = {name: Exists(rows()) for name, rows in _rooms.items()}
    found = Order.objects.filter(pk=order.pk).order_by().values_list(*asked.values())
    order.__dict__["_sides"] = dict(zip(asked, found.get(), strict=True))
    order.__dict__["_stands_alone"] = not any(order.__dict__["_sides"].values())


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
