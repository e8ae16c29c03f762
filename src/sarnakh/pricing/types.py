"""What price lists and their rules are."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sarnakh.pricing import access
from sarnakh.pricing.lists import actions as lists
from sarnakh.pricing.models import Pricelist, PricelistRule
from sarnakh.pricing.rules import actions as rules
from sarnakh.records import actions as plain
from sarnakh.records.types import Filter, RecordType, Search, Writers, describe

PRICELISTS = RecordType(
    name="pricelists",
    model=Pricelist,
    label=_("Price list"),
    label_plural=_("Price lists"),
    access=access.PRICELISTS,
    fields=describe(
        Pricelist,
        "name",
        "currency",
        "company",
        "countries",
        "discount_policy",
        "is_company_default",
        "sequence",
        "active",
        "created_at",
        targets={"company": "companies"},
        name={"is_tracked": True},
        currency={"is_tracked": True},
        countries={
            "help": _(
                "For customers of these countries; empty for all. "
                "Names or codes, with commas between them."
            )
        },
        discount_policy={"is_tracked": True},
    ),
    writers=Writers(create=lists.create, change=lists.change, delete=plain.delete),
    order=("sequence", "pk"),
    active="active",
    company="company",
    search=(
        Search(name="text", label=_("Price list"), fields=("name",)),
        Search(name="currency", label=_("Currency"), fields=("currency",)),
    ),
    filters=(
        Filter(
            name="archived", label=_("Archived"), condition=[["active", "=", False]]
        ),
    ),
    quick_values=lambda name, actor: {"name": name},
    has_discussion=True,
    is_importable=True,
)

RULES = RecordType(
    name="pricelist-rules",
    model=PricelistRule,
    label=_("Price rule"),
    label_plural=_("Price rules"),
    access=access.RULES,
    fields=describe(
        PricelistRule,
        "pricelist",
        "target",
        "product",
        "category",
        "min_quantity",
        "starts_at",
        "ends_at",
        "computation",
        "fixed_price",
        "percent",
        "base",
        "base_pricelist",
        "rounding_step",
        "surcharge",
        "min_margin",
        "max_margin",
        "created_at",
        targets={
            "pricelist": "pricelists",
            "product": "products",
            "category": "product-categories",
            "base_pricelist": "pricelists",
        },
        # It follows from the product or the category.
        target={"editable": False},
        min_quantity={"help": _("In the product's own unit.")},
        fixed_price={"widget": "price", "is_tracked": True},
        starts_at={"label": pgettext_lazy("price rule", "Start")},
        ends_at={"label": pgettext_lazy("price rule", "End")},
        percent={"is_tracked": True, "help": _("A negative discount is a mark-up.")},
        rounding_step={
            "widget": "price",
            "help": _("After the discount, before the surcharge."),
        },
        surcharge={"widget": "price"},
        min_margin={"widget": "price"},
        max_margin={"widget": "price"},
    ),
    writers=Writers(create=rules.create, change=rules.change, delete=plain.delete),
    title="pricelist",
    order=("pricelist__sequence", "pricelist_id", "-pk"),
    currency="pricelist.currency",
    search=(
        Search(name="product", label=_("Product"), fields=("product",)),
        Search(name="category", label=_("Product category"), fields=("category",)),
        Search(name="pricelist", label=_("Price list"), fields=("pricelist",)),
    ),
    is_importable=True,
)
