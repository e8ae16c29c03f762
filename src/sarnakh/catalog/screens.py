"""How products look, and what they are sorted, measured and told apart by."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sarnakh.accounts.actor import Actor
from sarnakh.catalog.models import Product
from sarnakh.catalog.products.defaults import defaults
from sarnakh.catalog.products.variants import FIXED
from sarnakh.catalog.types import (
    ATTRIBUTES,
    CATEGORIES,
    PACKAGINGS,
    PRODUCTS,
    UNIT_CATEGORIES,
    UNITS,
    VALUES,
)
from sarnakh.exchange.bulk import EXPORT
from sarnakh.records import actions as plain
from sarnakh.records import rows
from sarnakh.screens.pages.list import List
from sarnakh.screens.screen import (
    Add,
    Banner,
    Bulk,
    Lines,
    Screen,
    Section,
    SmartButton,
    Tab,
)
from sarnakh.screens.state import SearchState, Typed

DELETE = Bulk(
    name="delete",
    label=_("Delete"),
    icon="trash",
    run=plain.delete_many,
    verb="delete",
)

_VARIANTS = SmartButton(
    name="variants",
    label=_("Variants"),
    icon="copy",
    hides_zero=True,
    count=lambda product, actor: (
        rows.visible(PRODUCTS, actor).filter(family=product, active=True).count()
        if product.has_variants
        else 0
    ),
    url=lambda product: (
        reverse("product-variants:browse")
        + "?"
        + SearchState(view="list", typed=(Typed("family", pk=product.pk),)).query()
    ),
)


def presets(actor: Actor) -> dict[str, Any]:
    """What a new product has unless somebody says otherwise."""
    found = defaults(actor.company)
    return {name: found[name] for name in ("unit", "category", "invoice_policy")}


def hides(product: Product | None, actor: Actor) -> set[str]:
    """What only variants have."""
    if product is None or not product.family_id:
        return {"family", "price_extra"}
    return set()


def fixes(product: Product | None, actor: Actor) -> set[str]:
    """A variant shares most of itself with its family."""
    return set(FIXED) if product is not None and product.family_id else set()


def banners(product: Product, actor: Actor) -> list[Banner]:
    """What to know about products that are sold in several versions."""
    if product.family_id:
        text = _("A variant: what is grey here is changed on the product family.")
        return [Banner(text=text, tone="info")]
    return []


_FORM: dict[str, Any] = {
    "header": ("name",),
    "sections": (
        Section(
            _("General"),
            ("kind", "family", "price", "price_extra", "cost", "unit", "category",
             "reference", "barcode"),
        ),
        Section(
            pgettext_lazy("form", "Sales"),
            ("is_sold", "taxes", "invoice_policy", "values", "is_rentable", "is_recurring",
             "company", "active"),
        ),
    ),
    "lines": (
        Lines(
            name="variants",
            label=_("Variants"),
            type=PRODUCTS,
            parent="family",
            columns=("name", "reference", "barcode", "price", "cost", "active"),
            read_only=lambda variant, actor: {"name", "price"},
            may_remove=lambda variant, actor: False,
            empty=_("Choose attributes and values above to sell several variants."),
        ),
        Lines(
            name="packagings",
            label=_("Packagings"),
            type=PACKAGINGS,
            parent="product",
            columns=("name", "quantity"),
            adds=(Add("packaging", _("Add a packaging")),),
            may_add=lambda product, actor: not product.has_variants,
        ),
    ),
    "tabs": (
        Tab(
            "sale",
            _("Selling"),
            (
                Section(_("On documents"), ("sale_description", "optional_products")),
                Section(_("Warnings"), ("warning", "warning_text", "tax_item_code")),
            ),
        ),
        Tab(
            "logistics",
            _("Logistics"),
            (Section(_("Delivery"), ("lead_days", "weight", "volume")),),
        ),
    ),
    "hides": hides,
    "fixes": fixes,
    "banners": banners,
    "presets": presets,
    "bulk": (EXPORT, DELETE),
    "panels": ("discussion",),
}  # fmt: skip

PRODUCT_LIST = Screen(
    slug="products",
    type=PRODUCTS,
    title=_("Products"),
    condition=[["family", "=", None]],
    pages=(
        List(
            columns=("name", "reference", "category", "price", "cost", "kind",
                     "active"),
            optional=("barcode", "unit", "is_sold", "has_variants", "company",
                      "invoice_policy", "lead_days", "weight", "created_at"),
        ),
    ),
    groups=("category", "kind", "company", "is_sold"),
    smart_buttons=(_VARIANTS,),
    empty=_("Goods and services that you sell."),
    **_FORM,
)  # fmt: skip

VARIANT_LIST = Screen(
    slug="product-variants",
    type=PRODUCTS,
    title=_("Variants"),
    condition=[["family", "!=", None]],
    pages=(
        List(
            columns=("name", "reference", "barcode", "price", "cost", "active"),
            optional=("family", "values", "category", "weight", "volume"),
        ),
    ),
    groups=("family", "category"),
    empty=_("They are made by the attributes and values of a product."),
    **_FORM,
)

CATEGORY_LIST = Screen(
    slug="product-categories",
    type=CATEGORIES,
    title=_("Product categories"),
    pages=(List(columns=("name", "parent")),),
    groups=("parent",),
    header=("name",),
    sections=(Section(_("Product category"), ("parent",)),),
    smart_buttons=(
        SmartButton(
            name="products",
            label=_("Products"),
            icon="apps",
            count=lambda category, actor: (
                rows.visible(PRODUCTS, actor)
                .filter(category=category, family=None, active=True)
                .count()
            ),
            url=lambda category: (
                reverse("products:browse")
                + "?"
                + SearchState(
                    view="list", typed=(Typed("category", pk=category.pk),)
                ).query()
            ),
        ),
    ),
    bulk=(EXPORT, DELETE),
    empty=_("Drawers for products; price lists may speak of them."),
)

UNIT_LIST = Screen(
    slug="units",
    type=UNITS,
    title=_("Units of measure"),
    pages=(
        List(
            columns=("name", "category", "size", "ratio", "rounding"),
            optional=("sequence", "active"),
        ),
    ),
    groups=("category",),
    header=("name",),
    sections=(
        Section(_("Unit"), ("category", "size", "ratio", "rounding")),
        Section(_("Order"), ("sequence", "active")),
    ),
    bulk=(EXPORT, DELETE),
    empty=_("What quantities are measured in."),
)

UNIT_CATEGORY_LIST = Screen(
    slug="unit-categories",
    type=UNIT_CATEGORIES,
    title=_("Unit categories"),
    pages=(List(columns=("name",)),),
    header=("name",),
    lines=(
        Lines(
            name="units",
            label=_("Units of measure"),
            type=UNITS,
            parent="category",
            columns=("name", "size", "ratio", "rounding"),
            adds=(
                Add("unit", _("Add a unit"), {"size": "bigger"}),
                Add("reference", _("Add the reference unit"), {"size": "reference"}),
            ),
        ),
    ),
    bulk=(EXPORT, DELETE),
    empty=_("Units convert into each other within a category only."),
)

ATTRIBUTE_LIST = Screen(
    slug="attributes",
    type=ATTRIBUTES,
    title=_("Attributes"),
    pages=(List(columns=("name", "makes_variants"), optional=("sequence",)),),
    header=("name",),
    sections=(Section(_("Attribute"), ("makes_variants", "sequence")),),
    lines=(
        Lines(
            name="values",
            label=_("Values"),
            type=VALUES,
            parent="attribute",
            columns=("name", "price_extra", "is_free_text"),
            adds=(Add("value", _("Add a value")),),
        ),
    ),
    bulk=(EXPORT, DELETE),
    empty=_("What products differ in: colour, size."),
)

VALUE_LIST = Screen(
    slug="attribute-values",
    type=VALUES,
    title=_("Attribute values"),
    pages=(
        List(
            columns=("attribute", "name", "price_extra", "is_free_text"),
            optional=("sequence",),
        ),
    ),
    groups=("attribute",),
    header=("name",),
    sections=(
        Section(
            _("Attribute value"),
            ("attribute", "price_extra", "is_free_text", "sequence"),
        ),
    ),
    bulk=(EXPORT, DELETE),
    empty=_("What a product can be: red, large."),
)

PACKAGING_LIST = Screen(
    slug="packagings",
    type=PACKAGINGS,
    title=_("Packagings"),
    pages=(List(columns=("product", "name", "quantity")),),
    groups=("product",),
    header=("name",),
    sections=(Section(_("Packaging"), ("product", "quantity")),),
    bulk=(EXPORT, DELETE),
    empty=_("How many units of a product come at once."),
)
