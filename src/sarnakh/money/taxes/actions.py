"""Taxes, fiscal positions and what these replace."""

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from sarnakh.accounts.actor import Actor
from sarnakh.money.countries import codes_of
from sarnakh.money.errors import NestedGroup, OtherCompany, TaxInUse
from sarnakh.money.models import FiscalPosition, Tax, TaxGroup, TaxMapping
from sarnakh.money.taxes import usage
from sarnakh.records import actions as plain
from sarnakh.records.errors import InUse, InvalidValues
from sarnakh.records.types.record_type import Values, Writers
from sarnakh.records.whole import whole

# What documents were computed with.
COMPUTING = frozenset(
    {"kind", "amount", "is_included", "affects_later", "accepts_earlier", "company",
     "children"}
)  # fmt: skip


@whole
def create(values: Sequence[Values], *, by: Actor) -> list[Tax]:
    """Make taxes; without a company they are the actor's own's."""
    made: list[Tax] = []
    for one in values:
        given = {"company": by.company, **_present(one)}
        if given.get("is_included") and "affects_later" not in given:
            given["affects_later"] = True
        if "group" not in given:
            given["group"] = _first_group()
        made += _writers(given.get("children") or ()).create([given], by=by)
    return made


@whole
def change(tax: Tax, values: Values, *, seen: int | None = None, by: Actor) -> Tax:
    """Edit a tax. What documents were computed with stays: TaxInUse."""

    def check(record: Any, changed: set[str]) -> None:
        if "is_included" in changed and "affects_later" not in changed:
            record.affects_later = record.is_included
        if changed & COMPUTING and usage.on_documents([record.pk]):
            raise TaxInUse(record.name)
        children = values.get("children")
        _check(record, _children(record) if children is None else children)

    return plain.write(tax, values, seen=seen, derive=check, by=by)


@whole
def delete(taxes: Sequence[Tax], *, by: Actor) -> None:
    """Delete taxes that nothing refers to; InUse otherwise."""
    used = usage.anywhere(tax.pk for tax in taxes)
    for tax in taxes:
        if tax.pk in used:
            raise InUse(tax.name, 1)
    plain.delete(taxes, by=by)


@whole
def create_positions(values: Sequence[Values], *, by: Actor) -> list[FiscalPosition]:
    """Make fiscal positions; without a company they are the actor's own's."""
    given = [{"company": by.company, **_present(one)} for one in values]
    made: list[FiscalPosition] = _positions.create(given, by=by)
    return made


@whole
def change_position(
    position: FiscalPosition, values: Values, *, seen: int | None = None, by: Actor
) -> FiscalPosition:
    """Edit a position; countries may be typed by code or by name."""

    def check(record: Any, changed: set[str]) -> None:
        if "company" in changed and record.mappings.exists():
            raise OtherCompany(record.mappings.first().source.name)
        _fit_position(record, changed)

    return plain.write(position, values, seen=seen, derive=check, by=by)


def _fit_position(position: FiscalPosition, changed: set[str]) -> None:
    if "countries" in changed:
        codes, unknown = codes_of(position.countries)
        if unknown:
            raise InvalidValues(
                {
                    "countries": _("There is no country “%(name)s”.")
                    % {"name": unknown[0]}
                }
            )
        position.countries = " ".join(codes)


def _fit_mapping(mapping: TaxMapping, changed: set[str]) -> None:
    company = mapping.position.company_id
    for tax in (mapping.source, mapping.destination):
        if tax is not None and tax.company_id != company:
            raise OtherCompany(tax.name)
    twins = TaxMapping.objects.filter(
        position=mapping.position_id,
        source=mapping.source_id,
        destination=mapping.destination_id,
    ).exclude(pk=mapping.pk)
    if twins.exists():
        raise InvalidValues({"destination": _("This replacement is there already.")})


def _writers(children: Sequence[Any]) -> Writers:
    """Writers of a tax that will have these children."""
    return plain.plain_writers(Tax, lambda tax, changed: _check(tax, children))


_positions = plain.plain_writers(FiscalPosition, _fit_position)
MAPPING_WRITERS = plain.plain_writers(TaxMapping, _fit_mapping)


def _present(values: Values) -> Values:
    """Given values; what is empty takes the default."""
    return {name: value for name, value in values.items() if value is not None}


def _first_group() -> TaxGroup:
    found = TaxGroup.objects.first()
    return found or TaxGroup.objects.create(name=_("Taxes"))


def _children(tax: Tax) -> list[Any]:
    return list(tax.children.all()) if tax.pk else []


def _check(tax: Tax, children: Sequence[Any]) -> None:
    errors = {}
    amount = tax.amount or Decimal(0)
    if tax.kind == Tax.Kind.DIVISION and amount >= 100:
        errors["amount"] = _("This must be less than 100.")
    if tax.kind == Tax.Kind.PERCENT and amount <= -100:
        errors["amount"] = _("This must be more than −100.")
    first, last = tax.valid_from or dt.date.min, tax.valid_until or dt.date.max
    if first > last:
        errors["valid_until"] = _("This day is before the first one.")
    if tax.kind == Tax.Kind.GROUP and not children:
        errors["children"] = _("Choose the taxes of the group.")
    if tax.kind != Tax.Kind.GROUP and children:
        errors["children"] = _("Only a tax of several taxes has others below it.")
    if errors:
        raise InvalidValues(errors)
    keys = [child if isinstance(child, int) else child.pk for child in children]
    for child in Tax.objects.filter(pk__in=keys):
        if child.kind == Tax.Kind.GROUP or child.pk == tax.pk:
            raise NestedGroup
        if child.company_id != tax.company_id:
            raise OtherCompany(child.name)
    is_child = Tax.children.through._default_manager.filter(to_tax=tax.pk)
    if tax.kind == Tax.Kind.GROUP and tax.pk and is_child.exists():
        raise NestedGroup
