"""How price lists and their rules look."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from sarnakh.accounts.actor import Actor
from sarnakh.exchange.bulk import EXPORT
from sarnakh.pricing.models import Pricelist, PricelistRule
from sarnakh.pricing.types import PRICELISTS, RULES
from sarnakh.records import actions as plain
from sarnakh.records import rows
from sarnakh.screens.pages.list import List
from sarnakh.screens.screen import Add, Bulk, Lines, Screen, Section, SmartButton
from sarnakh.screens.state import SearchState, Typed

DELETE = Bulk(
    name="delete",
    label=_("Delete"),
    icon="trash",
    run=plain.delete_many,
    verb="delete",
)
# A list may have thousands of rules; its form shows the newest.
MOST = 100
_FORMULA = {"rounding_step", "surcharge", "min_margin", "max_margin"}


def _rules(name: str, label: Any, add: Any, empty: Any, *columns: str) -> Lines:
    """The rules of one computation, as a table on the form of their list."""
    return Lines(
        name=name,
        label=label,
        type=RULES,
        parent="pricelist",
        columns=("product", "category", "min_quantity", *columns, "starts_at",
                 "ends_at"),
        where={"computation": name},
        adds=(Add(name, add),),
        most=MOST,
        foot="pricing/more.html",
        totals=lambda pricelist, actor: more(pricelist, name),
        empty=empty,
    )  # fmt: skip


def more(pricelist: Pricelist, computation: str) -> dict[str, Any]:
    """How many rules the table leaves out, and where all of them are."""
    count = PricelistRule.objects.filter(
        pricelist=pricelist, computation=computation
    ).count()
    return {"left_out": max(0, count - MOST), "address": rules_of(pricelist)}


def rules_of(pricelist: Pricelist) -> str:
    """The list of all rules of a price list."""
    state = SearchState(view="list", typed=(Typed("pricelist", pk=pricelist.pk),))
    return f"{reverse('pricelist-rules:browse')}?{state.query()}"


def hides(rule: PricelistRule | None, actor: Actor) -> set[str]:
    """Fields of other computations."""
    if rule is None:
        return set()
    hidden = set()
    if rule.computation == PricelistRule.Computation.FIXED:
        hidden |= {"percent", "base", "base_pricelist"}
    else:
        hidden.add("fixed_price")
    if rule.computation != PricelistRule.Computation.FORMULA:
        hidden |= _FORMULA
    return hidden


PRICELIST_LIST = Screen(
    slug="pricelists",
    type=PRICELISTS,
    title=_("Price lists"),
    pages=(
        List(
            columns=("name", "currency", "discount_policy", "countries", "company",
                     "is_company_default"),
            optional=("sequence", "active", "created_at"),
        ),
    ),
    groups=("currency", "company"),
    header=("name",),
    sections=(
        Section(_("Price list"), ("currency", "discount_policy", "countries")),
        Section(
            _("Used for"), ("company", "is_company_default", "sequence", "active")
        ),
    ),
    lines=(
        _rules(
            "fixed",
            _("Fixed prices"),
            _("Add a price"),
            _("Prices of products in the currency of this list."),
            "fixed_price",
        ),
        _rules(
            "percent",
            _("Discounts"),
            _("Add a discount"),
            _("Without a product or category a discount is for everything."),
            "percent",
            "base",
            "base_pricelist",
        ),
        _rules(
            "formula",
            _("Formulas"),
            _("Add a formula"),
            _("Discount, rounding, surcharge, and limits of the margin."),
            "base",
            "base_pricelist",
            "percent",
            "rounding_step",
            "surcharge",
            "min_margin",
            "max_margin",
        ),
    ),
    smart_buttons=(
        SmartButton(
            name="rules",
            label=_("Price rules"),
            icon="list-details",
            count=lambda pricelist, actor: (
                rows.visible(RULES, actor).filter(pricelist=pricelist).count()
            ),
            url=rules_of,
        ),
    ),
    presets=lambda actor: {
        "currency": actor.company.currency,
        "company": actor.company.pk,
    },
    bulk=(EXPORT, DELETE),
    panels=("discussion",),
    empty=_("Other prices for some customers, quantities or seasons."),
)  # fmt: skip

RULE_LIST = Screen(
    slug="pricelist-rules",
    type=RULES,
    title=_("Price rules"),
    pages=(
        List(
            columns=("pricelist", "target", "product", "category", "min_quantity",
                     "computation", "fixed_price", "percent", "starts_at", "ends_at"),
            optional=("base", "base_pricelist", "rounding_step", "surcharge",
                      "min_margin", "max_margin"),
        ),
    ),
    groups=("pricelist", "target", "product", "category", "computation"),
    sections=(
        Section(
            _("Applies to"),
            ("pricelist", "product", "category", "min_quantity", "starts_at",
             "ends_at"),
        ),
        Section(
            _("Price"),
            ("computation", "fixed_price", "base", "base_pricelist", "percent",
             "rounding_step", "surcharge", "min_margin", "max_margin"),
        ),
    ),
    hides=hides,
    bulk=(EXPORT, DELETE),
    empty=_("What a price list does with products and categories."),
)  # fmt: skip
