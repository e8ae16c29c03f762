"""The state of a delivery, from its moves. Plain Python."""

from collections.abc import Iterable
from decimal import Decimal

WAITING, READY = "waiting", "ready"


def state_of(pairs: Iterable[tuple[Decimal, Decimal]], *, together: bool) -> str:
    """Of an open delivery; `pairs` are demand and reserved of its moves.

    Ready is what is reserved in full, or in part where parts may go out.
    """
    demanded = [(demand, reserved) for demand, reserved in pairs if demand > 0]
    if demanded and all(reserved >= demand for demand, reserved in demanded):
        return READY
    if not together and any(reserved > 0 for _demand, reserved in demanded):
        return READY
    return WAITING
