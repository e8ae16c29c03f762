"""Model fields that the record types understand."""

from decimal import ROUND_HALF_UP, Context, Decimal
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


_EXACT = Context(prec=60, rounding=ROUND_HALF_UP)


class FixedField(models.BigIntegerField):
    """A decimal number with a fixed count of places, kept as a whole number.

    Like amounts it stays exact on both databases, sums included. Code sees a
    `Decimal`; what has more places is rounded half away from zero when written.
    """

    # What the type checker is told of its values.
    _pyi_private_set_type: Decimal | int | str  # type: ignore[assignment]
    _pyi_private_get_type: Decimal  # type: ignore[assignment]
    _pyi_lookup_exact_type: Decimal | int | str  # type: ignore[assignment]

    def __init__(self, *args: Any, places: int = 4, **kwargs: Any) -> None:
        self.places = places
        kwargs.setdefault("default", Decimal(0))
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, {**kwargs, "places": self.places}

    def from_db_value(self, value: Any, *_: Any) -> Decimal | None:
        return None if value is None else self._placed(int(value))

    def to_python(self, value: Any) -> Decimal | None:
        return None if value is None else self._rounded(value)

    def get_prep_value(self, value: Any) -> Any:
        if value is None or hasattr(value, "resolve_expression"):
            return value
        return int(self._rounded(value).scaleb(self.places, context=_EXACT))

    def _placed(self, whole: int) -> Decimal:
        return Decimal(whole).scaleb(-self.places, context=_EXACT)

    def _rounded(self, value: Any) -> Decimal:
        exact = value if isinstance(value, Decimal) else Decimal(str(value))
        return exact.quantize(Decimal(1).scaleb(-self.places), context=_EXACT)


class RichTextField(models.TextField):
    """HTML that was cleaned on its way in and is cleaned again on its way out."""


class NameField(models.CharField):
    """A short text, stored in NFC without control characters or outer blanks."""

    def get_prep_value(self, value: Any) -> Any:
        return text.clean(value) if isinstance(value, str) else value
