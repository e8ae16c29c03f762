"""What a card counts: each figure's condition, as the list that it opens reads it.

The conditions of the figures and of their lists are the same, so that a click on
"7 overdue" opens seven records.
"""

import datetime as dt
import json
from functools import lru_cache
from typing import Any

from django.urls import get_script_prefix, reverse

from sarnakh.screens.state import SearchState, Typed

Condition = list[Any]
ANY_TEAM = 7_355_608
"""Stands for the team in an address that is remembered."""


def open_opportunities() -> Condition:
    """Neither won nor lost."""
    return [["kind", "=", "opportunity"], ["probability", "<", 100]]


def overdue(today: dt.date) -> Condition:
    """Open, and expected to be closed before today."""
    return [*open_opportunities(), ["expected_closing", "<", today.isoformat()]]


def unassigned() -> Condition:
    """Leads that nobody has taken."""
    return [["kind", "=", "lead"], ["salesperson", "=", None]]


def born(start: dt.datetime, end: dt.datetime) -> Condition:
    """Opportunities that came in a stretch of time."""
    return [
        ["kind", "=", "opportunity"],
        ["created_at", ">=", _instant(start)],
        ["created_at", "<", _instant(end)],
    ]


def address(
    slug: str,
    team_id: int,
    condition: Condition | None = None,
    *,
    filters: tuple[str, ...] = (),
    view: str = "list",
    groups: tuple[str, ...] = (),
) -> str:
    """A list of a team's records."""
    custom = (json.dumps(condition, separators=(",", ":")),) if condition else ()
    before, after = _around(get_script_prefix(), slug, (view, filters, custom, groups))
    return f"{before}{team_id}{after}"


@lru_cache(maxsize=1_000)
def _around(prefix: str, slug: str, of: tuple[Any, ...]) -> tuple[str, str]:
    """An address before and after the team's number: a page has the same ones for
    every team. `prefix` is where the product is served."""
    view, filters, custom, groups = of
    state = SearchState(
        view=view,
        typed=(Typed("team", pk=ANY_TEAM),),
        filters=filters,
        custom=custom,
        groups=groups,
    )
    before, _team, after = state.query().partition(str(ANY_TEAM))
    return f"{reverse(f'{slug}:browse')}?{before}", after


def _instant(moment: dt.datetime) -> str:
    return moment.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
