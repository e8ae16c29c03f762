"""A warehouse with goods, and people around it, for tests."""

from decimal import Decimal
from itertools import count
from typing import Any

from sarnakh.accounts.actor import Actor, actor_for
from sarnakh.accounts.models import Company
from sarnakh.accounts.roles import Role
from sarnakh.accounts.tests.factories import make_user
from sarnakh.catalog.models import Product, Unit, UnitCategory
from sarnakh.contacts.models import Contact
from sarnakh.contacts.people import actions as people
from sarnakh.delivery.deliveries import actions as deliveries
from sarnakh.delivery.deliveries.plan import Plan, PlannedMove
from sarnakh.delivery.models import Delivery, Move, StockLevel, Warehouse
from sarnakh.delivery.stock import actions as stock
from sarnakh.lib import text
from sarnakh.money.models import TradeSettings

_numbers = count(1)


def keeper(**values: Any) -> Actor:
    """Somebody of the warehouse."""
    return actor_for(make_user(Role.STOCK, **values))


def manager(**values: Any) -> Actor:
    """A sales administrator."""
    return actor_for(make_user(Role.SALES_MANAGER, **values))


def pieces() -> Unit:
    """The unit of most goods."""
    category, _made = UnitCategory.objects.get_or_create(name="Pieces")
    unit, _made = Unit.objects.get_or_create(
        category=category, size="reference", defaults={"name": "Piece", "rounding": 1}
    )
    return unit


def make_product(
    kind: str = Product.Kind.STORABLE, *, unit: Unit | None = None, **values: Any
) -> Product:
    """Something to deliver; storable unless said otherwise."""
    name = values.pop("name", f"Product {next(_numbers)}")
    return Product.objects.create(
        name=name,
        kind=kind,
        unit=unit or pieces(),
        sort_key=text.sort_key(name),
        search_text=text.search_text(name),
        **values,
    )


def make_customer(by: Actor, **values: Any) -> Contact:
    """Who gets the goods."""
    given = {"name": f"Customer {next(_numbers)}", **values}
    return people.create([given], by=by)[0]


def warehouse(company: Company, *, by: Actor) -> Warehouse:
    """The company's first warehouse."""
    return stock.warehouse_of(company, by=by)


def put(product: Product, quantity: int | Decimal | str, *, by: Actor) -> StockLevel:
    """Lay goods into the first warehouse of the actor's company."""
    place = warehouse(by.company, by=by)
    return stock.adjust(product, place, Decimal(quantity), by=by)


def level(product: Product) -> StockLevel:
    """The only level of a product, as stored."""
    return StockLevel.objects.get(product=product)


def make_delivery(
    by: Actor, *wanted: tuple[Product, int | Decimal | str], **values: Any
) -> tuple[Delivery, list[Move]]:
    """A delivery of so much of each."""
    plan = Plan(
        company=by.company,
        customer=values.pop("customer", None) or make_customer(by),
        moves=[PlannedMove(product, Decimal(quantity)) for product, quantity in wanted],
        **values,
    )
    return deliveries.create(plan, by=by)


def set_policy(company: Company, **values: Any) -> None:
    """Settings of trade."""
    TradeSettings.objects.update_or_create(company=company, defaults=values)
