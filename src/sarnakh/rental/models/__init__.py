"""Rental orders, what their lines are, and what renting costs."""

from sarnakh.rental.models.order import (
    RentalGuard,
    RentalLine,
    RentalOrder,
    RentalReminder,
)
from sarnakh.rental.models.price import RentalPrice, RentalTerms

__all__ = [
    "RentalGuard",
    "RentalLine",
    "RentalOrder",
    "RentalPrice",
    "RentalReminder",
    "RentalTerms",
]
