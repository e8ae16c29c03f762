"""How far an order has been delivered. Plain Python."""

from collections.abc import Iterable
from decimal import Decimal


def status(states: Iterable[str], quantities: Iterable[tuple[Decimal, Decimal]]) -> str:
    """By the states of its deliveries and what its goods lines have: pairs of ordered
    and delivered.

    none: no delivery, or only cancelled ones; pending: nothing has left; started:
    something left and all of it came back; partial; full: nothing is open any more.
    """
    live = [state for state in states if state != "cancelled"]
    if not live:
        return "none"
    done = [state for state in live if state == "done"]
    if len(done) == len(live):
        return "full"
    if not done:
        return "pending"
    if any(delivered > 0 for _ordered, delivered in quantities):
        return "partial"
    return "started"
