"""Writing many records of which some may be refused."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DataError, IntegrityError, transaction
from django.db.models import ObjectDoesNotExist
from django.http import Http404
from django.utils.translation import gettext as _

from sarnakh.accounts.actor import Actor
from sarnakh.exchange.traits import traits_of
from sarnakh.lib.errors import Refused
from sarnakh.records import guarded
from sarnakh.records.errors import InvalidValues
from sarnakh.records.types import RecordType
from sarnakh.records.types.record_type import Values

REFUSALS = (
    Refused,
    ValidationError,
    PermissionDenied,
    IntegrityError,
    DataError,
    ObjectDoesNotExist,
    Http404,
)


def quiet(record_type: RecordType) -> RecordType:
    """The type with the doors that an import uses."""
    traits = traits_of(record_type)
    doors = record_type.writers
    return replace(
        record_type,
        writers=replace(
            doors,
            create=traits.create or doors.create,
            change=traits.change or doors.change,
        ),
    )


def make(record_type: RecordType, values: Sequence[Values], *, by: Actor) -> list[Any]:
    """Make records all at once; in place of a refused one stands the reason.

    Halving finds the culprits, so that one bad row does not cost the others.
    """
    if not values:
        return []
    try:
        with transaction.atomic():
            return guarded.create(record_type, values, by=by)
    except REFUSALS as error:
        if len(values) == 1:
            return [reason(error, record_type)]
    half = len(values) // 2
    return [
        *make(record_type, values[:half], by=by),
        *make(record_type, values[half:], by=by),
    ]


def change(record_type: RecordType, pk: int, values: Values, *, by: Actor) -> Any:
    """Change a record; a refusal comes back as its reason."""
    try:
        with transaction.atomic():
            return guarded.change(record_type, pk, values, by=by)
    except REFUSALS as error:
        return reason(error, record_type)


def reason(error: Exception, record_type: RecordType) -> str:
    """Why a record was refused, in words for the person."""
    if isinstance(error, InvalidValues):
        told = []
        for name, text in error.errors.items():
            field = record_type.field(name)
            told.append(f"{field.label}: {text}" if field else str(text))
        return " ".join(told)
    if isinstance(error, Refused):
        return error.message
    if isinstance(error, PermissionDenied):
        return _("You are not allowed to write this record.")
    if isinstance(error, ValidationError):
        return " ".join(error.messages)
    if isinstance(error, IntegrityError | DataError):
        return _("The database refuses this row.")
    return _("This row refers to something that is not there.")
