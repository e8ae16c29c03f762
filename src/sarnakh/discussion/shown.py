"""Values of the history as their reader sees them."""

import datetime as dt
from collections.abc import Callable
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from sarnakh.discussion import writing
from sarnakh.lib import money
from sarnakh.lib.numbers import format_number, format_percent
from sarnakh.lib.profile import Profile
from sarnakh.lib.relative import moment_text
from sarnakh.records.kinds import Kind
from sarnakh.records.types import Field

LONGEST = 200


def shown(field: Field, value: Any, profile: Profile, currency: str) -> str:
    """A JSON value of `records.changes` in words; "" for "not set".

    Amounts are smallest units of `currency`. A value that no longer fits the
    field's kind, because the field has changed since, is shown as it was stored.
    """
    if value is None or value == "" or value == []:
        return ""
    if field.widget == "password":
        return "••••"
    show = _WAYS.get(field.kind, _text)
    try:
        return show(field, value, profile, currency)
    except (TypeError, ValueError, KeyError, AttributeError, InvalidOperation):
        return _cut(str(value))


def _text(field: Field, value: Any, profile: Profile, currency: str) -> str:
    return _cut(str(value))


def _rich_text(field: Field, value: Any, profile: Profile, currency: str) -> str:
    return _cut(writing.to_plain(str(value)))


def _boolean(field: Field, value: Any, profile: Profile, currency: str) -> str:
    return _("Yes") if value else _("No")


def _number(field: Field, value: Any, profile: Profile, currency: str) -> str:
    number = Decimal(str(value))
    if field.widget == "percent":
        return format_percent(round(number, 2), profile)
    return format_number(number, profile, field.decimals)


def _money(field: Field, value: Any, profile: Profile, currency: str) -> str:
    return money.format_money(int(value), currency, profile)


def _date(field: Field, value: Any, profile: Profile, currency: str) -> str:
    return profile.date_text(dt.date.fromisoformat(value))


def _instant(field: Field, value: Any, profile: Profile, currency: str) -> str:
    return moment_text(dt.datetime.fromisoformat(value), profile)


def _choice(field: Field, value: Any, profile: Profile, currency: str) -> str:
    return str(field.choice_label(value)) or _cut(str(value))


def _link(field: Field, value: Any, profile: Profile, currency: str) -> str:
    return _cut(str(value["name"]))


def _links(field: Field, value: Any, profile: Profile, currency: str) -> str:
    comma = pgettext("between the items of a list", ", ")
    return _cut(comma.join(str(one["name"]) for one in value))


def _cut(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= LONGEST else line[: LONGEST - 1].rstrip() + "…"


_WAYS: dict[Kind, Callable[[Field, Any, Profile, str], str]] = {
    Kind.RICH_TEXT: _rich_text,
    Kind.BOOLEAN: _boolean,
    Kind.INTEGER: _number,
    Kind.DECIMAL: _number,
    Kind.MONEY: _money,
    Kind.DATE: _date,
    Kind.DATETIME: _instant,
    Kind.CHOICE: _choice,
    Kind.LINK: _link,
    Kind.LINKS: _links,
}
