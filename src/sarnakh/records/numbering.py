"""Numbers without gaps: given in the transaction that uses them."""

from django.db.models import F

from sarnakh.records.models import Counter
from sarnakh.records.whole import whole


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
    if not _raise(series, count):
        Counter.objects.get_or_create(series=series)
        _raise(series, count)
    return Counter.objects.get(series=series).last - count + 1


def _raise(series: str, count: int) -> int:
    return Counter.objects.filter(series=series).update(last=F("last") + count)
