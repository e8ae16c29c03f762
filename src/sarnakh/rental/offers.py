"""What this room gives to rooms and pages below it."""

from collections.abc import Iterable

from django.utils.translation import pgettext_lazy

from sarnakh.accounts.actor import Actor
from sarnakh.discussion.words import EVENTS
from sarnakh.rental.models import RentalLine, RentalOrder
from sarnakh.rental.orders import keeping
from sarnakh.rental.orders.syncing import rental_of
from sarnakh.sales.delivering import goods
from sarnakh.sales.models import Order
from sarnakh.sales.orders import sides, states
from sarnakh.screens import panels


def register() -> None:
    """Once, when Django has loaded every room."""
    from sarnakh.rental import opportunities as offered

    EVENTS.update(
        {
            "picked-up": pgettext_lazy("event", "Picked up"),
            "rental-returned": pgettext_lazy("event", "Returned"),
        }
    )
    sides.register("rental", lambda: RentalOrder.objects.filter(order=sides.ORDER))
    goods.leave_out(rented_lines, side="rental")
    panels.add_buttons("leads", *offered.LEAD_BUTTONS)
    panels.add_buttons("orders", *offered.ORDER_BUTTONS)
    panels.add_smart_buttons("leads", offered.OF_LEAD)
    panels.add_smart_buttons("contacts", offered.OF_CONTACT)
    panels.add_smart_buttons("orders", offered.OF_ORDER)
    panels.add_smart_buttons("products", offered.OF_PRODUCT)
    if refuse_shortage not in states.CHECKS:
        states.CHECKS.append(refuse_shortage)


def rented_lines(order_ids: Iterable[int]) -> set[int]:
    """Lines that are picked up, not delivered."""
    found = RentalLine.objects.filter(rental__order__in=list(order_ids))
    return set(found.values_list("order_line_id", flat=True))


def refuse_shortage(order: Order, *, by: Actor) -> None:
    """A rental is confirmed only while its goods are free."""
    rental = rental_of(order)
    if rental is not None:
        keeping.refuse_shortage(rental)
    else:
        order.rents_nothing = True  # type: ignore[attr-defined]
