"""Results as a Markdown table."""

import statistics
from collections.abc import Iterable

from timing import Measured

HEAD = """| operation | median ms | min–max | own ms | statements | kB | aim | |
|---|--:|--:|--:|--:|--:|--:|---|"""


def show(measured: Iterable[Measured], *, factor: float = 1.0) -> None:
    """Print one row after the other; `factor` widens the aims."""
    print(HEAD, flush=True)
    for one in measured:
        aim = one.aim * factor if one.aim else None
        verdict = "" if aim is None else "met" if one.median <= aim else "**missed**"
        if one.faults:
            verdict = "**wrong**: " + "; ".join(one.faults)
        cells = (
            one.name,
            f"{one.median:,.1f}",
            f"{min(one.times):,.1f}–{max(one.times):,.1f}",
            f"{statistics.median(one.own):,.1f}",
            "" if one.statements is None else str(one.statements),
            f"{one.size / 1000:,.0f}" if one.size else "",
            f"≤ {aim:,.0f}" if aim else "",
            verdict,
        )
        print(f"| {' | '.join(cells)} |", flush=True)
