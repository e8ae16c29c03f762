"""Everything that a lead can do."""

from sarnakh.crm.leads.closing import (
    mark_lost,
    mark_many_lost,
    mark_many_won,
    mark_won,
    restore,
)
from sarnakh.crm.leads.creation import create, create_quietly, customer_for
from sarnakh.crm.leads.editing import change, change_many, move

__all__ = [
    "change",
    "change_many",
    "create",
    "create_quietly",
    "customer_for",
    "mark_lost",
    "mark_many_lost",
    "mark_many_won",
    "mark_won",
    "move",
    "restore",
]
