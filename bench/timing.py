"""Timing one operation inside this process, warm."""

import gc
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.db import close_old_connections, connection

WARM = 3


Check = Callable[[Any], list[str]]


@dataclass(frozen=True)
class Operation:
    """Something to time: `once` gets the number of the run and gives the answer.

    `check` names what is wrong with an answer; `aim` is in milliseconds. Neither it
    nor what `once` needs is made before the operation's turn. Slow ones say
    themselves how many `runs` are enough, and how many to leave uncounted.
    """

    name: str
    aim: float | None
    once: Callable[[int], Any]
    check: Callable[[], Check]
    runs: int = 0
    warm: int = WARM


@dataclass(frozen=True)
class Measured:
    """What one operation took; `aim` and times in milliseconds.

    `own` is the processor's time of this process: it stays the same while others keep
    the machine busy, but leaves out what PostgreSQL works.
    """

    name: str
    times: list[float]
    own: list[float]
    aim: float | None = None
    statements: int | None = None
    size: int = 0
    faults: list[str] = field(default_factory=list)

    @property
    def median(self) -> float:
        """The middle run."""
        return statistics.median(self.times)


def measure(operation: Operation, runs: int) -> Measured:
    """Repeat it until warm, then count statements and check, then time."""
    check = operation.check()
    for number in range(operation.warm):
        operation.once(number)
    count = _Counter()
    with connection.execute_wrapper(count):
        answer = operation.once(operation.warm)
    faults = check(answer)
    times, own = [], []
    gc.collect()
    # As the server does before it forks its workers.
    gc.freeze()
    first = operation.warm + 1
    for number in range(first, first + (operation.runs or runs)):
        started, used = time.perf_counter(), time.process_time()
        operation.once(number)
        # The pool gets its connection back, as after a request of the server.
        close_old_connections()
        times.append((time.perf_counter() - started) * 1000)
        own.append((time.process_time() - used) * 1000)
    size = len(getattr(answer, "content", b""))
    return Measured(
        operation.name, times, own, operation.aim, count.statements, size, faults
    )


class _Counter:
    """Counts the statements that reach the database."""

    def __init__(self) -> None:
        self.statements = 0

    def __call__(self, execute: Any, *arguments: Any) -> Any:
        self.statements += 1
        return execute(*arguments)
