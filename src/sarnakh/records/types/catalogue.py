"""The list of all record types, named in one place: `config/catalog.py`."""

from functools import cache

from django.conf import settings
from django.db import models
from django.utils.module_loading import import_string

from sarnakh.records.types.record_type import RecordType


@cache
def all_types() -> dict[str, RecordType]:
    """Every type by its name."""
    return {found.name: found for found in import_string(settings.RECORD_TYPES)}


@cache
def _types_by_model() -> dict[type[models.Model], RecordType]:
    return {found.model: found for found in all_types().values()}


def by_name(name: str) -> RecordType:
    """The type of that name; KeyError when there is none."""
    return all_types()[name]


def by_model(model: type[models.Model]) -> RecordType:
    """The type that describes a model; KeyError when none does."""
    return _types_by_model()[model]
