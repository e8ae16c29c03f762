"""What is planned, beside a record's form and in its pop-over."""

from typing import Any

from sarnakh.accounts.actor import Actor
from sarnakh.activities import forms, queries, shown
from sarnakh.records import rows
from sarnakh.records.types import RecordType
from sarnakh.screens.panels import Panel

# Where a list stands: what its buttons replace, and how.
PLACES = {
    "panel": ("#activities-panel", "outerHTML"),
    "popover": ("closest .activities", "innerHTML"),
    "mine": ("#my-activities", "outerHTML"),
}


def context(
    record: Any, record_type: RecordType, actor: Actor, place: str = "panel"
) -> dict[str, Any]:
    """Open activities of a record that the actor may read.

    The form to plan more knows all types and people: beside a record it comes when
    it is opened, in the pop-over at once.
    """
    may_write = rows.may_write(record, record_type, actor)
    lines = [
        shown.line(activity, actor, may_write=may_write)
        for activity in queries.open_of(record_type.name, record.pk)
    ]
    return {
        "record": record,
        "record_type": record_type,
        "actor": actor,
        "profile": actor.profile,
        "activity_lines": lines,
        "activity_groups": shown.grouped(lines),
        "may_plan": may_write,
        "activity_form": forms.blank(actor)
        if may_write and place == "popover"
        else None,
        **placed(place),
    }


def placed(place: str) -> dict[str, str]:
    """The part of the page that an answer replaces."""
    target, swap = PLACES[place]
    return {"place": place, "place_target": target, "place_swap": swap}


PANEL = Panel("activities/panel.html", context)
