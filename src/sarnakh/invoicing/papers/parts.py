"""What papers of orders and invoices share: parties, lines, totals, in one language.

Everything here is a text for its reader; callers have switched the language on.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from sarnakh.accounts.models import Company
from sarnakh.contacts.models import Contact
from sarnakh.lib.bidi import isolate, ltr
from sarnakh.lib.digits import localize
from sarnakh.lib.money import CURRENCIES, format_money
from sarnakh.lib.numbers import format_number, format_percent
from sarnakh.lib.profile import Profile, speaking
from sarnakh.money.documents import Totals, stored_line, totals
from sarnakh.money.models import TradeSettings
from sarnakh.money.taxes.engine import TaxRule
from sarnakh.money.taxes.queries import rules
from sarnakh.portal.branding import logo_of
from sarnakh.printing.papers import Column, Fact, Party, Row

RIAL = "IRR"


@dataclass(frozen=True)
class Table:
    """The lines of a document, ready to be set or shown."""

    columns: Sequence[Column]
    rows: Sequence[Row]
    totals: Totals
    rules: dict[int, TaxRule] = field(default_factory=dict)

    @property
    def shown(self) -> list[tuple[Row, list[tuple[str, Column]]]]:
        """Rows for a page: each cell with its column."""
        return [
            (row, list(zip(row.cells, self.columns, strict=False))) for row in self.rows
        ]


def language_of(contact: Contact, company: Company) -> str:
    """The reader's language: the contact's, its firm's, else ours."""
    parent = contact.parent
    return contact.language or (parent.language if parent else "") or company.language


def reader_of(contact: Contact, company: Company) -> Profile:
    """Language, calendar and digits of a customer."""
    own = company.profile(toman=company.shows_toman)
    return speaking(own, language_of(contact, company))


def phone_text(number: str, profile: Profile) -> str:
    """A phone number that no neighbour can turn round."""
    return ltr(localize(number, profile.digits)) if number else ""


def company_party(company: Company, profile: Profile) -> Party:
    """We: name, address, how to reach us."""
    place = _place(company.address, company.city, company.state, company.zip, profile)
    ways = [
        phone_text(company.phone, profile),
        *(ltr(one) for one in (company.email, company.website) if one),
    ]
    identity = _identity(company, profile)
    lines = [place, " · ".join(way for way in ways if way), identity]
    return Party(isolate(company.name), [line for line in lines if line])


def contact_party(contact: Contact, label: str, profile: Profile) -> Party:
    """They: name, address, phone, numbers of the state."""
    street = " ".join(part for part in (contact.street, contact.street2) if part)
    place = _place(street, contact.city, contact.state, contact.zip, profile)
    ways = [phone_text(contact.phone or contact.mobile, profile)]
    ways += [ltr(contact.email)] if contact.email else []
    lines = [place, " · ".join(way for way in ways if way), _identity(contact, profile)]
    name = contact.name
    if contact.parent_id and contact.parent and not contact.is_company:
        lines.insert(0, isolate(contact.parent.name))
    return Party(isolate(name), [line for line in lines if line], label)


def logo(company: Company) -> dict[str, bytes]:
    """The company's logo among the pictures of a paper."""
    data = logo_of(company)
    return {"logo": data} if data else {}


def footer(company: Company, profile: Profile) -> str:
    """The line at the foot of every page."""
    parts = [isolate(company.name), phone_text(company.phone, profile)]
    parts += [ltr(company.website)] if company.website else []
    return " · ".join(part for part in parts if part)


def price_text(price: Decimal, currency: str, profile: Profile) -> str:
    """A unit price without its currency: as many decimals as it needs."""
    shown = price / 10 if profile.toman and currency == RIAL else price
    decimals = 0 if currency == RIAL else CURRENCIES[currency].decimals
    exponent = shown.normalize().as_tuple().exponent
    needed = max(decimals, -int(exponent)) if isinstance(exponent, int) else decimals
    return format_number(shown, profile, min(needed, 4))


def amount_text(minor: int, currency: str, profile: Profile) -> str:
    """An amount of a cell, without its currency."""
    return format_money(minor, currency, profile, symbol=False)


def quantity_text(quantity: Decimal, profile: Profile) -> str:
    """A quantity with no more decimals than it has."""
    return format_number(quantity.normalize(), profile)


def table(
    lines: Sequence[Any], company: Company, currency: str, profile: Profile
) -> Table:
    """Columns and rows of document lines, and their totals.

    The discount column is there only when something is discounted, the taxes only
    when something is taxed. Sections end in their subtotal.
    """
    found = rules({part[0] for line in lines for part in line.tax_parts})
    products = [line for line in lines if line.kind == "product"]
    has_discount = any(line.discount for line in products)
    has_taxes = any(line.tax_parts for line in products)
    columns = [
        Column(_("Description"), weight=1),
        Column(_("Quantity"), is_number=True),
        Column(_("Unit")),
        Column(_("Unit price"), is_number=True),
    ]
    if has_discount:
        columns.append(Column(pgettext("column", "Discount"), is_number=True))
    if has_taxes:
        columns.append(Column(_("Taxes"), is_number=True))
    columns.append(Column(_("Subtotal"), is_number=True))

    def cells(line: Any) -> list[str]:
        made = [
            isolate(line.description or str(line.product or "")),
            quantity_text(line.quantity, profile),
            isolate(str(line.unit or "")),
            price_text(line.unit_price, currency, profile),
        ]
        if has_discount:
            made.append(format_percent(line.discount, profile) if line.discount else "")
        if has_taxes:
            made.append(_taxes_text(line.tax_parts, found, profile))
        made.append(amount_text(line.subtotal, currency, profile))
        return made

    rows: list[Row] = []
    section_sum: int | None = None
    section_count = 0

    def end_section() -> None:
        if section_sum is not None and section_count > 1:
            text = amount_text(section_sum, currency, profile)
            rows.append(Row("subtotal", text=_("Subtotal of the section"), value=text))

    for line in lines:
        if line.kind == "section":
            end_section()
            section_sum, section_count = 0, 0
            rows.append(Row("section", text=isolate(line.description)))
        elif line.kind == "note":
            rows.append(Row("note", text=isolate(line.description)))
        else:
            rows.append(Row(cells=cells(line)))
            section_count += 1
            if section_sum is not None:
                section_sum += line.subtotal
    end_section()
    per_document = (
        TradeSettings.of(company).tax_rounding == TradeSettings.TaxRounding.DOCUMENT
    )
    summed = totals(
        [
            stored_line(line.subtotal, line.tax, line.total, line.tax_parts, found)
            for line in products
        ],
        per_document=per_document,
    )
    return Table(columns, rows, summed, found)


def totals_facts(
    made: Table,
    *,
    untaxed: int,
    total: int,
    currency: str,
    profile: Profile,
    more: Iterable[Fact] = (),
) -> list[Fact]:
    """Untaxed amount, one row for each tax group, total."""

    def money(minor: int) -> str:
        return format_money(minor, currency, profile)

    facts: list[Fact] = []
    buckets = made.totals.buckets
    if not buckets:
        facts.append(Fact(_("Untaxed amount"), money(untaxed)))
    for bucket in buckets:
        facts.append(Fact(bucket.label or _("Untaxed amount"), money(bucket.amount)))
        facts += [Fact(isolate(row.label), money(row.amount)) for row in bucket.rows]
    facts += more
    facts.append(Fact(_("Total"), money(total), strong=True))
    return facts


def _taxes_text(parts: Any, found: dict[int, TaxRule], profile: Profile) -> str:
    names = []
    for key, *_rest in parts:
        rule = found.get(key)
        if rule is None:
            continue
        if rule.kind == "percent" and not rule.label:
            names.append(format_percent(rule.amount.normalize(), profile))
        else:
            names.append(isolate(rule.label or rule.name))
    comma = pgettext("between the items of a list", ", ")
    return comma.join(dict.fromkeys(names))


def _place(
    street: str, city: str, state: str, postal_code: str, profile: Profile
) -> str:
    comma = pgettext("between the items of a list", ", ")
    # Order of an address: the large first in Persian, the small first elsewhere.
    parts = [state, city, street] if profile.language == "fa" else [street, city, state]
    parts = [isolate(" ".join(part.split())) for part in parts if part.strip()]
    if postal_code:
        code = ltr(localize(postal_code, profile.digits))
        parts.append(f"{_('Postal code')}: {code}")
    return comma.join(dict.fromkeys(parts))


def _identity(party: Any, profile: Profile) -> str:
    named = (
        (_("National ID"), party.national_id),
        (_("Economic number"), party.economic_number),
        (_("Tax number"), party.tax_number),
    )
    return " · ".join(
        f"{label}: {ltr(localize(value, profile.digits))}"
        for label, value in named
        if value
    )
