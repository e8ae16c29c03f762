"""Giving acts of this minute the times at which they are said to have happened.

The doors stamp what they write with the present time, rightly. A company of
yesterday would have no history to look at, so the demo moves its stamps back.
"""

import datetime as dt
from collections.abc import Iterable

from django.db import models
from django.db.models import F

from sarnakh.activities.models import Activity
from sarnakh.activities.types import ACTIVITIES
from sarnakh.contacts.models import Contact
from sarnakh.contacts.types import CONTACTS
from sarnakh.crm.models import Lead
from sarnakh.crm.types import LEADS
from sarnakh.demo.writing import Writer
from sarnakh.discussion.models import Message, Notification
from sarnakh.records.models import Change
from sarnakh.teams.models import Member, Team

BATCH = 300


def date_back(writer: Writer) -> None:
    """Move every stamp of a freshly written company to its time."""
    _users(writer)
    _contacts(writer)
    _leads(writer)
    _activities(writer)
    _rows(Change, "at", writer.change_times)
    _rows(Message, "at", writer.message_times)
    told = list(
        Notification.objects.filter(
            message__record_id__in=writer.change_times,
            message__record_type=LEADS.name,
        ).select_related("message")
    )
    for notification in told:
        if notification.message:
            notification.at = notification.message.at
    _save(Notification, told, "at")
    # What is older than two days has been read by everybody.
    old = writer.now - dt.timedelta(days=2)
    users = list(writer.users.values())
    Notification.objects.filter(user__in=users, at__lt=old).update(
        read_at=F("at") + dt.timedelta(hours=3)
    )


def _users(writer: Writer) -> None:
    start = writer.now - dt.timedelta(days=writer.script.sizes.months * 31)
    for user in writer.users.values():
        type(user).objects.filter(pk=user.pk).update(created_at=start)
    stamps = {"created_at": start, "updated_at": start}
    Team.objects.filter(company=writer.company).update(**stamps)
    Member.objects.filter(team__company=writer.company).update(**stamps)


def _contacts(writer: Writer) -> None:
    both = [*writer.places, *writer.people]
    Contact.objects.filter(pk__in=[one.pk for one in both]).update(
        updated_at=F("created_at")
    )
    times = {contact.pk: [contact.created_at] for contact in both}
    _rows(Change, "at", times, name=CONTACTS.name)


def _leads(writer: Writer) -> None:
    found = list(Lead.objects.filter(pk__in=writer.change_times))
    for lead in found:
        lead.created_by_id = lead.salesperson_id or lead.created_by_id
        if lead.date_open:
            lead.date_open = lead.created_at
            lead.days_to_assign = 0
        lead.date_last_stage_update = writer.staged[lead.pk]
        if closed := writer.closed.get(lead.pk):
            lead.date_closed = closed
            lead.days_to_close = (closed - lead.created_at).days
        lead.updated_at = writer.last[lead.pk]
    Lead.objects.bulk_update(
        found,
        ["date_open", "days_to_assign", "date_last_stage_update", "date_closed",
         "days_to_close", "updated_at", "created_by"],
        batch_size=BATCH,
    )  # fmt: skip
    made = Change.objects.filter(
        record_type=LEADS.name, record_id__in=writer.change_times, event="created"
    )
    makers = {lead.pk: lead.created_by_id for lead in found}
    entries = list(made)
    for entry in entries:
        entry.by_id = makers[entry.record_id]
    _save(Change, entries, "by")


def _activities(writer: Writer) -> None:
    done = list(Activity.objects.filter(pk__in=writer.done_times))
    for activity in done:
        at = writer.done_times[activity.pk]
        activity.done_at = activity.updated_at = at
        activity.created_at = at - dt.timedelta(days=2, hours=1)
    Activity.objects.bulk_update(
        done, ["done_at", "updated_at", "created_at"], batch_size=BATCH
    )
    times = {a.pk: [a.created_at, a.updated_at] for a in done}
    _rows(Change, "at", times, name=ACTIVITIES.name)


def _rows(
    model: type[models.Model],
    column: str,
    times: dict[int, list[dt.datetime]],
    *,
    name: str = LEADS.name,
) -> None:
    """Stamp the rows of each record, which were written in the order of the times."""
    rows = model._default_manager.filter(record_type=name, record_id__in=list(times))
    waiting = {pk: iter(moments) for pk, moments in times.items()}
    stamped = []
    for row in rows.order_by("pk"):
        setattr(row, column, next(waiting[row.record_id]))  # type: ignore[attr-defined]
        stamped.append(row)
    _save(model, stamped, column)


def _save(model: type[models.Model], rows: Iterable[models.Model], column: str) -> None:
    model._default_manager.bulk_update(rows, [column], batch_size=BATCH)
