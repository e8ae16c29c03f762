"""Where taxes are used, in whatever room."""

from collections.abc import Iterable
from typing import Any

from django.apps import apps
from django.db import models

from sarnakh.money.models import Tax
from sarnakh.money.models.lines import DocumentLine


def on_documents(keys: Iterable[int]) -> set[int]:
    """Which of the taxes stand on lines of orders, invoices and the like."""
    return _linked(keys, only_lines=True)


def anywhere(keys: Iterable[int]) -> set[int]:
    """Which of the taxes anything refers to by a list of taxes."""
    return _linked(keys, only_lines=False)


def _linked(keys: Iterable[int], *, only_lines: bool) -> set[int]:
    wanted = set(keys)
    found: set[int] = set()
    for model in apps.get_models():
        if only_lines and not issubclass(model, DocumentLine):
            continue
        for field in model._meta.local_many_to_many:
            if field.related_model is Tax and isinstance(field, models.ManyToManyField):
                through: Any = field.remote_field.through
                column = field.m2m_reverse_name()
                rows = through._default_manager.filter(**{f"{column}__in": wanted})
                found |= set(rows.values_list(column, flat=True).distinct())
    return found
