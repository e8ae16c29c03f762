"""Numbers without gaps: given in the transaction that uses them."""

from django.db import connection

from sarnakh.records.models import Counter
from sarnakh.records.whole import whole

RAISE = "UPDATE records_counter SET last = last + %s WHERE series = %s RETURNING last"


@whole
def next_number(series: str) -> int:
    """The next number of a series, from 1 on.

    The counter's row stays locked until the caller's transaction ends: rolled
    back, the number is given again; committed, nobody else ever gets it.
    """
    return next_numbers(series, 1)


@whole
def next_numbers(series: str, count: int) -> int:
    """The first of `count` numbers that follow each other."""
    last = _raise(series, count)
    if last is None:
        Counter.objects.get_or_create(series=series)
        last = _raise(series, count)
    if last is None:
        raise RuntimeError(f"No counter: {series}")
    return last - count + 1


def _raise(series: str, count: int) -> int | None:
    """The counter's new value in one statement; None while there is no counter."""
    with connection.cursor() as cursor:
        cursor.execute(RAISE, [count, series])
        row = cursor.fetchone()
    return None if row is None else int(row[0])
