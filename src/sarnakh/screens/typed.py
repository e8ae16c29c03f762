"""What people type into forms, read in their own calendar and digits.

Each reader gives the value that writers take, or a ValueError whose message
says what to do.
"""

import datetime as dt
from typing import Any

from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _

from sarnakh.accounts.actor import Actor
from sarnakh.lib import money, numbers
from sarnakh.lib.calendars import parsing
from sarnakh.lib.text import letters
from sarnakh.records import rows
from sarnakh.records import values as canonical
from sarnakh.records.kinds import Kind
from sarnakh.records.types import Field, by_name

MISSING = object()


def read(field: Field, name: str, given: QueryDict, actor: Actor, currency: str) -> Any:
    """The value of a field from posted text; MISSING when it was not on the form."""
    if field.kind == Kind.LINK:
        return _link(field, name, given, actor)
    if field.kind == Kind.LINKS:
        return _links(field, name, given, actor)
    if field.kind == Kind.BOOLEAN:
        if f"{name}__shown" not in given and name not in given:
            return MISSING
        return name in given
    if name not in given:
        return MISSING
    text = str(given[name]).strip()
    if not text:
        if field.required:
            raise ValueError(_("This field is required."))
        return None
    if field.kind == Kind.MONEY:
        return _money(text, currency, actor)
    if field.kind in {Kind.INTEGER, Kind.DECIMAL}:
        return _number(field, text, actor, currency)
    if field.kind == Kind.DATE:
        return _date(text, actor)
    if field.kind == Kind.DATETIME:
        return _datetime(text, actor)
    return canonical.canonical(field, text, actor, currency=currency)


def _money(text: str, currency: str, actor: Actor) -> int:
    try:
        return money.parse_money(text, currency, actor.profile)
    except ValueError:
        raise ValueError(
            _("“%(text)s” is not an amount. Write digits, e.g. 1,200,000.")
            % {"text": text[:40]}
        ) from None


def _number(field: Field, text: str, actor: Actor, currency: str) -> Any:
    try:
        number = numbers.parse_number(text)
    except ValueError:
        raise ValueError(
            _("“%(text)s” is not a number.") % {"text": text[:40]}
        ) from None
    if field.widget == "price" and money.shows_toman(currency, actor.profile):
        number *= money.TOMAN_IN_RIAL
    if field.kind == Kind.INTEGER and number == number.to_integral_value():
        return canonical.canonical(field, int(number), actor, currency=currency)
    return canonical.canonical(field, number, actor, currency=currency)


def _date(text: str, actor: Actor) -> dt.date:
    profile = actor.profile
    try:
        return parsing.parse_date(text, profile.cal, profile.today())
    except ValueError:
        raise ValueError(_bad_date(text)) from None


def _datetime(text: str, actor: Actor) -> dt.datetime:
    profile = actor.profile
    try:
        return parsing.parse_datetime(text, profile.cal, timezone.now(), profile.tz)
    except ValueError:
        raise ValueError(_bad_date(text)) from None


def _bad_date(text: str) -> str:
    return _("“%(text)s” is not a date. Write e.g. 1404/04/12 or tomorrow.") % {
        "text": text[:40]
    }


def _link(field: Field, name: str, given: QueryDict, actor: Actor) -> Any:
    """An id chosen from suggestions, or a name that fits exactly one record.

    With `<name>__new` ticked an unknown name becomes a record, made after
    everything else on the form has been found right.
    """
    shown = f"{name}__text"
    if name not in given and shown not in given:
        return MISSING
    number, text = given.get(name, "").strip(), given.get(shown, "").strip()
    if number and number.isascii() and number.isdigit():
        return canonical.linked_ids(field, [int(number)], actor)[0]
    if not text:
        if field.required:
            raise ValueError(_("This field is required."))
        return None
    found = named(field, text, actor)
    if len(found) == 1:
        return found[0]
    if given.get(f"{name}__new") and may_create(field, actor):
        return NewRecord(field.target, text)
    if found:
        raise ValueError(_("Several records have this name; choose one of the list."))
    raise ValueError(
        _("There is no “%(name)s”. Choose one of the list.") % {"name": text}
    )


def _links(field: Field, name: str, given: QueryDict, actor: Actor) -> Any:
    """Ids, and names separated by commas for those without script."""
    if f"{name}__shown" not in given and name not in given:
        return MISSING
    ids = [int(n) for n in given.getlist(name) if n.isascii() and n.isdigit()]
    found: list[Any] = list(canonical.linked_ids(field, ids, actor))
    for text in _split(given.get(f"{name}__text", "")):
        known = named(field, text, actor)
        if known:
            found.append(known[0])
        elif may_create(field, actor):
            found.append(NewRecord(field.target, text))
        else:
            raise ValueError(
                _("There is no “%(name)s”. Choose one of the list.") % {"name": text}
            )
    return list(dict.fromkeys(found))


def named(field: Field, text: str, actor: Actor) -> list[int]:
    """Ids of visible records with exactly this name, letter forms folded."""
    from sarnakh.records.database import Letters

    linked = by_name(field.target)
    return list(
        rows.visible(linked, actor)
        .annotate(folded_title=Letters(linked.title))
        .filter(folded_title=letters(text))
        .order_by("pk")
        .values_list("pk", flat=True)[:3]
    )


def may_create(field: Field, actor: Actor) -> bool:
    """Whether an unknown name may become a record on the fly."""
    linked = by_name(field.target)
    return linked.quick_values is not None and rows.may(linked, actor, "create")


class NewRecord:
    """A linked record still to be made from its name."""

    def __init__(self, target: str, name: str) -> None:
        self.target = target
        self.name = name

    def __eq__(self, other: object) -> bool:
        return isinstance(other, NewRecord) and (self.target, letters(self.name)) == (
            other.target,
            letters(other.name),
        )

    def __hash__(self) -> int:
        return hash((self.target, letters(self.name)))

    def make(self, *, by: Actor) -> int:
        """Make it and give its id."""
        from sarnakh.records import guarded

        linked = by_name(self.target)
        make = linked.quick_values or (lambda name, actor: {linked.title: name})
        made = guarded.create(linked, [make(self.name, by)], by=by)
        return int(made[0].pk)


def made(values: dict[str, Any], *, by: Actor) -> dict[str, Any]:
    """Values with every record on the fly made."""
    done: dict[NewRecord, int] = {}

    def settle(value: Any) -> Any:
        if isinstance(value, NewRecord):
            if value not in done:
                done[value] = value.make(by=by)
            return done[value]
        if isinstance(value, list):
            return [settle(item) for item in value]
        return value

    return {name: settle(value) for name, value in values.items()}


def _split(text: str) -> list[str]:
    for sign in "،;؛":
        text = text.replace(sign, ",")
    return [part.strip() for part in text.split(",") if part.strip()]
