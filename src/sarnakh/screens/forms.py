"""The form of a record: what it shows, and saving what was typed."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db import transaction
from django.http import QueryDict

from sarnakh.accounts.actor import Actor
from sarnakh.records import guarded, rows
from sarnakh.records.currency import currency_of, owner_of_currency
from sarnakh.records.errors import Conflict, InvalidValues
from sarnakh.records.naming import name_links
from sarnakh.records.properties import queries as property_queries
from sarnakh.records.types import Field, by_name
from sarnakh.records.values import canonical
from sarnakh.screens import inputs as drawn
from sarnakh.screens import once, panels, properties, typed
from sarnakh.screens.screen import Button, Screen
from sarnakh.screens.shown import text_of


def context(
    screen: Screen,
    record: Any,
    actor: Actor,
    *,
    posted: QueryDict | None = None,
    errors: dict[str, str] | None = None,
    conflict: Conflict | None = None,
    copied: Any = None,
) -> dict[str, Any]:
    """Everything the form template needs, panels aside."""
    hidden = screen.hides(record, actor)
    fields = [field for field in _fields(screen, actor) if field.name not in hidden]
    may_write = _may_write(screen, record, actor)
    source = record if record is not None else copied or blank(screen, actor)
    name_links(source, _with_owner(screen, fields), actor)
    currency = currency_of(source, screen.type, actor)
    made = drawn.inputs(
        fields,
        source,
        actor,
        currency,
        posted=posted,
        errors={name: [text] for name, text in (errors or {}).items()},
        is_read_only=not may_write,
    )
    fixed = screen.fixes(record, actor) if may_write else set()
    if fixed & set(made):
        made |= drawn.inputs(
            [made[name].field for name in made if name in fixed],
            source,
            actor,
            currency,
            is_read_only=True,
        )
    added = properties.inputs(
        source,
        screen.type,
        actor,
        posted=posted,
        errors=errors,
        is_read_only=not may_write,
    )
    known = set(made) | {one.name for one in added}
    steps = (
        screen.status_values(record, actor)
        if record is not None and screen.status_values
        else []
    )
    return {
        "screen": screen,
        "record": record,
        "inputs": made,
        "may_write": may_write,
        "may_delete": record is not None
        and screen.may_delete(record)
        and rows.may(screen.type, actor, "delete"),
        "may_create": rows.may(screen.type, actor, "create"),
        "title": screen.type.title_of(record) if record is not None else "",
        **shown_buttons(screen, record, actor),
        "smart_buttons": [
            (button, count, button.note(record, actor) if button.note else "")
            for button in panels.smart_buttons(screen)
            if record is not None
            for count in [button.count(record, actor)]
            if count or not button.hides_zero
        ],
        "progress": screen.progress(record, actor)
        if record is not None and screen.progress
        else [],
        "banners": screen.banners(record, actor)
        if record is not None and screen.banners
        else [],
        "steps": steps,
        "has_folded_steps": any(getattr(step, "is_folded", False) for step in steps),
        "properties": added,
        "properties_owner": _properties_owner(screen, source, actor),
        "status_value": getattr(record, f"{screen.status}_id", None)
        if record is not None and screen.status
        else None,
        "ribbon": screen.ribbon(record) if record is not None else None,
        "conflict": clashes(screen, conflict, actor, currency) if conflict else None,
        "version": seen_version(record, posted, conflict),
        "other_errors": [
            text for name, text in (errors or {}).items() if name not in known
        ],
        "has_typed": posted is not None,
        "once": "" if record is not None else once.token(),
        "profile": actor.profile,
        "currency": currency,
    }


@dataclass(frozen=True)
class ShownButton:
    """A button as this record and person see it."""

    button: Button
    is_primary: bool
    url: str
    record: Any
    actor: Actor

    @cached_property
    def dialog(self) -> dict[str, Any]:
        """What its dialog needs, read when the dialog is drawn."""
        asking = self.button.asking
        return asking(self.record, self.actor) if asking else {}

    def __getattr__(self, name: str) -> Any:
        return getattr(self.button, name)


def shown_buttons(
    screen: Screen, record: Any, actor: Actor, *, only: str = ""
) -> dict[str, Any]:
    """The buttons that the record offers this person, by their place; `only` names
    the one place that is asked for."""
    found: list[ShownButton] = []
    if record is not None:
        may_write = rows.may_write(record, screen.type, actor)
        for button in panels.buttons(screen):
            if only and button.place != only:
                continue
            if not (may_write or button.verb == "read"):
                continue
            if not (button.visible(record) and button.may(record, actor)):
                continue
            primary = button.is_primary
            found.append(
                ShownButton(
                    button,
                    primary(record) if callable(primary) else primary,
                    button.url(record) if button.url else "",
                    record,
                    actor,
                )
            )
    places: dict[str, list[ShownButton]] = {"head": [], "gear": [], "lines": []}
    for one in found:
        places.setdefault(one.button.place, []).append(one)
    return {
        "buttons": places["head"],
        "gear_buttons": places["gear"],
        "line_buttons": places["lines"],
        "dialogs": [one for one in found if one.button.asks],
        "copies_itself": any(one.button.command == "duplicate" for one in found),
    }


def seen_version(record: Any, posted: QueryDict | None, conflict: Any) -> int:
    """The version that the next save is based on.

    After a conflict was shown, both values have been seen.
    """
    if posted is not None and not conflict and posted.get("version", "").isdigit():
        return int(str(posted["version"]))
    return getattr(record, "version", 0) if record is not None else 0


def save(screen: Screen, record: Any, given: QueryDict, *, by: Actor) -> Any:
    """Write what was typed; Conflict and InvalidValues leave everything as it was."""
    with transaction.atomic():
        values = read(screen, given, by, currency_of(record, screen.type, by))
        added = properties.read(record, screen.type, given, by)
        if added is not None:
            values["properties"] = added
        seen = given.get("version", "")
        return guarded.change(
            screen.type,
            record.pk,
            typed.made(values, by=by),
            seen=int(seen) if seen.isdigit() else None,
            by=by,
        )


def save_new(
    screen: Screen,
    given: QueryDict,
    *,
    by: Actor,
    only: Sequence[str] = (),
    preset: dict[str, Any] | None = None,
) -> Any:
    """Make a record from what was typed and what the screen presets."""
    with transaction.atomic():
        values = {
            **screen.presets(by),
            **(preset or {}),
            **read(screen, given, by, by.company.currency, only),
        }
        empty = {name for name, value in values.items() if value in (None, [])}
        kept = {
            name: value
            for name, value in values.items()
            if name not in empty or screen.type.fields[name].kind == "link"
        }
        if only:
            kept = {
                n: v for n, v in kept.items() if n not in empty or n in (preset or {})
            }
        return guarded.create(screen.type, [typed.made(kept, by=by)], by=by)[0]


def read(
    screen: Screen,
    given: QueryDict,
    actor: Actor,
    currency: str,
    only: Sequence[str] = (),
) -> dict[str, Any]:
    """Typed values by field name; InvalidValues names all that do not fit."""
    values: dict[str, Any] = {}
    errors: dict[str, str] = {}
    names = only or [field.name for field in _fields(screen, actor)]
    readable = screen.type.readable_fields(actor)
    for name in names:
        field = readable.get(name)
        if field is None or not field.editable:
            continue
        try:
            value = typed.read(field, name, given, actor, currency)
        except ValueError as error:
            errors[name] = str(error)
            continue
        if value is not typed.MISSING:
            values[name] = value
    if errors:
        raise InvalidValues(errors)
    return values


def quick_inputs(
    screen: Screen,
    names: Sequence[str],
    actor: Actor,
    *,
    posted: QueryDict | None = None,
    errors: dict[str, str] | None = None,
) -> dict[str, drawn.Input]:
    """The few inputs of the small form in a lane."""
    fields = [screen.type.fields[name] for name in names]
    return drawn.inputs(
        fields,
        blank(screen, actor),
        actor,
        actor.company.currency,
        posted=posted,
        errors={name: [text] for name, text in (errors or {}).items()},
    )


def filled(screen: Screen, given: QueryDict, actor: Actor) -> dict[str, Any]:
    """Text for the other fields after one was chosen; the type knows what follows."""
    if screen.type.follows is None:
        return {}
    name = given.get("field", "")
    field = screen.type.readable_fields(actor).get(name)
    if field is None:
        return {}
    try:
        value = typed.read(field, name, given, actor, actor.company.currency)
    except ValueError:
        # A name that nobody has yet: what follows from it can still be said.
        value = str(given.get(f"{name}__text", "")).strip()
    if value is typed.MISSING:
        return {}
    value = getattr(value, "name", value)
    return screen.type.follows(name, value, actor)


def blank(screen: Screen, actor: Actor) -> Any:
    """An unsaved record with defaults and presets, for an empty form."""
    from sarnakh.records.actions import column_values

    return screen.type.model(**column_values(screen.type, screen.presets(actor)))


def begun(screen: Screen, given: Sequence[str], actor: Actor) -> Any:
    """An unsaved record with values from an address (`with=team:5`), or None.

    What the actor may not use, or what makes no sense, is left out: the address
    only saves typing.
    """
    from sarnakh.records.actions import column_values

    values = dict(screen.presets(actor))
    readable = screen.type.readable_fields(actor)
    for pair in given[:MOST_GIVEN]:
        name, _colon, text = pair.partition(":")
        field = readable.get(name)
        if field is None or not field.editable or field.kind == "links":
            continue
        value = int(text) if field.kind == "link" and text.isdigit() else text
        try:
            values[name] = canonical(field, value, actor, currency="")
        except (ValueError, TypeError, KeyError):
            continue
    return screen.type.model(**column_values(screen.type, values)) if given else None


def clashes(
    screen: Screen, conflict: Conflict, actor: Actor, currency: str
) -> dict[str, Any]:
    """Both values of every field that two people changed, as text."""
    return {
        "who": conflict.who,
        "fields": [
            {
                "label": screen.type.fields[clash.field].label,
                "name": clash.field,
                "yours": text_of(
                    screen.type.fields[clash.field],
                    clash.yours,
                    actor.profile,
                    currency,
                ),
                "theirs": text_of(
                    screen.type.fields[clash.field],
                    clash.theirs,
                    actor.profile,
                    currency,
                ),
            }
            for clash in conflict.clashes
        ],
    }


def copy_of(screen: Screen, pk: int, actor: Actor) -> Any:
    """An unsaved twin of a record, for the form of a new one.

    What belongs to the original's own life (stage, dates, version) starts anew.
    """
    from django.utils.translation import gettext as _

    original = rows.find(screen.type, pk, actor)
    name_links(original, _fields(screen, actor), actor)
    twin = blank(screen, actor)
    for field in _fields(screen, actor):
        if field.editable and field.kind != "links" and field.name not in ONCE:
            setattr(twin, field.column, getattr(original, field.column))
    title = screen.type.fields.get(screen.type.title)
    if title is not None and title.kind == "text":
        copied = _("%(name)s (copy)") % {"name": getattr(original, title.column)}
        setattr(twin, title.column, copied)
    return twin


MOST_GIVEN = 20
"""So many values an address may give to a new record."""

ONCE = {"stage", "lost_reason", "active", "probability"}
"""Fields that a copy does not take over."""


def _properties_owner(
    screen: Screen, record: Any, actor: Actor
) -> tuple[str, int] | None:
    """Where the actor may add properties for this record."""
    owner = property_queries.owner_of(record, screen.type)
    if owner is None:
        return None
    owner_type = by_name(owner[0])
    return owner if rows.may(owner_type, actor, "write") else None


def _with_owner(screen: Screen, fields: list[Field]) -> list[Field]:
    """The fields, and what the amounts take their currency from."""
    owner = screen.type.fields.get(owner_of_currency(screen.type))
    return fields if owner is None or owner in fields else [*fields, owner]


def _fields(screen: Screen, actor: Actor) -> list[Field]:
    readable = screen.type.readable_fields(actor)
    return [readable[name] for name in screen.form_fields if name in readable]


def _may_write(screen: Screen, record: Any, actor: Actor) -> bool:
    if record is None:
        return rows.may(screen.type, actor, "create")
    return screen.may_edit(record) and rows.may_write(record, screen.type, actor)
