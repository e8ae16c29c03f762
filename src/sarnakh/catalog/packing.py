"""Packagings: so many units at once (spec sales §4). Plain arithmetic."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Protocol, TypeVar


class Packet(Protocol):
    """What holds a number of units of the product."""

    @property
    def quantity(self) -> Decimal:
        """Units of the product in one."""


P = TypeVar("P", bound=Packet)


def quantity_of(packs: Decimal, packet: Packet) -> Decimal:
    """Units in so many packets: 3 cartons of 24 are 72."""
    return packs * packet.quantity


def suggested(quantity: Decimal, packets: Iterable[P]) -> P | None:
    """The largest packet that divides the quantity without a rest."""
    dividing = [one for one in packets if quantity and fills(quantity, one)]
    return max(dividing, key=lambda one: one.quantity, default=None)


def fills(quantity: Decimal, packet: Packet) -> bool:
    """Whether the quantity is a whole number of packets; else a line warns."""
    return packet.quantity > 0 and quantity % packet.quantity == 0
