"""Values as text for inputs and cells, in the reader's calendar and digits."""

from typing import Any

from django.utils.translation import gettext as _

from sarnakh.lib import money, numbers
from sarnakh.lib.digits import localize
from sarnakh.lib.profile import Profile
from sarnakh.records.kinds import Kind
from sarnakh.records.types import Field


def text_of(field: Field, value: Any, profile: Profile, currency: str) -> str:
    """A value as a person would write it."""
    if value is None or value == "":
        return ""
    if field.kind == Kind.MONEY:
        return money.format_money(value, currency, profile)
    if field.kind == Kind.CHOICE:
        return str(field.choice_label(value))
    if field.kind == Kind.BOOLEAN:
        return _("Yes") if value else _("No")
    if field.kind == Kind.LINKS:
        return "، ".join(str(item) for item in value)
    if field.kind == Kind.LINK:
        return str(value)
    return input_text(field, value, profile, currency)


def input_text(field: Field, value: Any, profile: Profile, currency: str) -> str:
    """What stands in the input: typing it again gives the same value."""
    if value is None or value == "":
        return ""
    if field.kind == Kind.MONEY:
        return money.format_money(value, currency, profile, symbol=False)
    if field.kind == Kind.DECIMAL:
        number = _short(value)
        if field.widget == "price" and money.shows_toman(currency, profile):
            number /= money.TOMAN_IN_RIAL
        return numbers.format_number(number, profile)
    if field.kind == Kind.INTEGER:
        return numbers.format_number(value, profile)
    if field.kind == Kind.DATETIME:
        local = value.astimezone(profile.tz)
        day = profile.cal.format(
            local.date(), "short", profile.language, profile.digits
        )
        return f"{day} {localize(local.strftime('%H:%M'), profile.digits)}"
    if field.kind == Kind.DATE:
        return str(profile.cal.format(value, "short", profile.language, profile.digits))
    return str(value)


def _short(value: Any) -> Any:
    from decimal import Decimal

    return Decimal(str(value))
