"""Pickup and return as programs ask for them: everything at once."""

from sarnakh.accounts.actor import Actor
from sarnakh.rental.models import RentalOrder
from sarnakh.rental.orders import actions


def pick_up_all(rental: RentalOrder, note: str = "", *, by: Actor) -> RentalOrder:
    """Hand over everything that still waits."""
    return actions.pick_up(rental, note=note, by=by)


def give_back_all(rental: RentalOrder, note: str = "", *, by: Actor) -> RentalOrder:
    """Take back everything that is out."""
    return actions.give_back(rental, note=note, by=by)
