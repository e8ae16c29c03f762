"""What somebody wants to be delivered."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sarnakh.accounts.models import Company
    from sarnakh.catalog.models import Product
    from sarnakh.contacts.models import Contact
    from sarnakh.delivery.models import Delivery, Move, ShippingMethod, Warehouse


@dataclass(frozen=True)
class PlannedMove:
    """So much of a product, in the product's own unit."""

    product: "Product"
    quantity: Decimal
    description: str = ""
    # For what comes back: the move that it left with.
    return_of: "Move | None" = None
    updates_order: bool = True


@dataclass(frozen=True, kw_only=True)
class Plan:
    """A delivery to be made.

    Without a warehouse it leaves from the company's first one. `reserves` None
    means as the company's settings say.
    """

    company: "Company"
    customer: "Contact"
    moves: Sequence[PlannedMove] = field(default_factory=tuple)
    warehouse: "Warehouse | None" = None
    direction: str = "out"
    origin: str = ""
    shipping_policy: str = "soon"
    scheduled_at: dt.datetime | None = None
    deadline_at: dt.datetime | None = None
    method: "ShippingMethod | None" = None
    salesperson_id: int | None = None
    backorder_of: "Delivery | None" = None
    return_of: "Delivery | None" = None
    reserves: bool | None = None
