"""The small form in which an activity is planned or edited."""

from typing import Any

from django.http import QueryDict

from sarnakh.accounts.actor import Actor
from sarnakh.activities import actions, queries
from sarnakh.activities.models import Activity, ActivityType
from sarnakh.activities.types import ACTIVITIES
from sarnakh.discussion import queries as discussion
from sarnakh.records.errors import InvalidValues
from sarnakh.screens import typed

FIELDS = ("type", "summary", "deadline", "user", "note")


def read(
    given: QueryDict, actor: Actor, present: Activity | None = None
) -> dict[str, Any]:
    """Typed values by field name; InvalidValues names all that do not fit.

    Links that stay as they are need not be open to the actor.
    """
    values: dict[str, Any] = {}
    errors: dict[str, str] = {}
    for name in FIELDS:
        stored = getattr(present, f"{name}_id", None)
        if stored is not None and given.get(name) == str(stored):
            continue
        field = ACTIVITIES.fields[name]
        try:
            value = typed.read(field, name, given, actor, actor.company.currency)
        except ValueError as error:
            errors[name] = str(error)
            continue
        if value is not typed.MISSING:
            values[name] = value
    if errors:
        raise InvalidValues(errors)
    return values


def blank(
    actor: Actor, kind: ActivityType | None = None, given: QueryDict | None = None
) -> dict[str, Any]:
    """The empty form: a type, its summary, when it would be due, oneself.

    What was `given` already stays when another type is chosen, but for the
    deadline, and the summary if the type has one of its own.
    """
    kind = kind or queries.usual_type(actor)
    deadline = actions.default_deadline(kind, by=actor) if kind else None
    given = given or QueryDict()
    return _form(
        actor,
        type=str(kind.pk) if kind else "",
        summary=(kind.summary if kind else "") or given.get("summary", ""),
        deadline=actor.profile.date_text(deadline) if deadline else "",
        user=given.get("user", "") or str(actor.user_id or ""),
        note=given.get("note", ""),
    )


def filled(activity: Activity, actor: Actor) -> dict[str, Any]:
    """The form with an activity in it."""
    return _form(
        actor,
        type=str(activity.type_id),
        summary=activity.summary,
        deadline=actor.profile.date_text(activity.deadline),
        user=str(activity.user_id),
        note=activity.note,
        present=activity,
    )


def typed_again(
    given: QueryDict,
    errors: dict[str, str],
    actor: Actor,
    present: Activity | None = None,
) -> dict[str, Any]:
    """The form as it was sent, with what is wrong."""
    texts = {name: given.get(name, "") for name in FIELDS}
    return _form(actor, errors=errors, present=present, **texts)


def _form(
    actor: Actor,
    *,
    errors: dict[str, str] | None = None,
    present: Activity | None = None,
    **texts: str,
) -> dict[str, Any]:
    people = discussion.people(actor)
    types = list(queries.types_for(actor))
    if present is not None:
        # What is stored stays choosable though archived or out of sight.
        types += [present.type] if present.type not in types else []
        people += [present.user] if present.user not in people else []
    return {
        "texts": texts,
        "errors": errors or {},
        "types": [(str(one.pk), str(one)) for one in types],
        "people": [(str(user.pk), user.name) for user in people],
        "activity": present,
    }
