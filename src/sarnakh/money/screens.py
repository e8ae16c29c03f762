"""How taxes, payment terms, rates and roundings look."""

from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from sarnakh.accounts.actor import Actor
from sarnakh.exchange.bulk import EXPORT
from sarnakh.money.models import FiscalPosition, PaymentTerm, PaymentTermLine, Tax
from sarnakh.money.types import (
    MAPPINGS,
    POSITIONS,
    RATES,
    ROUNDINGS,
    TAX_GROUPS,
    TAXES,
    TERM_LINES,
    TERMS,
)
from sarnakh.records import actions as plain
from sarnakh.screens.pages.list import List
from sarnakh.screens.screen import Add, Banner, Bulk, Lines, Screen, Section

DELETE = Bulk(
    name="delete",
    label=_("Delete"),
    icon="trash",
    run=plain.delete_many,
    verb="delete",
)
BULK = (EXPORT, DELETE)


def _of_own_company(actor: Actor) -> dict[str, Any]:
    return {"company": actor.company.pk}


def _tax_hides(tax: Any, actor: Actor) -> set[str]:
    """A group has children, any other tax has a rate."""
    if tax is None or tax.pk is None:
        return set()
    if tax.kind == Tax.Kind.GROUP:
        return {"amount", "is_included", "affects_later", "accepts_earlier"}
    return {"children"}


TAX_LIST = Screen(
    slug="taxes",
    type=TAXES,
    title=_("Taxes"),
    pages=(
        List(
            columns=("name", "kind", "amount", "group", "use", "valid_from", "company"),
            optional=(
                "label", "scope", "is_included", "affects_later", "accepts_earlier",
                "treatment", "series", "valid_until", "sequence", "active",
            ),
        ),
    ),
    groups=("group", "use", "kind", "series", "company"),
    header=("name",),
    sections=(
        Section(
            _("Computation"),
            ("kind", "amount", "children", "is_included", "affects_later",
             "accepts_earlier"),
        ),
        Section(
            _("Use"),
            ("use", "scope", "treatment", "group", "label", "company", "sequence",
             "active"),
        ),
        Section(_("Validity"), ("series", "valid_from", "valid_until")),
    ),
    hides=_tax_hides,
    presets=_of_own_company,
    bulk=BULK,
    panels=("discussion",),
    empty=_("A new rate is a new tax of the series with its first day."),
)  # fmt: skip

TAX_GROUP_LIST = Screen(
    slug="tax-groups",
    type=TAX_GROUPS,
    title=_("Tax groups"),
    pages=(List(columns=("name", "sequence", "preceding_subtotal")),),
    header=("name",),
    sections=(Section(_("Tax group"), ("sequence", "preceding_subtotal")),),
    bulk=BULK,
    empty=_("Taxes of a group share a row of the totals."),
)


def _of_its_company(
    field: str, position: FiscalPosition, actor: Actor, found: Any
) -> Any:
    return found.filter(company=position.company_id)


POSITION_LIST = Screen(
    slug="fiscal-positions",
    type=POSITIONS,
    title=_("Fiscal positions"),
    pages=(
        List(
            columns=("name", "is_automatic", "countries", "company"),
            optional=("state", "zip_from", "zip_to", "needs_tax_number", "sequence"),
        ),
    ),
    groups=("company", "is_automatic"),
    header=("name",),
    sections=(
        Section(
            _("Found automatically"),
            ("is_automatic", "countries", "state", "zip_from", "zip_to",
             "needs_tax_number"),
        ),
        Section(_("Fiscal position"), ("company", "note", "sequence", "active")),
    ),
    lines=(
        Lines(
            name="mappings",
            label=_("Replaced taxes"),
            type=MAPPINGS,
            parent="position",
            columns=("source", "destination"),
            adds=(Add("mapping", _("Replace a tax")),),
            narrows=_of_its_company,
            empty=_("No tax is replaced yet."),
        ),
    ),
    presets=_of_own_company,
    bulk=BULK,
    empty=_("Whose taxes are replaced by others: exports, free zones."),
)  # fmt: skip

MAPPING_LIST = Screen(
    slug="tax-mappings",
    type=MAPPINGS,
    title=_("Tax mappings"),
    pages=(List(columns=("position", "source", "destination")),),
    groups=("position",),
    sections=(Section(_("Tax mapping"), ("position", "source", "destination")),),
    bulk=BULK,
    empty=_("Which tax becomes which one."),
)


def _parts_read_only(line: PaymentTermLine, actor: Actor) -> set[str]:
    fixed = line.kind == PaymentTermLine.Kind.FIXED
    return {"percent"} if fixed else {"amount"}


def _term_banners(term: PaymentTerm, actor: Actor) -> list[Banner]:
    """What does not add up."""
    lines = list(term.lines.all())
    percents = [one.percent for one in lines if one.kind == "percent"]
    found = []
    total = sum(percents, Decimal(0))
    if percents and total != 100:
        found.append(
            Banner(
                text=_now(
                    "The parts add up to %(total)s %%. The last one takes the balance."
                )
                % {"total": f"{total.normalize():f}"}
            )
        )
    is_single = len(lines) == 1 and len(percents) == 1
    if term.early_percent and not (is_single and term.early_days):
        found.append(
            Banner(
                text=_now(
                    "The early-payment discount needs its days and a single part."
                )
            )
        )
    return found


TERM_LIST = Screen(
    slug="payment-terms",
    type=TERMS,
    title=_("Payment terms"),
    pages=(
        List(
            columns=("name", "note", "early_percent", "early_days", "company"),
            optional=("early_tax", "sequence", "active"),
        ),
    ),
    groups=("company",),
    header=("name",),
    sections=(
        Section(_("Payment terms"), ("company", "note", "sequence", "active")),
        Section(_("Early payment"), ("early_percent", "early_days", "early_tax")),
    ),
    lines=(
        Lines(
            name="lines",
            label=_("Parts"),
            type=TERM_LINES,
            parent="term",
            columns=("kind", "percent", "amount", "days", "delay"),
            adds=(Add("part", _("Add a part")),),
            read_only=_parts_read_only,
            empty=_("Everything is due at once."),
        ),
    ),
    banners=_term_banners,
    bulk=BULK,
    empty=_("When which part of an invoice is due."),
)

TERM_LINE_LIST = Screen(
    slug="payment-term-lines",
    type=TERM_LINES,
    title=_("Parts of payment terms"),
    pages=(List(columns=("term", "kind", "percent", "amount", "days", "delay")),),
    groups=("term",),
    sections=(
        Section(
            _("Part of payment terms"),
            ("term", "sequence", "kind", "percent", "amount", "days", "delay"),
        ),
    ),
    bulk=BULK,
    empty=_("Parts of an invoice with their days."),
)

RATE_LIST = Screen(
    slug="currency-rates",
    type=RATES,
    title=_("Currency rates"),
    pages=(List(columns=("currency", "date", "price", "company")),),
    groups=("currency", "company", "date"),
    header=("currency",),
    sections=(Section(_("Currency rate"), ("date", "price", "company")),),
    presets=_of_own_company,
    bulk=BULK,
    empty=_("What currencies cost, each from its day on."),
)

ROUNDING_LIST = Screen(
    slug="cash-roundings",
    type=ROUNDINGS,
    title=_("Cash roundings"),
    pages=(List(columns=("name", "step", "method", "strategy")),),
    header=("name",),
    sections=(Section(_("Cash rounding"), ("step", "method", "strategy", "active")),),
    bulk=BULK,
    empty=_("Totals that can be paid in cash."),
)

SCREENS = (
    TAX_LIST,
    TAX_GROUP_LIST,
    POSITION_LIST,
    MAPPING_LIST,
    TERM_LIST,
    TERM_LINE_LIST,
    RATE_LIST,
    ROUNDING_LIST,
)
