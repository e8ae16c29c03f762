"""Reading deliveries and stock."""

from collections.abc import Iterable, Mapping
from decimal import Decimal

from django.db.models import QuerySet, Sum

from sarnakh.accounts.models import Company
from sarnakh.catalog.models import Product
from sarnakh.contacts.models import Contact
from sarnakh.delivery.models import Delivery, Move, StockLevel, Warehouse
from sarnakh.money.models import TradeSettings

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


def asks_about_rest(delivery: Delivery) -> bool:
    """Whether validating now would leave something, and the company wants to be
    asked what becomes of it."""
    if delivery.state in {Delivery.State.DONE, Delivery.State.CANCELLED}:
        return False
    policy = TradeSettings.of(delivery.company).backorders
    if policy != TradeSettings.Backorders.ASK:
        return False
    moves = list(
        Move.objects.filter(delivery=delivery, is_cancelled=False).select_related(
            "product"
        )
    )
    leaving = default_quantities(moves, is_out=delivery.direction == "out")
    return any(leaving.values()) and any(leaving[m.pk] < m.demand for m in moves)


def default_quantities(moves: Iterable[Move], *, is_out: bool) -> dict[int, Decimal]:
    """What leaves when nobody says otherwise: as typed, else as reserved; goods that
    are always there need no reservation."""
    found = list(moves)
    if any(move.done for move in found):
        return {move.pk: move.done for move in found}
    return {
        move.pk: move.reserved
        if is_out and move.product.kind == Product.Kind.STORABLE
        else move.demand
        for move in found
    }


def count_for(customer: Contact, deliveries: "QuerySet[Delivery]") -> int:
    """Deliveries of a contact and of everybody below it."""
    return deliveries.filter(customer__in=family(customer)).count()


def family(contact: Contact) -> list[int]:
    """A contact and its descendants, a few levels deep."""
    found, last = {contact.pk}, {contact.pk}
    while last:
        below = Contact.objects.filter(parent__in=last).values_list("pk", flat=True)
        last = set(below) - found
        found |= last
    return sorted(found)
