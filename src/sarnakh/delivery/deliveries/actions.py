"""Everything that a delivery can do."""

from sarnakh.delivery.deliveries.closing import cancel, delete
from sarnakh.delivery.deliveries.creation import create
from sarnakh.delivery.deliveries.demand import add_moves, change_demand
from sarnakh.delivery.deliveries.plan import Plan, PlannedMove
from sarnakh.delivery.deliveries.reserving import reserve, unreserve
from sarnakh.delivery.deliveries.returning import return_goods
from sarnakh.delivery.deliveries.validating import validate

__all__ = [
    "Plan",
    "PlannedMove",
    "add_moves",
    "cancel",
    "change_demand",
    "create",
    "delete",
    "reserve",
    "return_goods",
    "unreserve",
    "validate",
]
