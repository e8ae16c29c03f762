"""Values from outside, checked against their field and the actor's rights.

JSON of the API and words of a form come in here and leave as what writers
take: ids of links that the actor may see, smallest units, aware instants.
"""

import datetime as dt
import math
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.translation import gettext as _

from sarnakh.accounts.actor import Actor
from sarnakh.lib import money, text
from sarnakh.records import rows
from sarnakh.records.errors import InvalidValues
from sarnakh.records.kinds import Kind
from sarnakh.records.types import RecordType, by_name
from sarnakh.records.types.field import Field

TEXT_LIMIT = 500
LONG_TEXT_LIMIT = 100_000
RICH_TEXT_LIMIT = 1_000_000


def checked(
    record_type: RecordType, given: dict[str, Any], actor: Actor, *, currency: str = ""
) -> dict[str, Any]:
    """Canonical values, or InvalidValues naming every field that does not fit.

    Unknown and read-only names are refused by name, never ignored.
    """
    fields = record_type.readable_fields(actor)
    errors: dict[str, str] = {}
    values: dict[str, Any] = {}
    for name, value in given.items():
        field = fields.get(name)
        if field is None:
            errors[name] = _("There is no such field.")
        elif not field.editable:
            errors[name] = _("This field cannot be written.")
        else:
            try:
                values[name] = canonical(
                    field, value, actor, currency=currency or actor.company.currency
                )
            except (ValueError, TypeError, InvalidOperation) as error:
                errors[name] = str(error) or _("This value does not fit.")
    if errors:
        raise InvalidValues(errors)
    return values


def canonical(field: Field, value: Any, actor: Actor, *, currency: str) -> Any:
    """One JSON value as writers take it; ValueError with a message for people."""
    if value is None or value == "":
        if field.kind == Kind.LINKS:
            return []
        if field.required:
            raise ValueError(_("This field is required."))
        return None
    return _READERS[field.kind](field, value, actor, currency)


def linked_ids(field: Field, ids: list[int], actor: Actor) -> list[int]:
    """The ids if all of them are records that the actor may see."""
    if any(type(pk) is not int or not 0 < pk < 2**63 for pk in ids):
        raise ValueError(_("A link is given by the number of the record."))
    linked = by_name(field.target)
    found = set(
        rows.visible(linked, actor).filter(pk__in=ids).values_list("pk", flat=True)
    )
    if missing := [pk for pk in ids if pk not in found]:
        raise ValueError(
            _("There is no record with number %(number)s.") % {"number": missing[0]}
        )
    return list(dict.fromkeys(ids))


def _text(field: Field, value: Any, actor: Actor, currency: str) -> str:
    if not isinstance(value, str):
        raise ValueError(_("This must be text."))
    limits = {Kind.LONG_TEXT: LONG_TEXT_LIMIT, Kind.RICH_TEXT: RICH_TEXT_LIMIT}
    limit = field.max_length or limits.get(field.kind, TEXT_LIMIT)
    if len(value) > limit:
        raise ValueError(
            _("This text is too long: at most %(limit)s characters.") % {"limit": limit}
        )
    cleaned = text.clean(value)
    if field.kind == Kind.RICH_TEXT:
        from sarnakh.records.rich_text import sanitized

        return sanitized(cleaned)
    return cleaned


def _boolean(field: Field, value: Any, actor: Actor, currency: str) -> bool:
    if not isinstance(value, bool):
        raise ValueError(_("This must be true or false."))
    return value


def _integer(field: Field, value: Any, actor: Actor, currency: str) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        raise ValueError(_("This must be a whole number."))
    if not -(2**63) <= value < 2**63:
        raise ValueError(_("This number is too large."))
    return value


def _decimal(field: Field, value: Any, actor: Actor, currency: str) -> float | Decimal:
    number = _number(value)
    if field.decimals is not None:
        return number
    if field.widget == "percent" and not 0 <= number <= 100:
        raise ValueError(_("This must be between 0 and 100."))
    return float(number)


def _money(field: Field, value: Any, actor: Actor, currency: str) -> int:
    if isinstance(value, dict):
        if value.get("currency", currency) != currency:
            raise ValueError(_("The amount is in another currency."))
        value = value.get("amount")
    minor = money.to_minor(_number(value), currency)
    if abs(minor) > 10**18:
        raise ValueError(_("This number is too large."))
    return minor


def _number(value: Any) -> Decimal:
    """An exact number; length is looked at before the costly conversion."""
    if isinstance(value, bool) or not isinstance(value, int | float | str | Decimal):
        raise ValueError(_("This must be a number."))
    if isinstance(value, float) and not math.isfinite(value):
        raise ValueError(_("This must be a number."))
    written = repr(value) if isinstance(value, float) else str(value)
    whole, _point, fraction = written.lstrip("-").partition(".")
    if not (whole + fraction).isascii() or not (whole + fraction).isdigit():
        raise ValueError(_("This must be a number."))
    if len(whole) > 18 or len(fraction) > 10:
        raise ValueError(_("This number is too large."))
    return Decimal(written)


def _date(field: Field, value: Any, actor: Actor, currency: str) -> dt.date:
    if isinstance(value, dt.date) and not isinstance(value, dt.datetime):
        found = value
    else:
        try:
            found = dt.date.fromisoformat(str(value))
        except ValueError:
            raise ValueError(_("A date is written as YYYY-MM-DD.")) from None
    return _within_calendars(found)


def _datetime(field: Field, value: Any, actor: Actor, currency: str) -> dt.datetime:
    try:
        found = (
            value
            if isinstance(value, dt.datetime)
            else dt.datetime.fromisoformat(str(value))
        )
    except ValueError:
        raise ValueError(_("An instant is written as YYYY-MM-DDTHH:MM:SSZ.")) from None
    if found.tzinfo is None:
        raise ValueError(_("An instant needs its time zone, e.g. Z."))
    _within_calendars(found.date())
    return found.astimezone(dt.UTC)


def _within_calendars(found: dt.date) -> dt.date:
    if not 1800 <= found.year <= 2200:
        raise ValueError(_("The date must lie between 1800 and 2200."))
    return found


def _choice(field: Field, value: Any, actor: Actor, currency: str) -> Any:
    for key, _label in field.choices:
        if key == value or (isinstance(value, str) and str(key) == value):
            return key
    raise ValueError(_("This is not one of the choices."))


def _link(field: Field, value: Any, actor: Actor, currency: str) -> int:
    if isinstance(value, dict):
        value = value.get("id")
    if isinstance(value, bool) or not isinstance(value, int):
        raise ValueError(_("A link is given by the number of the record."))
    return linked_ids(field, [value], actor)[0]


def _links(field: Field, value: Any, actor: Actor, currency: str) -> list[int]:
    if not isinstance(value, list) or len(value) > 1_000:
        raise ValueError(_("Links are given as a list of numbers."))
    ids: list[Any] = [
        item.get("id") if isinstance(item, dict) else item for item in value
    ]
    return linked_ids(field, ids, actor)


def _properties(field: Field, value: Any, actor: Actor, currency: str) -> Any:
    if not isinstance(value, dict):
        raise ValueError(_("Properties are given as an object."))
    return value


_READERS = {
    Kind.TEXT: _text,
    Kind.LONG_TEXT: _text,
    Kind.RICH_TEXT: _text,
    Kind.BOOLEAN: _boolean,
    Kind.INTEGER: _integer,
    Kind.DECIMAL: _decimal,
    Kind.MONEY: _money,
    Kind.DATE: _date,
    Kind.DATETIME: _datetime,
    Kind.CHOICE: _choice,
    Kind.LINK: _link,
    Kind.LINKS: _links,
    Kind.PROPERTIES: _properties,
}
