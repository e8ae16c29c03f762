"""Reading the tally, and proving it."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Count, Sum

from sarnakh.crm.models import Lead, LeadTally
from sarnakh.crm.tally.triggers import KEYS, SUMS

FOLD_ABOVE = 4_000


def needs_folding() -> bool:
    """Whether so many rows have been appended that reading gets slow."""
    return LeadTally.objects.count() > FOLD_ABOVE


def differences() -> list[tuple[Any, ...]]:
    """Combinations whose tally differs from the records; empty when exact."""
    kept = _rows(
        LeadTally.objects.values(*KEYS).annotate(
            n=Sum("records"), **{f"sum_{s}": Sum(s) for s in SUMS}
        )
    )
    true = _rows(
        Lead.objects.order_by()
        .values(*KEYS)
        .annotate(n=Count("pk"), **{f"sum_{s}": Sum(s) for s in SUMS})
    )
    return [
        (key, kept.get(key), true.get(key))
        for key in sorted(kept.keys() | true.keys(), key=str)
        if kept.get(key) != true.get(key)
    ]


def _rows(rows: Sequence[dict[str, Any]]) -> dict[tuple[Any, ...], tuple[int, ...]]:
    found = {}
    for row in rows:
        figures = (row["n"], *(int(row[f"sum_{name}"]) for name in SUMS))
        if any(figures):
            found[tuple(row[key] for key in KEYS)] = figures
    return found
