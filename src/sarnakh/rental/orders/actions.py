"""Everything that a rental can do."""

from sarnakh.rental.orders.creation import create, rent_for
from sarnakh.rental.orders.editing import (
    allow_shortage,
    cancel,
    change,
    change_line,
    confirm,
    create_lines,
    delete,
    delete_lines,
    update_prices,
)
from sarnakh.rental.orders.handing import give_back, pick_up

__all__ = [
    "allow_shortage",
    "cancel",
    "change",
    "change_line",
    "confirm",
    "create",
    "create_lines",
    "delete",
    "delete_lines",
    "give_back",
    "pick_up",
    "rent_for",
    "update_prices",
]
