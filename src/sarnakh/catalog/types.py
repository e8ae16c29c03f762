"""What products are, and what they are sorted, measured and told apart by."""

from django.utils.translation import gettext_lazy as _

from sarnakh.accounts.roles import Role
from sarnakh.catalog import access
from sarnakh.catalog.attributes import actions as attributes
from sarnakh.catalog.categories import actions as categories
from sarnakh.catalog.measures import actions as measures
from sarnakh.catalog.models import (
    Attribute,
    AttributeValue,
    Packaging,
    Product,
    ProductCategory,
    Unit,
    UnitCategory,
)
from sarnakh.catalog.packagings import actions as packagings
from sarnakh.catalog.products import actions
from sarnakh.records import actions as plain
from sarnakh.records.types import (
    Filter,
    PeriodFilter,
    RecordType,
    Search,
    Writers,
    describe,
)

ARCHIVED = Filter(
    name="archived", label=_("Archived"), condition=[["active", "=", False]], block=9
)

PRODUCTS = RecordType(
    name="products",
    model=Product,
    label=_("Product"),
    label_plural=_("Products"),
    access=access.PRODUCTS,
    fields=describe(
        Product,
        "name",
        "kind",
        "reference",
        "barcode",
        "category",
        "company",
        "is_sold",
        "price",
        "cost",
        "unit",
        "taxes",
        "invoice_policy",
        "lead_days",
        "weight",
        "volume",
        "sale_description",
        "optional_products",
        "warning",
        "warning_text",
        "is_rentable",
        "is_recurring",
        "tax_item_code",
        "values",
        "family",
        "has_variants",
        "price_extra",
        "active",
        "created_at",
        "updated_at",
        targets={
            "category": "product-categories",
            "company": "companies",
            "unit": "units",
            "taxes": "taxes",
            "optional_products": "products",
            "values": "attribute-values",
            "family": "products",
        },
        name={"is_tracked": True},
        kind={"is_tracked": True},
        price={"is_tracked": True, "widget": "price"},
        cost={
            "is_tracked": True,
            "widget": "price",
            "roles": frozenset({Role.SALES_ALL}),
        },
        price_extra={"widget": "price"},
        # Whoever says none gets the first unit.
        unit={"required": False},
        values={"label": _("Attributes and values")},
        invoice_policy={"label": _("Invoicing policy")},
    ),
    writers=Writers(create=actions.create, change=actions.change, delete=plain.delete),
    order=("sort_key", "pk"),
    active="active",
    company="company",
    search_column="search_text",
    search_index="catalog_product_search",
    searchable=("name", "reference", "barcode", "tax_item_code"),
    sort_columns={"name": "sort_key"},
    search=(
        Search(
            name="text",
            label=_("Name, reference, barcode"),
            fields=("search",),
            operator="search",
        ),
        Search(name="category", label=_("Product category"), fields=("category",)),
        Search(name="values", label=_("Attributes and values"), fields=("values",)),
        Search(name="family", label=_("Product family"), fields=("family",)),
    ),
    filters=(
        Filter(
            name="goods",
            label=_("Goods"),
            condition=[["kind", "in", ["consumable", "storable"]]],
        ),
        Filter(
            name="services", label=_("Services"), condition=[["kind", "=", "service"]]
        ),
        Filter(
            name="sold",
            label=_("Can be sold"),
            condition=[["is_sold", "=", True]],
            block=1,
        ),
        Filter(
            name="families",
            label=_("Has variants"),
            condition=[["has_variants", "=", True]],
            block=2,
        ),
        ARCHIVED,
    ),
    periods=(
        PeriodFilter(
            name="created", label=_("Creation date"), field="created_at", block=3
        ),
    ),
    quick_values=lambda name, actor: {"name": name},
    has_discussion=True,
    is_importable=True,
)

CATEGORIES = RecordType(
    name="product-categories",
    model=ProductCategory,
    label=_("Product category"),
    label_plural=_("Product categories"),
    access=access.REFERENCE,
    fields=describe(
        ProductCategory,
        "name",
        "parent",
        "created_at",
        targets={"parent": "product-categories"},
        name={"is_tracked": True},
    ),
    writers=Writers(
        create=categories.create, change=categories.change, delete=plain.delete
    ),
    parent="parent",
    search=(
        Search(name="text", label=_("Name"), fields=("name",)),
        Search(name="parent", label=_("Parent category"), fields=("parent",)),
    ),
    quick_values=lambda name, actor: {"name": name},
    is_importable=True,
)

UNIT_CATEGORIES = RecordType(
    name="unit-categories",
    model=UnitCategory,
    label=_("Unit category"),
    label_plural=_("Unit categories"),
    access=access.REFERENCE,
    fields=describe(UnitCategory, "name", "created_at"),
    writers=plain.plain_writers(UnitCategory),
    search=(Search(name="text", label=_("Name"), fields=("name",)),),
    quick_values=lambda name, actor: {"name": name},
    is_importable=True,
)

UNITS = RecordType(
    name="units",
    model=Unit,
    label=_("Unit of measure"),
    label_plural=_("Units of measure"),
    access=access.REFERENCE,
    fields=describe(
        Unit,
        "name",
        "category",
        "size",
        "ratio",
        "rounding",
        "sequence",
        "active",
        "created_at",
        targets={"category": "unit-categories"},
        size={"is_tracked": True},
        ratio={
            "is_tracked": True,
            "help": _("How many times bigger or smaller than the reference unit."),
        },
        rounding={"help": _("The smallest step of a quantity; 1 for whole pieces.")},
    ),
    writers=Writers(
        create=measures.create, change=measures.change, delete=measures.delete
    ),
    order=("category_id", "sequence", "pk"),
    active="active",
    search=(
        Search(name="text", label=_("Unit"), fields=("name",)),
        Search(name="category", label=_("Unit category"), fields=("category",)),
    ),
    filters=(ARCHIVED,),
    is_importable=True,
)

ATTRIBUTES = RecordType(
    name="attributes",
    model=Attribute,
    label=_("Attribute"),
    label_plural=_("Attributes"),
    access=access.REFERENCE,
    fields=describe(
        Attribute,
        "name",
        "makes_variants",
        "sequence",
        "created_at",
        makes_variants={
            "help": _("Otherwise its values are chosen on the line of an order.")
        },
    ),
    writers=Writers(
        create=plain.plain_writers(Attribute).create,
        change=attributes.change,
        delete=attributes.delete,
    ),
    order=("sequence", "pk"),
    search=(Search(name="text", label=_("Name"), fields=("name",)),),
    quick_values=lambda name, actor: {"name": name},
    is_importable=True,
)

VALUES = RecordType(
    name="attribute-values",
    model=AttributeValue,
    label=_("Attribute value"),
    label_plural=_("Attribute values"),
    access=access.REFERENCE,
    fields=describe(
        AttributeValue,
        "name",
        "attribute",
        "price_extra",
        "is_free_text",
        "sequence",
        "created_at",
        targets={"attribute": "attributes"},
        price_extra={"is_tracked": True, "widget": "price"},
        is_free_text={"help": _("The salesperson writes a text of their own.")},
    ),
    writers=Writers(
        create=plain.plain_writers(AttributeValue).create,
        change=attributes.change_value,
        delete=attributes.delete_values,
    ),
    order=("attribute__sequence", "attribute_id", "sequence", "pk"),
    search=(
        Search(name="text", label=_("Value"), fields=("name",)),
        Search(name="attribute", label=_("Attribute"), fields=("attribute",)),
    ),
    is_importable=True,
)

PACKAGINGS = RecordType(
    name="packagings",
    model=Packaging,
    label=_("Packaging"),
    label_plural=_("Packagings"),
    access=access.PACKAGINGS,
    fields=describe(
        Packaging,
        "name",
        "product",
        "quantity",
        "created_at",
        targets={"product": "products"},
        quantity={"help": _("Units of the product in one packet.")},
    ),
    writers=Writers(
        create=packagings.create, change=packagings.change, delete=plain.delete
    ),
    order=("product_id", "-quantity", "pk"),
    search=(
        Search(name="text", label=_("Packaging"), fields=("name",)),
        Search(name="product", label=_("Product"), fields=("product",)),
    ),
    is_importable=True,
)
