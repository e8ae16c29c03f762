"""Everything that a quotation or order can do."""

from sarnakh.sales.discounts.actions import discount
from sarnakh.sales.opportunities.winning import win_opportunity
from sarnakh.sales.orders.creation import (
    create,
    create_quietly,
    create_with_lines,
    duplicate,
)
from sarnakh.sales.orders.editing import change
from sarnakh.sales.orders.refreshing import update_prices, update_taxes
from sarnakh.sales.orders.states import (
    cancel,
    cancel_many,
    confirm,
    confirm_many,
    delete,
    lock,
    mark_many_sent,
    mark_sent,
    note_sent,
    reset_to_quotation,
    unlock,
)

__all__ = [
    "cancel",
    "cancel_many",
    "change",
    "confirm",
    "confirm_many",
    "create",
    "create_quietly",
    "create_with_lines",
    "delete",
    "discount",
    "duplicate",
    "lock",
    "mark_many_sent",
    "mark_sent",
    "note_sent",
    "reset_to_quotation",
    "unlock",
    "update_prices",
    "update_taxes",
    "win_opportunity",
]
