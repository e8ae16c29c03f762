"""Leads with their tags, followers and conversation, as the product stores them."""

import datetime as dt
import itertools
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import neutral
from contacts import Batch
from directory import Directory
from sarnakh.contacts.models import Contact
from sarnakh.crm.leads.derived import derive
from sarnakh.crm.models import Lead
from sarnakh.discussion.models import Follower, Message
from sarnakh.records.models import Change
from writing import Values, prepared

Told = tuple[neutral.Row, list[neutral.Row]]
Instants = tuple[dt.datetime, dt.datetime]


@dataclass(frozen=True)
class Around:
    """What leads refer to: the small files, names of customers, planned work."""

    known: Directory
    customers: dict[int, str]
    due: dict[int, Instants]


def stories(folder: Path) -> Iterator[Told]:
    """Each lead with what was said and done; both files go by the lead's number."""
    told = itertools.groupby(
        neutral.rows(folder, "messages"), key=lambda row: row["lead_id"]
    )
    key, lines = next(told, ("", iter(())))
    for row in neutral.rows(folder, "leads"):
        own: list[neutral.Row] = []
        if row["lead_id"] == key:
            own = sorted(lines, key=lambda line: line["at"])
            key, lines = next(told, ("", iter(())))
        yield row, own


def batch(found: list[Told], around: Around) -> Batch:
    """All rows that so many leads need, ready to write."""
    leads: list[Values] = []
    tags: list[Values] = []
    followers: list[Values] = []
    changes: list[Values] = []
    messages: list[Values] = []
    through = Lead.tags.through
    for row, lines in found:
        lead = made(row, lines, around)
        leads.append(prepared(lead))
        for name in filter(None, row["tags"].split("|")):
            link = through(lead_id=lead.pk, tag_id=around.known.words["tags"][name])
            tags.append(prepared(link, with_key=False))
        if lead.salesperson_id:
            follower = Follower(
                record_type="leads", record_id=lead.pk, user_id=lead.salesperson_id
            )
            followers.append(prepared(follower, with_key=False))
        for entry in history(lead, row, lines, around.known):
            kept = messages if isinstance(entry, Message) else changes
            kept.append(prepared(entry, with_key=False))
    return [
        ("crm.Lead", leads, True),
        ("crm.Lead_tags", tags, False),
        ("discussion.Follower", followers, False),
        ("records.Change", changes, False),
        ("discussion.Message", messages, False),
    ]


def made(row: neutral.Row, lines: list[neutral.Row], around: Around) -> Lead:
    """A lead with everything that follows from its columns."""
    known = around.known
    created = neutral.moment(row["created_at"])
    edits = [line for line in lines if line["kind"] in ("stage", "lost")]
    author = known.users.get(row["user_id"])
    is_lost, is_won = row["status"] == "lost", row["status"] == "won"
    belongs = bool(row["team_id"] or row["user_id"])
    lead = Lead(
        pk=int(row["lead_id"]),
        kind=row["type"],
        active=not is_lost,
        name=row["name"],
        salesperson_id=author,
        team_id=known.teams.get(row["team_id"]),
        company_id=known.company if belongs else None,
        stage_id=known.stages[row["stage"]],
        priority=int(row["priority"]),
        expected_revenue=neutral.cents(row["expected_revenue"]),
        probability=100.0 if is_won else 0.0,
        automated_probability=100.0 if is_won else 0.0,
        expected_closing=neutral.day(row["deadline"]),
        lost_reason_id=known.words["lost_reasons"].get(row["lost_reason"]),
        contact_name=row["contact_name"],
        company_name=row["company_name"],
        job_position=row["function"],
        website=row["website"],
        email=row["email"],
        phone=row["phone"],
        street=row["street"],
        city=row["city"],
        zip=row["zip"],
        state=known.states.get((row["country_code"], row["state_code"]), ""),
        country=row["country_code"],
        description=f"<p>{row['description']}</p>" if row["description"] else "",
        source_id=known.words["sources"].get(row["source"]),
        medium_id=known.words["mediums"].get(row["medium"]),
        campaign_id=known.words["campaigns"].get(row["campaign"]),
        date_open=neutral.instant(row["assigned_at"]),
        date_closed=neutral.instant(row["closed_at"]),
        date_last_stage_update=neutral.moment(row["last_stage_at"]),
        created_at=created,
        updated_at=neutral.moment(edits[-1]["at"]) if edits else created,
        created_by_id=author,
        updated_by_id=author,
        version=1 + len(edits),
    )
    if row["partner_id"]:
        number = int(row["partner_id"])
        lead.customer = Contact(pk=number, name=around.customers[number])
    today, overdue = around.due.get(lead.pk, (None, None))
    lead.activity_today_from, lead.activity_overdue_from = today, overdue
    derive(lead, company_country=known.country)
    return lead


def history(
    lead: Lead, row: neutral.Row, lines: list[neutral.Row], known: Directory
) -> Iterator[Change | Message]:
    """Changes and notes in the order of their moments."""
    version = 1
    for line in lines:
        by, at = known.users.get(line["user_id"]), neutral.moment(line["at"])
        if line["kind"] == "note":
            yield Message(
                record_type="leads",
                record_id=lead.pk,
                kind=Message.Kind.NOTE.value,
                body=f"<p>{line['body']}</p>",
                author_id=by,
                at=at,
            )
            continue
        event, values = _told(line, row, known)
        version += event != "created"
        yield Change(
            record_type="leads",
            record_id=lead.pk,
            version=version,
            event=event,
            values=values,
            at=at,
            by_id=by,
        )


def _told(
    line: neutral.Row, row: neutral.Row, known: Directory
) -> tuple[str, dict[str, list[Any]]]:
    """Event and values of a change, as `records.changes` words them."""
    if line["kind"] == "created":
        return "created", {}
    if line["kind"] == "lost":
        name = row["lost_reason"]
        reason = {"id": known.words["lost_reasons"][name], "name": name}
        return "lost", {"active": [True, False], "lost_reason": [None, reason]}
    stage = [
        {"id": known.stages[code], "name": known.stage_names[code]}
        for code in (line["from_stage"], line["to_stage"])
    ]
    if line["to_stage"] in known.won:
        return "won", {"stage": stage, "probability": [0.0, 100]}
    return "stage", {"stage": stage}
