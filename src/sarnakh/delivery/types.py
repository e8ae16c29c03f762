"""What deliveries, warehouses, stock and shipping methods are."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sarnakh.delivery import access
from sarnakh.delivery.deliveries import actions, writing
from sarnakh.delivery.models import (
    Delivery,
    Move,
    ShippingMethod,
    ShippingRule,
    StockLevel,
    Warehouse,
)
from sarnakh.delivery.shipping import writing as shipping
from sarnakh.delivery.stock import actions as stock
from sarnakh.records import actions as plain
from sarnakh.records.types import (
    Filter,
    PeriodFilter,
    RecordType,
    Search,
    Writers,
    describe,
)

TRACKED = {"is_tracked": True}
READ_ONLY = {"editable": False}
OPEN = ["state", "in", ["draft", "waiting", "ready"]]
ARCHIVED = Filter(
    name="archived", label=_("Archived"), condition=[["active", "=", False]]
)

DELIVERIES = RecordType(
    name="deliveries",
    model=Delivery,
    label=_("Delivery"),
    label_plural=_("Deliveries"),
    access=access.DELIVERIES,
    fields=describe(
        Delivery,
        "number",
        "customer",
        "direction",
        "state",
        "origin",
        "scheduled_at",
        "deadline_at",
        "done_at",
        "shipping_policy",
        "method",
        "tracking",
        "warehouse",
        "company",
        "salesperson",
        "backorder_of",
        "return_of",
        "note",
        "created_at",
        "created_by",
        targets={
            "customer": "contacts",
            "method": "shipping-methods",
            "warehouse": "warehouses",
            "company": "companies",
            "salesperson": "users",
            "backorder_of": "deliveries",
            "return_of": "deliveries",
            "created_by": "users",
        },
        state=TRACKED,
        # The company's first warehouse.
        warehouse={"required": False, **TRACKED},
        company={"required": False},
        scheduled_at=TRACKED,
        tracking=TRACKED,
        method=TRACKED,
    ),
    writers=Writers(
        create=writing.create_deliveries,
        change=writing.change_delivery,
        delete=actions.delete,
    ),
    title="number",
    order=("-pk",),
    company="company",
    search_column="search_text",
    search_index="delivery_delivery_search",
    searchable=("number", "origin", "tracking"),
    search=(
        Search(name="text", label=_("Delivery"), fields=("search",), operator="search"),
        Search(name="customer", label=_("Customer"), fields=("customer",)),
        Search(name="product", label=_("Source document"), fields=("origin",)),
    ),
    filters=(
        Filter(
            name="to-do",
            label=pgettext_lazy("delivery", "To do"),
            condition=[OPEN],
        ),
        Filter(
            name="late",
            label=_("Late"),
            condition=[OPEN, ["scheduled_at", "<", "@now"]],
        ),
        Filter(
            name="ready",
            label=pgettext_lazy("delivery", "Ready"),
            condition=[["state", "=", "ready"]],
            block=1,
        ),
        Filter(
            name="waiting",
            label=pgettext_lazy("delivery", "Waiting"),
            condition=[["state", "=", "waiting"]],
            block=1,
        ),
        Filter(
            name="done",
            label=pgettext_lazy("delivery", "Done"),
            condition=[["state", "=", "done"]],
            block=1,
        ),
        Filter(
            name="outgoing",
            label=_("Deliveries"),
            condition=[["direction", "=", "out"]],
            block=2,
        ),
        Filter(
            name="returns",
            label=_("Returns"),
            condition=[["direction", "=", "in"]],
            block=2,
        ),
    ),
    periods=(
        PeriodFilter(
            name="scheduled", label=_("Scheduled date"), field="scheduled_at", block=3
        ),
        PeriodFilter(
            name="delivered", label=_("Delivered on"), field="done_at", block=3
        ),
    ),
    commands={
        "reserve": actions.reserve,
        "unreserve": actions.unreserve,
        "validate": writing.press_validate,
        "cancel": actions.cancel,
    },
    has_discussion=True,
    has_activities=True,
)

MOVES = RecordType(
    name="delivery-lines",
    model=Move,
    label=_("Delivery line"),
    label_plural=_("Delivery lines"),
    access=access.MOVES,
    fields=describe(
        Move,
        "delivery",
        "product",
        "sequence",
        "description",
        "demand",
        "reserved",
        "done",
        "is_cancelled",
        "updates_order",
        targets={"delivery": "deliveries", "product": "products"},
        is_cancelled={"label": _("Cancelled")},
        sequence={"label": _("Order")},
        updates_order=READ_ONLY,
    ),
    writers=Writers(
        create=writing.create_moves,
        change=writing.change_move,
        delete=writing.delete_moves,
    ),
    title="description",
    order=("delivery_id", "sequence", "pk"),
    search=(
        Search(name="text", label=_("Product"), fields=("product",)),
        Search(name="delivery", label=_("Delivery"), fields=("delivery",)),
    ),
)

WAREHOUSES = RecordType(
    name="warehouses",
    model=Warehouse,
    label=_("Warehouse"),
    label_plural=_("Warehouses"),
    access=access.WAREHOUSES,
    fields=describe(
        Warehouse,
        "name",
        "code",
        "company",
        "sequence",
        "active",
        targets={"company": "companies"},
        name=TRACKED,
        code=TRACKED,
    ),
    writers=plain.plain_writers(Warehouse),
    order=("sequence", "pk"),
    active="active",
    company="company",
    search=(Search(name="text", label=_("Warehouse"), fields=("name", "code")),),
    filters=(ARCHIVED,),
    is_importable=True,
)

STOCK_LEVELS = RecordType(
    name="stock-levels",
    model=StockLevel,
    label=_("Stock level"),
    label_plural=_("Stock levels"),
    access=access.STOCK_LEVELS,
    fields=describe(
        StockLevel,
        "product",
        "warehouse",
        "on_hand",
        "reserved",
        "rented",
        "updated_at",
        targets={"product": "products", "warehouse": "warehouses"},
        on_hand={"is_tracked": True},
        reserved=READ_ONLY,
        rented=READ_ONLY,
    ),
    writers=Writers(
        create=stock.create_levels, change=stock.change_level, delete=plain.delete
    ),
    title="product",
    order=("product__sort_key", "warehouse_id", "pk"),
    search=(
        Search(name="text", label=_("Product"), fields=("product",)),
        Search(name="warehouse", label=_("Warehouse"), fields=("warehouse",)),
    ),
    filters=(
        Filter(
            name="negative",
            label=_("Below zero"),
            condition=[["on_hand", "<", 0]],
        ),
        Filter(
            name="reserved",
            label=_("Reserved"),
            condition=[["reserved", ">", 0]],
            block=1,
        ),
        Filter(
            name="rented",
            label=_("Rented out"),
            condition=[["rented", ">", 0]],
            block=1,
        ),
    ),
    has_discussion=True,
    is_importable=True,
)

SHIPPING_METHODS = RecordType(
    name="shipping-methods",
    model=ShippingMethod,
    label=_("Shipping method"),
    label_plural=_("Shipping methods"),
    access=access.SHIPPING_METHODS,
    fields=describe(
        ShippingMethod,
        "name",
        "provider",
        "product",
        "company",
        "countries",
        "states",
        "zip_prefixes",
        "margin_percent",
        "margin_amount",
        "free_over",
        "invoicing",
        "description",
        "tracking_url",
        "sequence",
        "active",
        targets={"product": "products", "company": "companies"},
        name=TRACKED,
        tracking_url={"widget": "url"},
    ),
    writers=plain.plain_writers(ShippingMethod, shipping.derive_method),
    order=("sequence", "pk"),
    active="active",
    company="company",
    currency="company.currency",
    search=(Search(name="text", label=_("Shipping method"), fields=("name",)),),
    filters=(ARCHIVED,),
    is_importable=True,
)

SHIPPING_RULES = RecordType(
    name="shipping-rules",
    model=ShippingRule,
    label=_("Shipping rule"),
    label_plural=_("Shipping rules"),
    access=access.SHIPPING_RULES,
    fields=describe(
        ShippingRule,
        "method",
        "sequence",
        "variable",
        "operator",
        "value",
        "base_price",
        "factor_price",
        "factor",
        targets={"method": "shipping-methods"},
    ),
    writers=plain.plain_writers(ShippingRule, shipping.derive_rule),
    title="variable",
    order=("method_id", "sequence", "factor_price", "pk"),
    currency="method.company.currency",
    search=(Search(name="text", label=_("Shipping method"), fields=("method",)),),
    is_importable=True,
)
