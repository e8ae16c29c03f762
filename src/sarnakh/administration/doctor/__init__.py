"""What is wrong with this installation, in words, with a remedy each."""

from collections.abc import Callable, Iterator

from sarnakh.administration.doctor import (
    backups,
    browser,
    database,
    machine,
    mail,
    queue,
    storage,
)
from sarnakh.administration.doctor.finding import Finding, Level

__all__ = ["Finding", "Level", "examine"]

PARTS: tuple[Callable[[], Iterator[Finding]], ...] = (
    machine.examine,
    storage.examine,
    database.examine,
    browser.examine,
    mail.examine,
    queue.examine,
    backups.examine,
)


def examine() -> Iterator[Finding]:
    """Everything that was looked at; a broken database ends the later parts early."""
    for part in PARTS:
        yield from part()
