"""Activities as lists show them."""

from collections.abc import Iterable
from dataclasses import dataclass

from sarnakh.accounts.actor import Actor
from sarnakh.activities.models import Activity
from sarnakh.lib.relative import due_text

# How the style sheet calls the states.
LOOKS = {"overdue": "late", "today": "today", "planned": "planned", "done": "done"}


@dataclass(frozen=True)
class Line:
    """An activity with its deadline in words, seen from its assignee's day.

    `title` and `url` name the record; without the right to read it only the
    stored title is known.
    """

    activity: Activity
    look: str
    due: str
    may_write: bool
    title: str = ""
    url: str = ""


@dataclass(frozen=True)
class Group:
    """Activities of one state; `look` is overdue, today or planned."""

    state: str
    look: str
    lines: list[Line]


def line(
    activity: Activity, actor: Actor, *, may_write: bool, title: str = "", url: str = ""
) -> Line:
    """One activity for its reader."""
    today = activity.user.profile().today()
    return Line(
        activity,
        LOOKS[activity.state],
        due_text(activity.deadline, today, actor.profile),
        may_write or activity.user_id == actor.user_id,
        title,
        url,
    )


def grouped(lines: Iterable[Line]) -> list[Group]:
    """Late, today, planned, in this order; empty ones are left out."""
    found: dict[str, list[Line]] = {"overdue": [], "today": [], "planned": []}
    for one in lines:
        found[one.activity.state].append(one)
    return [Group(state, LOOKS[state], some) for state, some in found.items() if some]
