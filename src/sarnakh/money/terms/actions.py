"""Payment terms and their parts."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from sarnakh.accounts.actor import Actor
from sarnakh.money.models import PaymentTerm, PaymentTermLine
from sarnakh.records import actions as plain
from sarnakh.records.errors import InvalidValues
from sarnakh.records.types.record_type import Values
from sarnakh.records.whole import whole

WHOLE = Decimal(100)


@whole
def create(values: Sequence[Values], *, by: Actor) -> list[PaymentTerm]:
    """Make terms; each begins with one part of 100 % at once."""
    made: list[PaymentTerm] = _terms.create(values, by=by)
    _lines.create([{"term": term.pk} for term in made], by=by)
    return made


@whole
def create_lines(values: Sequence[Values], *, by: Actor) -> list[PaymentTermLine]:
    """Add parts; one without a percentage takes what the others leave."""
    made: list[PaymentTermLine] = []
    for one in values:
        given = dict(one)
        if given.get("percent") is None and given.get("kind", "percent") == "percent":
            given["percent"] = remaining(given.get("term"))
        made += _lines.create([given], by=by)
    return made


@whole
def change_line(
    line: PaymentTermLine, values: Values, *, seen: int | None = None, by: Actor
) -> PaymentTermLine:
    """Edit a part."""
    return plain.write(line, values, seen=seen, derive=_fit_line, by=by)


def remaining(term: int | PaymentTerm | None) -> Decimal:
    """How many per cent the parts leave."""
    parts = PaymentTermLine.objects.filter(
        term=term, kind=PaymentTermLine.Kind.PERCENT
    ).values_list("percent", flat=True)
    return max(Decimal(0), WHOLE - sum(parts, Decimal(0)))


def _fit_term(term: Any, changed: set[str]) -> None:
    if not 0 <= term.early_percent < WHOLE:
        raise InvalidValues({"early_percent": _("This must be between 0 and 100.")})


def _fit_line(line: Any, changed: set[str]) -> None:
    if not 0 <= line.percent <= WHOLE:
        raise InvalidValues({"percent": _("This must be between 0 and 100.")})


_terms = plain.plain_writers(PaymentTerm, _fit_term)
_lines = plain.plain_writers(PaymentTermLine, _fit_line)
change = _terms.change
