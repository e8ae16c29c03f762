"""What a rental keeps of its lines: status, what is due; and who goes first."""

from collections.abc import Iterable

from django.db.models import F

from sarnakh.accounts.models import Company
from sarnakh.lib import text
from sarnakh.rental.errors import Shortage
from sarnakh.rental.models import RentalGuard, RentalLine, RentalOrder
from sarnakh.rental.orders.status import Handed, due, status
from sarnakh.rental.queries import shortages
from sarnakh.sales.models import Order


def keep(rental: RentalOrder, order: Order) -> RentalOrder:
    """Write status and due instants as they follow from order and lines."""
    handed = [
        Handed(*row)
        for row in RentalLine.objects.filter(rental=rental).values_list(
            "quantity", "picked_up", "returned", "starts_at", "returns_at"
        )
    ]
    rental.status = status(order.state, handed)
    rental.pickup_due_at, rental.return_due_at = due(order.state, handed)
    RentalOrder.objects.filter(pk=rental.pk).update(
        status=rental.status,
        pickup_due_at=rental.pickup_due_at,
        return_due_at=rental.return_due_at,
    )
    return rental


def derive(rental: RentalOrder) -> None:
    """What is the order's, and what is searched in."""
    order = rental.order
    rental.number = order.number
    rental.company_id = order.company_id
    rental.customer = order.customer
    rental.salesperson_id = order.salesperson_id
    rental.opportunity_id = order.opportunity_id
    rental.search_text = text.search_text(order.number, order.customer.name)


def stand_in_line(product_ids: Iterable[int], company: Company) -> None:
    """Whoever promises units of a product waits for whoever does so already."""
    wanted = sorted(set(product_ids))
    if not wanted:
        return
    rows = RentalGuard.objects.filter(product__in=wanted, company=company)
    known = set(rows.values_list("product_id", flat=True))
    RentalGuard.objects.bulk_create(
        [
            RentalGuard(product_id=pk, company=company)
            for pk in wanted
            if pk not in known
        ],
        ignore_conflicts=True,
    )
    locked = rows.select_for_update().order_by("pk")
    keys = list(locked.values_list("pk", flat=True))
    RentalGuard.objects.filter(pk__in=keys).update(ticket=F("ticket") + 1)


def refuse_shortage(rental: RentalOrder) -> None:
    """Nothing is promised twice, whoever else confirms in this moment.

    A manager may have said that it is to be confirmed all the same.
    """
    lines = list(RentalLine.objects.filter(rental=rental).select_related("product"))
    stand_in_line((line.product_id for line in lines), rental.company)
    if rental.allows_shortage:
        return
    for product, wanted, there in shortages(rental, lines):
        raise Shortage(
            str(product), f"{wanted.normalize():f}", f"{there.normalize():f}"
        )
