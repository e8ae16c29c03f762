"""What activities and their types are."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sarnakh.activities import access, actions
from sarnakh.activities.models import Activity, ActivityType
from sarnakh.records.actions import plain_writers
from sarnakh.records.types import (
    Filter,
    PeriodFilter,
    RecordType,
    Search,
    Writers,
    describe,
)

OPEN = ["done_at", "=", None]

ACTIVITIES = RecordType(
    name="activities",
    model=Activity,
    label=_("Activity"),
    label_plural=_("Activities"),
    access=access.ACTIVITIES,
    fields=describe(
        Activity,
        "summary",
        "type",
        "record_title",
        "deadline",
        "user",
        "note",
        "record_type",
        "record_id",
        "today_from",
        "overdue_from",
        "done_at",
        "done_by",
        "feedback",
        "created_at",
        targets={"type": "activity-types", "user": "users", "done_by": "users"},
        deadline={"required": False, "is_tracked": True},
        user={"required": False, "is_tracked": True},
        feedback={"editable": False},
    ),
    writers=Writers(
        create=actions.create, change=actions.change, delete=actions.delete
    ),
    title="summary",
    order=("deadline", "pk"),
    search=(
        Search(name="text", label=_("Activity"), fields=("summary", "record_title")),
        Search(name="type", label=_("Type"), fields=("type",)),
        Search(name="user", label=_("Assigned to"), fields=("user",)),
    ),
    filters=(
        Filter(name="mine", label=_("My activities"), condition=[["user", "=", "@me"]]),
        Filter(
            name="overdue",
            label=_("Overdue"),
            condition=[OPEN, ["overdue_from", "<=", "@now"]],
            block=1,
        ),
        Filter(
            name="today",
            label=_("Today"),
            condition=[
                OPEN,
                ["today_from", "<=", "@now"],
                ["overdue_from", ">", "@now"],
            ],
            block=1,
        ),
        Filter(
            name="planned",
            label=_("Planned"),
            condition=[OPEN, ["today_from", ">", "@now"]],
            block=1,
        ),
        Filter(
            name="open",
            label=pgettext_lazy("filter", "Open"),
            condition=[OPEN],
            block=2,
        ),
        Filter(
            name="done",
            label=_("Done"),
            condition=[["done_at", "!=", None]],
            block=2,
        ),
    ),
    periods=(
        PeriodFilter(name="deadline", label=_("Deadline"), field="deadline", block=3),
        PeriodFilter(name="done", label=_("Done on"), field="done_at", block=3),
    ),
    commands={
        "complete": actions.complete,
        "postpone": actions.postpone,
    },
    # Giving it away may put it out of one's own reach.
    handover=frozenset({"user"}),
)

ACTIVITY_TYPES = RecordType(
    name="activity-types",
    model=ActivityType,
    label=_("Activity type"),
    label_plural=_("Activity types"),
    access=access.ACTIVITY_TYPES,
    fields=describe(
        ActivityType, "name", "icon", "summary", "delay", "unit", "sequence", "active"
    ),
    writers=plain_writers(ActivityType),
    order=("sequence", "pk"),
    active="active",
    search=(Search(name="text", label=_("Name"), fields=("name",)),),
    filters=(
        Filter(
            name="archived",
            label=_("Archived"),
            condition=[["active", "=", False]],
        ),
    ),
    quick_values=lambda name, actor: {"name": name},
)
