"""How old a debt is. Pure."""

import datetime as dt
from collections.abc import Sequence

LIMITS = (0, 30, 60, 90, 120)
COUNT = len(LIMITS) + 1
"""Not due, 1–30, 31–60, 61–90, 91–120, older."""


def bucket(day: dt.date | None, on: dt.date) -> int:
    """The column of something due on a day, seen from another; none is not due."""
    late = (on - day).days if day else 0
    return next((n for n, limit in enumerate(LIMITS) if late <= limit), COUNT - 1)


def open_parts(
    parts: Sequence[tuple[dt.date, int]], residual: int
) -> list[tuple[dt.date, int]]:
    """What is open of installments in order of their days: the oldest are settled
    first, so the residual lies on the latest."""
    found = []
    left = residual
    for day, amount in reversed(parts):
        taken = min(amount, left) if amount > 0 else amount
        if left and taken:
            found.append((day, taken))
            left -= taken
    if left and parts:
        found.append((parts[0][0], left))
    return found[::-1]
