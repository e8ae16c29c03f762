"""Price lists: one default for each company, and countries in one form."""

from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from sarnakh.accounts.actor import Actor
from sarnakh.contacts.countries import codes
from sarnakh.pricing.models import Pricelist
from sarnakh.pricing.rules.actions import check_companies
from sarnakh.records import actions as plain
from sarnakh.records.errors import InvalidValues
from sarnakh.records.types.record_type import Values


@transaction.atomic
def create(values: Sequence[Values], *, by: Actor) -> list[Pricelist]:
    """Make price lists, in the company's currency unless another one is said."""
    writers = plain.plain_writers(Pricelist, _check)
    mine = {"currency": by.company.currency}
    made: list[Pricelist] = []
    for one in values:
        given = {k: v for k, v in one.items() if v is not None}
        if given.get("is_company_default"):
            _step_back(given.get("company"), None, by=by)
        made += writers.create([{**mine, **given}], by=by)
    return made


@transaction.atomic
def change(
    pricelist: Pricelist, values: Values, *, seen: int | None = None, by: Actor
) -> Pricelist:
    """Edit a price list; a new default replaces the old one."""
    company = values.get("company", pricelist.company_id)
    if values.get("is_company_default", pricelist.is_company_default):
        _step_back(company, pricelist.pk, by=by)

    def check(record: Any, changed: set[str]) -> None:
        _check(record, changed)
        if "company" in changed:
            check_companies(record)

    changed: Pricelist = plain.write(pricelist, values, seen=seen, derive=check, by=by)
    return changed


def _check(pricelist: Any, changed: set[str]) -> None:
    if pricelist.is_company_default and not pricelist.company_id:
        raise InvalidValues({"company": _("Say whose default this list is.")})
    try:
        pricelist.countries = " ".join(codes(pricelist.countries))
    except ValueError as error:
        raise InvalidValues(
            {"countries": _("There is no country “%(name)s”.") % {"name": error}}
        ) from error


def _step_back(company: Any, but: int | None, *, by: Actor) -> None:
    """The company's default so far makes way."""
    if not company:
        return
    others = Pricelist.objects.filter(company=company, is_company_default=True)
    for other in others.exclude(pk=but or 0):
        plain.write(other, {"is_company_default": False}, by=by)
