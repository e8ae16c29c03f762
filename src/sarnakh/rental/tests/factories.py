"""Goods to rent, and rentals of them, for tests."""

import datetime as dt
from decimal import Decimal
from typing import Any

from sarnakh.accounts.actor import Actor
from sarnakh.catalog.models import Product
from sarnakh.crm.tests.factories import make_contact
from sarnakh.delivery.tests.factories import put
from sarnakh.rental.models import RentalLine, RentalOrder, RentalPrice, RentalTerms
from sarnakh.rental.orders import actions as rentals
from sarnakh.sales.tests.factories import make_product

DAY = dt.timedelta(days=1)
HOUR = dt.timedelta(hours=1)
START = dt.datetime(2030, 5, 1, 9, tzinfo=dt.UTC)


def make_tool(
    by: Actor, stock: int | None = None, *, daily: int = 520_000, **values: Any
) -> Product:
    """Something to rent by the day; of a counted stock when there is one."""
    kind = "storable" if stock is not None else "consumable"
    product = make_product(by, kind=kind, is_rentable=True, **values)
    RentalPrice.objects.create(product=product, unit="day", price=daily)
    if stock:
        put(product, stock, by=by)
    return product


def set_terms(product: Product, **values: Any) -> RentalTerms:
    """Late fees and the like."""
    return RentalTerms.objects.create(product=product, **values)


def make_rental(
    by: Actor, *wanted: tuple[Product, int], days: int = 1, **values: Any
) -> RentalOrder:
    """A quotation for renting so many of each for so many days."""
    starts_at = values.pop("starts_at", START)
    given = {
        "starts_at": starts_at,
        "returns_at": values.pop("returns_at", starts_at + days * DAY),
        "customer": values.pop("customer", None) or make_contact(by).pk,
        **values,
    }
    rental = rentals.create([given], by=by)[0]
    for product, quantity in wanted:
        line = {
            "rental": rental.pk,
            "product": product.pk,
            "quantity": Decimal(quantity),
        }
        rentals.create_lines([line], by=by)
    return fresh(rental)


def make_reserved(by: Actor, *wanted: Any, **values: Any) -> RentalOrder:
    """A confirmed one."""
    return rentals.confirm(make_rental(by, *wanted, **values), by=by)


def lines_of(rental: RentalOrder) -> list[RentalLine]:
    """Its lines as stored now."""
    return list(RentalLine.objects.filter(rental=rental).order_by("pk"))


def fresh(rental: RentalOrder) -> RentalOrder:
    """As stored now."""
    return RentalOrder.objects.get(pk=rental.pk)


def samples(by: Actor) -> dict[str, Any]:
    """One record of every type of this room."""
    tool = make_tool(by, name="Drill")
    terms = set_terms(tool)
    rental = make_rental(by, (tool, 1))
    return {
        "rentals": rental,
        "rental-lines": lines_of(rental)[0],
        "rental-prices": RentalPrice.objects.get(product=tool),
        "rental-terms": terms,
    }
