"""Plan, do, move and cancel activities."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.db.models import F, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from sarnakh.accounts.actor import Actor
from sarnakh.accounts.models import User
from sarnakh.accounts.roles import Role
from sarnakh.activities.due import day_of, due_date
from sarnakh.activities.events import activities_changed
from sarnakh.activities.models import Activity, ActivityType
from sarnakh.discussion import actions as discussion
from sarnakh.lib import text
from sarnakh.lib.errors import Refused
from sarnakh.records import actions as plain
from sarnakh.records import changes, rows
from sarnakh.records.errors import InvalidValues
from sarnakh.records.types import RecordType, all_types, by_model
from sarnakh.records.types.record_type import Values
from sarnakh.records.whole import whole

# Where an activity stands never changes; what was done stays as it was.
FIXED = {"record_type", "record_id"}
LONGEST_NOTE = 10_000


class AlreadyDone(Refused):
    """What was done cannot be planned anew."""

    def __init__(self) -> None:
        super().__init__(_("This activity is done already."), "activity-done")


class CannotAssign(Refused):
    """Activities are for active people of the house."""

    def __init__(self, name: str) -> None:
        message = _("%(name)s cannot be assigned activities.")
        super().__init__(message % {"name": name}, "cannot-assign")


@whole
def schedule(
    record: Any,
    record_type: RecordType,
    type: ActivityType,  # noqa: A002 - the word of the form
    deadline: dt.date | None = None,
    user: User | None = None,
    summary: str = "",
    note: str = "",
    *,
    by: Actor,
) -> Activity:
    """Plan an activity on a record; the caller has checked that it may be written.

    Without a deadline the type's delay counts from today of the acting person,
    in months of the company's calendar. The assignee, else the acting person,
    follows the record, and hears of it unless they planned it themselves.
    """
    assignee = user or by.user
    if assignee is None or not assignee.is_active or not _is_internal(assignee):
        raise CannotAssign(str(assignee or "–"))
    activity = Activity(
        record_type=record_type.name,
        record_id=record.pk,
        record_title=record_type.title_of(record)[:200],
        type=type,
        summary=text.clean(summary)[:200] or type.summary,
        note=text.clean(note)[:LONGEST_NOTE],
        deadline=deadline or default_deadline(type, by=by),
        user=assignee,
    )
    place_in_time(activity)
    plain.stamp(activity, by=by)
    activity.save(force_insert=True)
    changes.log(activity, by_model(Activity), by=by, event="created")
    discussion.notify_activity(
        record_type, record.pk, assignee.pk, str(activity), by=by
    )
    _tell(activity)
    return activity


def default_deadline(type: ActivityType, *, by: Actor) -> dt.date:  # noqa: A002
    """Today of the acting person plus the type's delay."""
    company = by.company.profile().cal
    return due_date(by.profile.today(), type.delay, type.unit, company)


@whole
def complete(activity: Activity, feedback: str = "", *, by: Actor) -> Activity:
    """Mark as done and say so in the record's conversation.

    Doing it twice, or two people at once, has one effect. The row stays, with
    its date, for the reports.
    """
    now = timezone.now()
    feedback = text.clean(feedback)[:LONGEST_NOTE]
    done = Activity.objects.filter(pk=activity.pk, done_at=None).update(
        done_at=now, done_by=by.user, feedback=feedback, version=F("version") + 1
    )
    activity.refresh_from_db()
    if not done:
        return activity
    kind = activity.type
    other = activity.user_id != by.user_id
    details = {
        "type": kind.name,
        "code": kind.code,
        "icon": kind.icon,
        "summary": activity.summary,
        "note": activity.note,
        "assignee": str(activity.user) if other else "",
    }
    discussion.log_activity(
        activity.record_type, activity.record_id, details, feedback, by=by
    )
    changes.log(activity, by_model(Activity), by=by, event="done", note=feedback)
    _tell(activity)
    return activity


@whole
def cancel(activity: Activity, *, by: Actor) -> None:
    """Plan it no more; the conversation does not mention it. Twice is once."""
    delete([activity], by=by)


def reassign(activity: Activity, user: User, *, by: Actor) -> Activity:
    """Give it to somebody else, who follows the record and hears of it."""
    return change(activity, {"user": user.pk}, by=by)


def postpone(activity: Activity, days: int, *, by: Actor) -> Activity:
    """Move the deadline on; an overdue one counts from the assignee's today."""
    today = activity.user.profile().today()
    moved = max(activity.deadline, today) + dt.timedelta(days=days)
    return change(activity, {"deadline": moved}, by=by)


@whole
def change(
    activity: Activity, values: Values, *, seen: int | None = None, by: Actor
) -> Activity:
    """Edit an open activity; raises Conflict as all edits do."""
    if fixed := FIXED & values.keys():
        raise InvalidValues(
            {name: _("This field cannot be written.") for name in fixed}
        )
    before = activity.user_id

    def follow(record: Activity, changed: set[str]) -> None:
        _refuse_done(record)
        if "user" in changed and not (
            record.user.is_active and _is_internal(record.user)
        ):
            raise CannotAssign(str(record.user))
        place_in_time(record)

    changed: Activity = plain.write(activity, values, seen=seen, derive=follow, by=by)
    if changed.user_id != before:
        record_type = all_types()[changed.record_type]
        discussion.notify_activity(
            record_type, changed.record_id, changed.user_id, str(changed), by=by
        )
    _tell(changed)
    return changed


def create(values: Sequence[Values], *, by: Actor) -> list[Activity]:
    """Plan activities given as plain values, as the API and imports do.

    Each record is looked up among those that the actor may write.
    """
    return [_create(one, by=by) for one in values]


@whole
def delete(activities: Sequence[Activity], *, by: Actor) -> None:
    """Cancel several; all or none. What is gone already is left out."""
    keys = [activity.pk for activity in activities]
    _cancel(Activity.objects.filter(pk__in=keys), by=by)


def forget(record_type_name: str, record_ids: Sequence[int]) -> None:
    """Remove the activities of records that were deleted."""
    if not all_types()[record_type_name].has_activities:
        return
    Activity.objects.filter(
        record_type=record_type_name, record_id__in=record_ids
    ).delete()


@whole
def cancel_open(record_type_name: str, record_ids: Sequence[int], *, by: Actor) -> int:
    """Cancel what is open on records that were archived; returns how many it was."""
    open_ones = Activity.objects.filter(
        record_type=record_type_name, record_id__in=record_ids, done_at=None
    )
    return _cancel(open_ones, by=by)


@whole
def follow_clock(user: User) -> None:
    """Recompute when the open activities of a user are due; their zone changed."""
    touched: dict[str, list[int]] = {}
    activities = list(Activity.objects.filter(user=user, done_at=None))
    for activity in activities:
        activity.user = user
        place_in_time(activity)
        touched.setdefault(activity.record_type, []).append(activity.record_id)
    Activity.objects.bulk_update(
        activities, ["today_from", "overdue_from"], batch_size=500
    )
    for name, ids in touched.items():
        activities_changed.send(Activity, record_type_name=name, record_ids=ids)


def place_in_time(activity: Activity) -> None:
    """Fill the instants of the deadline's day in the assignee's zone."""
    zone = activity.user.profile().tz
    activity.today_from, activity.overdue_from = day_of(activity.deadline, zone)


def _create(values: Values, *, by: Actor) -> Activity:
    record_type = all_types().get(str(values.get("record_type", "")))
    if record_type is None or not record_type.has_activities:
        raise InvalidValues({"record_type": _("There is no such kind of record.")})
    pk = values.get("record_id")
    if not isinstance(pk, int) or not 0 < pk < 2**63:
        raise InvalidValues({"record_id": _("This field is required.")})
    kind_id = values.get("type") or 0
    kind = ActivityType.objects.filter(pk=kind_id, active=True).first()
    if kind is None:
        raise InvalidValues({"type": _("This field is required.")})
    record = rows.find(record_type, pk, by, "write")
    user = (
        User.objects.filter(pk=values["user"]).first() if values.get("user") else None
    )
    return schedule(
        record,
        record_type,
        kind,
        values.get("deadline"),
        user,
        values.get("summary") or "",
        values.get("note") or "",
        by=by,
    )


def _cancel(activities: "QuerySet[Activity]", *, by: Actor) -> int:
    present = list(activities.select_for_update().order_by("pk"))
    for activity in present:
        _refuse_done(activity)
    plain.delete(present, by=by)
    places: dict[str, list[int]] = {}
    for activity in present:
        places.setdefault(activity.record_type, []).append(activity.record_id)
    for name, ids in places.items():
        activities_changed.send(Activity, record_type_name=name, record_ids=ids)
    return len(present)


def _is_internal(user: User) -> bool:
    return Role.INTERNAL in user.role_set


def _refuse_done(activity: Activity) -> None:
    if activity.done_at is not None:
        raise AlreadyDone


def _tell(activity: Activity) -> None:
    activities_changed.send(
        Activity,
        record_type_name=activity.record_type,
        record_ids=[activity.record_id],
    )
