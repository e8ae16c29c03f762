"""Model fields that the record types understand."""

from typing import Any

from django.db import models

from sarnakh.lib import text


class MoneyField(models.BigIntegerField):
    """An amount in whole smallest units (rials, cents) of the record's currency.

    Integers stay exact on both databases, sums included, where SQLite would
    turn decimals into floating point.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("default", 0)
        super().__init__(*args, **kwargs)


class RichTextField(models.TextField):
    """HTML that was cleaned on its way in and is cleaned again on its way out."""


class NameField(models.CharField):
    """A short text, stored in NFC without control characters or outer blanks."""

    def get_prep_value(self, value: Any) -> Any:
        return text.clean(value) if isinstance(value, str) else value
