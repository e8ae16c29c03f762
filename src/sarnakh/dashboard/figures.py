"""What a card counts: each figure's condition, as the list that it opens reads it.

The conditions of the figures and of their lists are the same, so that a click on
"7 overdue" opens seven records.
"""

import datetime as dt
import json
from typing import Any

from django.urls import reverse

from sarnakh.screens.state import SearchState, Typed

Condition = list[Any]


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
    state = SearchState(
        view=view,
        typed=(Typed("team", pk=team_id),),
        filters=filters,
        custom=custom,
        groups=groups,
    )
    return f"{reverse(f'{slug}:browse')}?{state.query()}"


def _instant(moment: dt.datetime) -> str:
    return moment.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
