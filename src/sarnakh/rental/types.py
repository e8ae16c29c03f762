"""What rentals, rented products, rental prices and terms are."""

from django.utils.translation import gettext_lazy as _

from sarnakh.records import actions as plain
from sarnakh.records.types import (
    Filter,
    PeriodFilter,
    RecordType,
    Search,
    Writers,
    describe,
)
from sarnakh.rental import access
from sarnakh.rental.models import RentalLine, RentalOrder, RentalPrice, RentalTerms
from sarnakh.rental.orders import actions, commands

TRACKED = {"is_tracked": True}

RENTALS = RecordType(
    name="rentals",
    model=RentalOrder,
    label=_("Rental"),
    label_plural=_("Rentals"),
    access=access.RENTALS,
    title="number",
    fields=describe(
        RentalOrder,
        "number",
        "customer",
        "starts_at",
        "returns_at",
        "status",
        "pickup_due_at",
        "return_due_at",
        "opportunity",
        "salesperson",
        "company",
        "order",
        "created_at",
        "created_by",
        targets={
            "customer": "contacts",
            "opportunity": "leads",
            "salesperson": "users",
            "company": "companies",
            "order": "orders",
            "created_by": "users",
        },
        # From the next full hour, for a day; the acting company.
        starts_at={"required": False, **TRACKED},
        returns_at={"required": False, **TRACKED},
        company={"required": False},
        status=TRACKED,
    ),
    writers=Writers(
        create=actions.create, change=actions.change, delete=actions.delete
    ),
    order=("-pk",),
    company="company",
    handover=frozenset({"salesperson"}),
    search_column="search_text",
    search_index="rental_rentalorder_search",
    searchable=("number",),
    search=(
        Search(name="text", label=_("Rental"), fields=("search",), operator="search"),
        Search(name="customer", label=_("Customer"), fields=("customer",)),
        Search(name="salesperson", label=_("Salesperson"), fields=("salesperson",)),
        Search(name="opportunity", label=_("Opportunity"), fields=("opportunity",)),
    ),
    filters=(
        Filter(
            name="mine",
            label=_("My rentals"),
            condition=[["salesperson", "=", "@me"]],
        ),
        Filter(
            name="pickups",
            label=_("Pickups today"),
            condition=[
                ["pickup_due_at", ">=", "@today"],
                ["pickup_due_at", "<", "@today+1d"],
            ],
            block=1,
        ),
        Filter(
            name="returns",
            label=_("Returns today"),
            condition=[
                ["return_due_at", ">=", "@today"],
                ["return_due_at", "<", "@today+1d"],
            ],
            block=1,
        ),
        Filter(
            name="late",
            label=_("Late"),
            condition=[
                "|",
                ["pickup_due_at", "<", "@now"],
                ["return_due_at", "<", "@now"],
            ],
            block=1,
        ),
        *(
            Filter(
                name=name,
                label=label,
                condition=[["status", "=", name]],
                block=2,
            )
            for name, label in RentalOrder.Status.choices
        ),
    ),
    periods=(
        PeriodFilter(name="pickup", label=_("Pickup"), field="starts_at", block=3),
        PeriodFilter(name="return", label=_("Return"), field="returns_at", block=3),
    ),
    commands={
        "confirm": actions.confirm,
        "pick-up": commands.pick_up_all,
        "return": commands.give_back_all,
        "update-prices": actions.update_prices,
        "allow-shortage": actions.allow_shortage,
        "cancel": actions.cancel,
    },
    has_discussion=True,
    has_activities=True,
    is_importable=True,
)

RENTAL_LINES = RecordType(
    name="rental-lines",
    model=RentalLine,
    label=_("Rented product"),
    label_plural=_("Rented products"),
    access=access.RENTAL_LINES,
    title="product",
    fields=describe(
        RentalLine,
        "rental",
        "product",
        "quantity",
        "starts_at",
        "returns_at",
        "unit_price",
        "picked_up",
        "returned",
        targets={"rental": "rentals", "product": "products"},
        rental={"required": True},
        starts_at={"required": False},
        returns_at={"required": False},
        unit_price={"widget": "price"},
    ),
    writers=Writers(
        create=actions.create_lines,
        change=actions.change_line,
        delete=actions.delete_lines,
    ),
    order=("rental_id", "sequence", "pk"),
    search=(
        Search(name="text", label=_("Product"), fields=("product",)),
        Search(name="rental", label=_("Rental"), fields=("rental",)),
    ),
)

RENTAL_PRICES = RecordType(
    name="rental-prices",
    model=RentalPrice,
    label=_("Rental price"),
    label_plural=_("Rental prices"),
    access=access.RENTAL_PRICES,
    title="product",
    fields=describe(
        RentalPrice,
        "product",
        "duration",
        "unit",
        "price",
        "pricelist",
        targets={"product": "products", "pricelist": "pricelists"},
        product={"required": True},
        price={"widget": "price"},
    ),
    writers=plain.plain_writers(RentalPrice),
    order=("product_id", "pk"),
    search=(Search(name="text", label=_("Product"), fields=("product",)),),
    is_importable=True,
)

RENTAL_TERMS = RecordType(
    name="rental-terms",
    model=RentalTerms,
    label=_("Rental terms"),
    label_plural=_("Rental terms"),
    access=access.RENTAL_TERMS,
    title="product",
    fields=describe(
        RentalTerms,
        "product",
        "hour_fee",
        "day_fee",
        "padding_hours",
        "min_hours",
        "deposit_product",
        targets={"product": "products", "deposit_product": "products"},
        product={"required": True},
        hour_fee={"widget": "price"},
        day_fee={"widget": "price"},
    ),
    writers=plain.plain_writers(RentalTerms),
    order=("product_id", "pk"),
    search=(Search(name="text", label=_("Product"), fields=("product",)),),
    is_importable=True,
)

__all__ = [
    "RENTALS",
    "RENTAL_LINES",
    "RENTAL_PRICES",
    "RENTAL_TERMS",
]
