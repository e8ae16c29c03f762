"""Activities of the neutral files."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from zoneinfo import ZoneInfo

import neutral
from contacts import Batch
from directory import Directory
from sarnakh.activities.due import day_of
from sarnakh.activities.models import Activity
from sarnakh.records.models import Change
from writing import prepared

Instants = tuple[dt.datetime, dt.datetime]


def earliest(folder: Path, known: Directory) -> dict[int, Instants]:
    """When the first planned work of each lead is due; leads carry it."""
    first: dict[int, dt.date] = {}
    for row in neutral.rows(folder, "activities"):
        lead, due = int(row["lead_id"]), dt.date.fromisoformat(row["due_date"])
        first[lead] = min(due, first.get(lead, due))
    zone = ZoneInfo(known.timezone)
    return {lead: day_of(due, zone) for lead, due in first.items()}


def titled(folder: Path) -> Iterator[tuple[neutral.Row, str]]:
    """Activities with the name of their lead."""
    wanted = {row["lead_id"] for row in neutral.rows(folder, "activities")}
    names = {
        row["lead_id"]: row["name"]
        for row in neutral.rows(folder, "leads")
        if row["lead_id"] in wanted
    }
    for row in neutral.rows(folder, "activities"):
        yield row, names[row["lead_id"]]


def batch(found: list[tuple[neutral.Row, str]], known: Directory) -> Batch:
    """Activities and the first line of their history, ready to write."""
    zone = ZoneInfo(known.timezone)
    activities, changes = [], []
    for row, title in found:
        at, due = neutral.moment(row["created_at"]), neutral.day(row["due_date"])
        if due is None:
            raise ValueError("An activity has no date.")
        user = known.users[row["user_id"]]
        today, overdue = day_of(due, zone)
        activity = Activity(
            pk=int(row["activity_id"]),
            record_type="leads",
            record_id=int(row["lead_id"]),
            record_title=title[:200],
            type_id=known.activity_types[row["type"]],
            summary=row["summary"],
            deadline=due,
            user_id=user,
            today_from=today,
            overdue_from=overdue,
            created_at=at,
            updated_at=at,
            created_by_id=user,
            updated_by_id=user,
        )
        activities.append(prepared(activity))
        change = Change(
            record_type="activities",
            record_id=activity.pk,
            version=1,
            event="created",
            at=at,
            by_id=user,
        )
        changes.append(prepared(change, with_key=False))
    return [
        ("activities.Activity", activities, True),
        ("records.Change", changes, False),
    ]
