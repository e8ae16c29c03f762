"""Making and changing journals; choosing the first number of a chain."""

import re
from collections.abc import Sequence
from typing import Any

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from sarnakh.accounts import audit
from sarnakh.accounts.actor import Actor
from sarnakh.accounts.roles import Role
from sarnakh.invoicing.errors import ChainBegun, NumberedAlready
from sarnakh.invoicing.models import Invoice, Journal, Payment
from sarnakh.records import actions as plain
from sarnakh.records.errors import InvalidValues
from sarnakh.records.models import Counter
from sarnakh.records.types.record_type import Values
from sarnakh.records.whole import whole

_CODE = re.compile(r"[A-Za-z0-9_-]{1,8}")
_BIGGEST = 99_999_999


def derive(journal: Journal, changed: set[str]) -> None:
    """Codes begin numbers: plain letters, and no two chains of one beginning."""
    journal.code = journal.code.strip()
    if not _CODE.fullmatch(journal.code):
        raise InvalidValues({"code": _("A code has up to 8 Latin letters or digits.")})
    others = Journal.objects.filter(company_id=journal.company_id)
    if journal.pk:
        others = others.exclude(pk=journal.pk)
        if changed & {"code", "kind", "company"} and is_used(journal):
            raise NumberedAlready(journal.code)
    near = {f"R{journal.code}", journal.code, journal.code.removeprefix("R")}
    if clash := others.filter(code__in=near).values_list("code", flat=True).first():
        message = _("The journal with the code “%(code)s” would use the same numbers.")
        raise InvalidValues({"code": message % {"code": clash}})


def is_used(journal: Journal) -> bool:
    """Whether anything was ever written in it."""
    return (
        Invoice.objects.filter(journal=journal).exists()
        or Payment.objects.filter(journal=journal).exists()
        or Counter.objects.filter(
            series__startswith=f"invoice:{journal.company_id}:{journal.pk}:"
        ).exists()
    )


WRITERS = plain.plain_writers(Journal, derive)


@whole
def create(values: Sequence[Values], *, by: Actor) -> list[Any]:
    """New journals, of the acting company unless another is given."""
    return WRITERS.create([{"company": by.company, **one} for one in values], by=by)


@whole
def set_first_number(
    journal: Journal, *, year: int, number: int, is_credit: bool = False, by: Actor
) -> Journal:
    """Let a chain begin with this number; the following ones continue it.

    Only an accountant may, and only before the chain has a document.
    """
    if not by.has(Role.ACCOUNTANT):
        raise PermissionDenied
    if not 1 <= number <= _BIGGEST:
        raise InvalidValues({"number": _("Enter a number above zero.")})
    kind = Invoice.Kind.CREDIT_NOTE if is_credit else Invoice.Kind.INVOICE
    series = f"invoice:{journal.company_id}:{journal.pk}:{kind}:{year}"
    counter, _made = Counter.objects.get_or_create(series=series)
    counter = Counter.objects.select_for_update().get(pk=counter.pk)
    start = f"{'R' if is_credit else ''}{journal.code}/{year}/"
    used = Invoice.objects.filter(
        company_id=journal.company_id, number__startswith=start
    ).exists()
    if used:
        raise ChainBegun
    Counter.objects.filter(pk=counter.pk).update(last=number - 1)
    audit.record(
        audit.Event.SETTINGS,
        by=by,
        subject=f"{start}{number}",
        first_number=number,
    )
    return journal
