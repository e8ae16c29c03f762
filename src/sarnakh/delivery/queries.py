"""Reading deliveries and stock."""

from collections.abc import Iterable, Mapping
from decimal import Decimal

from django.db.models import Sum

from sarnakh.accounts.models import Company
from sarnakh.catalog.models import Product
from sarnakh.delivery.models import Delivery, Move, StockLevel, Warehouse

ZERO = Decimal(0)


def first_warehouse(company: Company) -> Warehouse | None:
    """Where a company's goods leave from unless somebody says otherwise."""
    return (
        Warehouse.objects.filter(company=company, active=True)
        .order_by("sequence", "pk")
        .first()
    )


def returnable(move_ids: Iterable[int], *, besides: int = 0) -> dict[int, Decimal]:
    """What may still come back of each move: delivered less what came or is coming.

    `besides` is a return that does not count.
    """
    keys = list(move_ids)
    found = dict(Move.objects.filter(pk__in=keys).values_list("pk", "done"))
    coming = (
        Move.objects.filter(return_of__in=keys, is_cancelled=False)
        .exclude(delivery__state=Delivery.State.CANCELLED)
        .exclude(delivery=besides)
        .values_list("return_of_id", "delivery__state", "demand", "done")
    )
    for origin, state, demand, done in coming:
        found[origin] -= done if state == Delivery.State.DONE else demand
    return {key: max(ZERO, left) for key, left in found.items()}


def free_stock(
    products: Iterable[Product], company: Company
) -> Mapping[int, Decimal | None]:
    """What lies in the company's warehouses and is promised to nobody, by product.

    None: always there.
    """
    wanted = list(products)
    found: dict[int, Decimal | None] = {
        product.pk: ZERO if product.kind == Product.Kind.STORABLE else None
        for product in wanted
    }
    stocked = [pk for pk, quantity in found.items() if quantity is not None]
    if stocked:
        sums = (
            StockLevel.objects.filter(
                product__in=stocked, warehouse__company=company, warehouse__active=True
            )
            .order_by()
            .values("product_id")
            .annotate(lies=Sum("on_hand"), promised=Sum("reserved"))
            .values_list("product_id", "lies", "promised")
        )
        found.update({pk: lies - promised for pk, lies, promised in sums})
    return found


def owned_stock(product_ids: Iterable[int], company: Company) -> dict[int, Decimal]:
    """Units of storable goods that are ours: in a warehouse or out on rent."""
    sums = (
        StockLevel.objects.filter(
            product__in=list(product_ids),
            warehouse__company=company,
            warehouse__active=True,
        )
        .order_by()
        .values("product_id")
        .annotate(lies=Sum("on_hand"), out=Sum("rented"))
        .values_list("product_id", "lies", "out")
    )
    return {pk: lies + out for pk, lies, out in sums}
