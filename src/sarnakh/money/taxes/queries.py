"""Which taxes apply, and what they do."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from django.db.models import Model

from sarnakh.accounts.models import Company
from sarnakh.lib.digits import to_latin
from sarnakh.lib.text import compact
from sarnakh.money.models import FiscalPosition, Tax, TaxMapping, TradeSettings
from sarnakh.money.taxes.engine import TaxGroupRule, TaxRule, adapted_price

__all__ = [
    "adapted_price",
    "company_line",
    "default_sale_tax",
    "default_taxes",
    "mapped",
    "position_for",
    "rules",
]

_LONG_AGO = dt.date.min


class HasAddress(Protocol):
    """What the choice of a position looks at: a contact, or anything alike."""

    country: str
    state: str
    zip: str
    tax_number: str


def rules(tax_ids: Iterable[int]) -> dict[int, TaxRule]:
    """What each tax does, archived ones too; children of groups are in it as well.

    One statement, and two more when one of them is a group.
    """
    keys = set(tax_ids)
    if not keys:
        return {}
    taxes = list(Tax.objects.filter(pk__in=keys).select_related("group").order_by())
    children: dict[int, list[Tax]] = {}
    groups = [tax.pk for tax in taxes if tax.kind == Tax.Kind.GROUP]
    if groups:
        links = Tax.children.through._default_manager.filter(from_tax__in=groups)
        for link in links.select_related("to_tax__group"):
            children.setdefault(link.from_tax_id, []).append(link.to_tax)
    found: dict[int, TaxRule] = {}
    for members in children.values():
        found |= {child.pk: _rule(child) for child in members}
    for tax in taxes:
        of = tuple(found[child.pk] for child in children.get(tax.pk, ()))
        found[tax.pk] = _rule(tax, of)
    return found


def default_taxes(
    products: Sequence[Model],
    company: Company,
    on: dt.date,
    position: FiscalPosition | None = None,
) -> dict[int, list[int]]:
    """Tax ids of new lines, by product id: the products' own taxes of the company
    (or its nearest parent that has any), of their series the one valid on the day,
    replaced by the fiscal position. The number of statements does not grow.
    """
    if not products:
        return {}
    through = type(products[0])._meta.get_field("taxes").remote_field.through  # type: ignore[union-attr]
    column = type(products[0])._meta.model_name
    line = company_line(company)
    own: dict[int, list[Tax]] = {}
    links = through._default_manager.filter(
        **{f"{column}__in": [product.pk for product in products]},
        tax__company__in=line,
        tax__use=Tax.Use.SALE,
    ).select_related("tax")
    for link in links:
        own.setdefault(getattr(link, f"{column}_id"), []).append(link.tax)
    nearest = {key: _nearest(taxes, line) for key, taxes in own.items()}
    dated = _Dated.of((tax for taxes in nearest.values() for tax in taxes), on)
    chosen = {
        product.pk: _distinct(
            current
            for tax in sorted(nearest.get(product.pk, ()), key=_place)
            if (current := dated.current(tax)) is not None
        )
        for product in products
    }
    if position is not None:
        replace = _mapping(position, on)
        chosen = {key: replace(taxes) for key, taxes in chosen.items()}
    return {key: [tax.pk for tax in taxes] for key, taxes in chosen.items()}


def default_sale_tax(company: Company, on: dt.date) -> Tax | None:
    """The tax that a new product of the company begins with, as it is on the day."""
    tax = TradeSettings.of(company).default_tax
    return _Dated.of([tax], on).current(tax) if tax else None


def mapped(
    tax_ids: Sequence[int],
    position: FiscalPosition | None,
    on: dt.date | None = None,
) -> list[int]:
    """What the position makes of the taxes: others, several, or none.

    A mapping of one tax of a series counts for all of it, so that it outlives a
    change of the rate; where it leads to a series, the tax valid `on` is taken.
    """
    if position is None or not tax_ids:
        return list(tax_ids)
    by_key = Tax.objects.in_bulk(tax_ids)
    taxes = [by_key[key] for key in tax_ids if key in by_key]
    return [tax.pk for tax in _mapping(position, on)(taxes)]


def position_for(
    contact: HasAddress | None,
    delivery: HasAddress | None,
    company: Company,
    *,
    own: FiscalPosition | None = None,
) -> FiscalPosition | None:
    """The fiscal position of a document.

    `own` is the one that somebody has set on the delivery address or the customer;
    the caller knows them. Otherwise the first automatic one that fits best.
    """
    if own is not None:
        return own
    address = delivery or contact
    if address is None:
        return None
    candidates = FiscalPosition.objects.filter(
        company=company, is_automatic=True, active=True
    ).order_by("sequence", "pk")
    has_number = bool(
        (contact and contact.tax_number) or (delivery and delivery.tax_number)
    )
    found = [
        (rank, position)
        for position in candidates
        if (has_number or not position.needs_tax_number)
        and (rank := _rank(position, address)) is not None
    ]
    # Positions for those with a tax number first, then the narrowest; `min` keeps
    # the order of the sequence among equals.
    best = min(found, key=lambda pair: pair[0], default=None)
    return best[1] if best else None


def company_line(company: Company) -> list[int]:
    """Ids of the company and its parents, the nearest first."""
    line = [company.pk]
    current = company
    while current.parent_id is not None and current.parent_id not in line:
        line.append(current.parent_id)
        parent = current.parent
        if parent is None:
            break
        current = parent
    return line


# --- inside ---------------------------------------------------------------------


def _rule(tax: Tax, children: tuple[TaxRule, ...] = ()) -> TaxRule:
    group = tax.group
    return TaxRule(
        id=tax.pk,
        kind=tax.kind,
        amount=tax.amount,
        sequence=tax.sequence,
        is_included=tax.is_included,
        affects_later=tax.affects_later,
        accepts_earlier=tax.accepts_earlier,
        group=TaxGroupRule(
            group.pk, group.name, group.sequence, group.preceding_subtotal
        ),
        name=tax.name,
        label=tax.label or tax.name,
        treatment=tax.treatment,
        children=children,
    )


def _nearest(taxes: Sequence[Tax], line: Sequence[int]) -> list[Tax]:
    for company in line:
        if own := [tax for tax in taxes if tax.company_id == company]:
            return own
    return []


def _place(tax: Tax) -> tuple[int, int]:
    return tax.sequence, tax.pk


def _distinct(taxes: Iterable[Tax]) -> list[Tax]:
    return list({tax.pk: tax for tax in taxes}.values())


@dataclass(frozen=True)
class _Dated:
    """Members of series as they are valid on one day."""

    members: Mapping[tuple[int, str, str, str], Sequence[Tax]]
    on: dt.date | None

    @classmethod
    def of(cls, taxes: Iterable[Tax], on: dt.date | None) -> "_Dated":
        """Read the series of the taxes, all at once."""
        wanted = {_series(tax) for tax in taxes if tax.series}
        members: dict[tuple[int, str, str, str], list[Tax]] = {}
        if wanted and on is not None:
            rows = Tax.objects.filter(
                company__in={key[0] for key in wanted},
                series__in={key[3] for key in wanted},
            )
            for tax in rows.order_by():
                members.setdefault(_series(tax), []).append(tax)
        return cls(members, on)

    def current(self, tax: Tax) -> Tax | None:
        """The member of the tax's series that is valid; the tax itself outside of
        any; None for an archived tax that nothing replaces."""
        valid = [
            member
            for member in self.members.get(_series(tax), ())
            if self.on is not None
            and (member.valid_from is None or member.valid_from <= self.on)
            and (member.valid_until is None or self.on <= member.valid_until)
        ]
        if tax.series and valid:
            return max(
                valid, key=lambda one: (one.active, one.valid_from or _LONG_AGO, one.pk)
            )
        return tax if tax.active else None


def _series(tax: Tax) -> tuple[int, str, str, str]:
    return tax.company_id, tax.use, tax.scope, tax.series


def _mapping(position: FiscalPosition, on: dt.date | None) -> Any:
    """What the position does to a list of taxes."""
    rows = list(
        TaxMapping.objects.filter(position=position)
        .select_related("source", "destination")
        .order_by("pk")
    )
    dated = _Dated.of((row.destination for row in rows if row.destination), on)
    by_tax: dict[int, list[Tax]] = {}
    by_series: dict[tuple[int, str, str, str], list[Tax]] = {}
    for row in rows:
        target = row.destination and dated.current(row.destination)
        found = [by_tax.setdefault(row.source_id, [])]
        if row.source.series:
            found.append(by_series.setdefault(_series(row.source), []))
        for targets in found:
            if target is not None:
                targets.append(target)

    def replace(taxes: Sequence[Tax]) -> list[Tax]:
        result: list[Tax] = []
        for tax in taxes:
            if tax.pk in by_tax:
                result += by_tax[tax.pk]
            elif tax.series and _series(tax) in by_series:
                result += by_series[_series(tax)]
            else:
                result.append(tax)
        return _distinct(result)

    return replace


def _rank(position: FiscalPosition, address: HasAddress) -> tuple[int, ...] | None:
    """Smaller is narrower; None when the address does not fit."""
    countries = position.countries.split()
    if countries and address.country not in countries:
        return None
    if position.state and compact(position.state) != compact(address.state):
        return None
    has_zip = bool(position.zip_from or position.zip_to)
    if has_zip and not _zip_fits(position, address.zip):
        return None
    breadth = min(len(countries), 2) or 3
    return (
        0 if position.needs_tax_number else 1,
        breadth,
        0 if position.state else 1,
        0 if has_zip else 1,
    )


def _zip_fits(position: FiscalPosition, code: str) -> bool:
    given = _zip(code)
    if not given:
        return False
    first, last = _zip(position.zip_from), _zip(position.zip_to)
    if given.isdigit() and all(not end or end.isdigit() for end in (first, last)):
        number = int(given)
        return (not first or int(first) <= number) and (not last or number <= int(last))
    return (not first or first <= given) and (not last or given <= last)


def _zip(code: str) -> str:
    return to_latin(code).replace(" ", "").replace("-", "").upper()
