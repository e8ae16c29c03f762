"""When which part of an invoice is due. Pure; calendars come as arguments."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from sarnakh.lib.calendars import Calendar
from sarnakh.money.exact import EXACT, HUNDRED, ZERO, whole
from sarnakh.money.rounding import rounded_to

_DAY = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class TermLineRule:
    """One part; a fixed `amount` is in smallest units of the document."""

    kind: str = "percent"  # percent, fixed
    percent: Decimal = HUNDRED
    amount: int = 0
    delay: str = "days"  # days, month-end, next-month-end
    days: int = 0


@dataclass(frozen=True, slots=True)
class TermRule:
    """Parts in their order, and what early payment saves."""

    lines: tuple[TermLineRule, ...] = ()
    early_percent: Decimal = ZERO
    early_days: int = 0
    early_tax: str = "reduced"  # reduced, never, always

    @property
    def has_early_discount(self) -> bool:
        """Only terms of a single part of 100 % may reward early payment."""
        is_single = (
            len(self.lines) == 1
            and self.lines[0].kind == "percent"
            and self.lines[0].percent == HUNDRED
        )
        return is_single and self.early_percent > 0 and self.early_days > 0

    @property
    def tax_reduction(self) -> Decimal:
        """By how many per cent the base of taxes is smaller from the start."""
        is_reduced = self.has_early_discount and self.early_tax == "always"
        return self.early_percent if is_reduced else ZERO


@dataclass(frozen=True, slots=True)
class Early:
    """What settles an invoice when it is paid until a day."""

    amount: int
    until: dt.date


Part = tuple[dt.date, int]


def parts(
    total: int,
    term: TermRule | None,
    on: dt.date,
    calendar: Calendar,
    *,
    step: int = 1,
    method: str = "half-up",
) -> list[Part]:
    """Due date and amount of each part, in the term's order; they sum to `total`.

    `calendar` is the company's: it says where months end. `step` and `method` are
    those of cash rounding. Without a term everything is due on the invoice date.
    """
    if term is None or not term.lines:
        return [(on, total)]
    found = []
    left = total
    for line in term.lines[:-1]:
        if line.kind == "percent":
            exact = EXACT.multiply(Decimal(total), line.percent)
            amount = whole(EXACT.divide(exact, HUNDRED))
        else:
            amount = line.amount if total >= 0 else -line.amount
        amount = rounded_to(amount, step, method)
        left -= amount
        found.append((due(line, on, calendar), amount))
    found.append((due(term.lines[-1], on, calendar), left))
    return found


def merged(found: Iterable[Part]) -> list[Part]:
    """One part for each day, in order of days: how invoices show them."""
    sums: dict[dt.date, int] = {}
    for day, amount in found:
        sums[day] = sums.get(day, 0) + amount
    return sorted(sums.items())


def due_date(term: TermRule | None, on: dt.date, calendar: Calendar) -> dt.date:
    """The day of the latest part."""
    if term is None or not term.lines:
        return on
    return max(due(line, on, calendar) for line in term.lines)


def due(line: TermLineRule, on: dt.date, calendar: Calendar) -> dt.date:
    """The day of one part of an invoice dated `on`."""
    start = on
    if line.delay in ("month-end", "next-month-end"):
        after = calendar.next_start(on, "month")
        if line.delay == "next-month-end":
            after = calendar.next_start(after, "month")
        start = after - _DAY
    return start + line.days * _DAY


def early(total: int, untaxed: int, term: TermRule | None, on: dt.date) -> Early | None:
    """The reduced amount and until when, or None when the term has none."""
    if term is None or not term.has_early_discount:
        return None
    share = EXACT.divide(term.early_percent, HUNDRED)
    of = total if term.early_tax == "reduced" else untaxed
    exact = EXACT.subtract(Decimal(total), EXACT.multiply(Decimal(of), share))
    return Early(whole(exact), on + term.early_days * _DAY)
