"""Fragments of telephone numbers."""

import re
from typing import Any

import phonenumbers
from django.db.models import Model, TextField, Value
from django.db.models.functions import Replace
from django.utils.translation import gettext as _

from sarnakh.lib import text
from sarnakh.records.conditions.predicates import Contains, IsSet, PhoneHas, Predicate
from sarnakh.records.conditions.refusal import Invalid
from sarnakh.records.database import Letters

SEPARATORS = " /.()-\\"
SHORTEST = 3
DIGITS = re.compile(r"\+?[0-9]+")
_WITHOUT = str.maketrans("", "", SEPARATORS)


def phone_fragment(typed: str, country: str) -> Predicate:
    """What a typed fragment is looked for as; raises Invalid when too short.

    `country` tells which international prefix a leading zero stands for. Text
    that is no number is searched as text.
    """
    needle = bare(typed)
    if not text.letters(typed):
        return IsSet()
    if len(needle) < SHORTEST:
        message = _("Type at least %(count)s digits of a telephone number.")
        raise Invalid(message % {"count": SHORTEST}, "condition_phone")
    if not DIGITS.fullmatch(needle):
        return Contains(text.searchable(typed), "search", text.compact(typed))
    for prefix in ("+", "00"):
        if needle.startswith(prefix):
            rest = needle.removeprefix(prefix)
            return PhoneHas((f"+{rest}", f"00{rest}"), normal_start=f"+{rest}")
    code = phonenumbers.country_code_for_region(country)
    if needle.startswith("0") and code:
        return PhoneHas(part=needle, normal_start=f"+{code}{needle[1:]}")
    return PhoneHas(part=needle)


def bare(number: str) -> str:
    """A number in Latin digits without its separators."""
    return text.letters(number).translate(_WITHOUT)


def bare_column(subject: Any) -> Any:
    """The same inside the database."""
    found: Any = Letters(subject)
    for sign in SEPARATORS:
        found = Replace(found, Value(sign), Value(""), output_field=TextField())
    return found


def normal_column(model: type[Model], column: str) -> str:
    """The column of the normalised number beside a typed one; "" if none."""
    names = {field.name for field in model._meta.get_fields()}
    wanted = (f"{column}_e164", "phone_e164")
    return next((name for name in wanted if name in names), "")
