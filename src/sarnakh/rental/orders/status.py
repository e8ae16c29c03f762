"""How far a rental is. Plain Python."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True)
class Handed:
    """Of one line: wanted, picked up, returned, and when."""

    quantity: Decimal
    picked_up: Decimal
    returned: Decimal
    starts_at: dt.datetime
    returns_at: dt.datetime


def status(order_state: str, lines: Iterable[Handed]) -> str:
    """Reserved while anything waits for its pickup, even when a part is out."""
    if order_state == "cancelled":
        return "cancelled"
    if order_state != "sale":
        return "quotation"
    found = list(lines)
    if not found or any(line.quantity > line.picked_up for line in found):
        return "reserved"
    if any(line.picked_up > line.returned for line in found):
        return "out"
    return "returned"


def due(
    order_state: str, lines: Sequence[Handed]
) -> tuple[dt.datetime | None, dt.datetime | None]:
    """When the next pickup and the next return should be."""
    if order_state not in {"sale", "cancelled"}:
        return None, None
    waiting = [
        line.starts_at
        for line in lines
        if line.quantity > line.picked_up and order_state == "sale"
    ]
    out = [line.returns_at for line in lines if line.picked_up > line.returned]
    return min(waiting, default=None), min(out, default=None)
