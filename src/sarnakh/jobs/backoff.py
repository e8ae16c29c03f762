"""How long to wait before the next attempt."""

import random
from datetime import timedelta

FIRST = 10.0
FACTOR = 4.0
SPREAD = 0.25


def pause(attempts: int, *, chance: float | None = None) -> timedelta:
    """The wait after `attempts` failed attempts (>= 1): about 10, 40, 160, 640 s.

    The spread of a quarter keeps jobs that failed together from coming back
    together; `chance` (0 to 1) fixes it.
    """
    luck = random.random() if chance is None else chance  # noqa: S311 - no secret
    spread = 1 + SPREAD * (2 * luck - 1)
    return timedelta(seconds=FIRST * FACTOR ** (attempts - 1) * spread)
