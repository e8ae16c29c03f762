"""From an opportunity to its rental (crm §15.3), and what pages show of rentals."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sarnakh.accounts.actor import Actor
from sarnakh.contacts.types import CONTACTS
from sarnakh.crm.leads import actions as leads
from sarnakh.crm.models import Lead
from sarnakh.delivery.queries import family
from sarnakh.records import rows
from sarnakh.records.errors import InvalidValues
from sarnakh.records.whole import whole
from sarnakh.rental.models import RentalOrder, RentalPrice
from sarnakh.rental.orders import actions
from sarnakh.rental.orders.syncing import rental_of
from sarnakh.rental.screens import (
    asking_pickup,
    asking_return,
    handing_answers,
    is_out,
    waits,
)
from sarnakh.rental.types import RENTAL_PRICES, RENTALS
from sarnakh.sales.models import Order
from sarnakh.sales.opportunities.buttons import answers, asking, may_quote
from sarnakh.sales.orders import sides
from sarnakh.screens.screen import Button, SmartButton
from sarnakh.screens.state import SearchState

HOW = ("link", "create", "nothing")


@whole
def rent(
    lead: Lead, *, how: str = "", contact: int | None = None, by: Actor
) -> RentalOrder | None:
    """A rental for the opportunity's customer. Without one somebody chose: make the
    contact that it describes, link an existing one, or nothing (None)."""
    if lead.customer_id is None:
        if how not in HOW:
            raise InvalidValues({"how": _now("This is not one of the choices.")})
        if how == "nothing":
            return None
        if how == "create":
            if not rows.may(CONTACTS, by, "create"):
                raise PermissionDenied
            customer = leads.customer_for(lead, by=by)
        elif contact:
            customer = rows.find(CONTACTS, contact, by)
        else:
            raise InvalidValues({"contact": _now("Choose a customer.")})
        lead = leads.change(lead, {"customer": customer.pk}, by=by)
    return actions.create([{"opportunity": lead.pk}], by=by)[0]


def press_rent(
    lead: Lead, *, how: str = "", contact: int | None = None, by: Actor
) -> str:
    """The button and the dialog: make it and open it, or open a blank form."""
    rental = rent(lead, how=how, contact=contact, by=by)
    if rental is None:
        return f"{reverse('rentals:create')}?with=opportunity:{lead.pk}"
    return reverse("rentals:record", args=[rental.pk])


def _is_open(lead: Lead) -> bool:
    return lead.kind == Lead.Kind.OPPORTUNITY and lead.active


LEAD_BUTTONS = (
    Button(
        command="rent",
        label=_("New rental"),
        icon="clock",
        rank=35,
        visible=lambda lead: _is_open(lead) and lead.customer_id is not None,
        may=may_quote,
        run=press_rent,
    ),
    Button(
        command="rent-asking",
        label=_("New rental"),
        icon="clock",
        rank=35,
        visible=lambda lead: _is_open(lead) and lead.customer_id is None,
        may=may_quote,
        run=press_rent,
        asks="rental/customer.html",
        asking=asking,
        reads=answers,
    ),
)


def _query(condition: str) -> str:
    state = SearchState(view="list", custom=(condition,))
    return f"{reverse('rentals:browse')}?{state.query()}"


def _count(actor: Actor, **where: Any) -> int:
    if not rows.may(RENTALS, actor, "read"):
        return 0
    return rows.visible(RENTALS, actor).filter(**where).count()


def _lead_url(lead: Lead) -> str:
    keys = list(
        RentalOrder.objects.filter(opportunity=lead).values_list("pk", flat=True)[:2]
    )
    if len(keys) == 1:
        return reverse("rentals:record", args=keys)
    return _query(f'[["opportunity","=",{lead.pk}]]')


OF_LEAD = SmartButton(
    name="rentals",
    label=_("Rentals"),
    icon="clock",
    count=lambda lead, actor: _count(actor, opportunity=lead),
    url=_lead_url,
    hides_zero=True,
    rank=35,
)
OF_CONTACT = SmartButton(
    name="rentals",
    label=_("Rentals"),
    icon="clock",
    count=lambda contact, actor: _count(actor, customer__in=family(contact)),
    url=lambda contact: _query(f'[["customer","in",{family(contact)}]]'),
    hides_zero=True,
    rank=35,
)


def _rental_url(order: Order) -> str:
    rental = rental_of(order)
    return reverse("rentals:record", args=[rental.pk if rental else 0])


OF_ORDER = SmartButton(
    name="rental",
    label=pgettext_lazy("smart button", "Rental"),
    icon="clock",
    count=lambda order, actor: (
        _count(actor, order=order) if sides.glance(order, "rental", actor) else 0
    ),
    url=_rental_url,
    hides_zero=True,
    rank=25,
)
OF_PRODUCT = SmartButton(
    name="rental-prices",
    label=_("Rental prices"),
    icon="clock",
    count=lambda product, actor: (
        RentalPrice.objects.filter(product=product).count()
        if rows.may(RENTAL_PRICES, actor, "read")
        else 0
    ),
    url=lambda product: (
        reverse("rental-prices:browse")
        + "?"
        + SearchState(view="list", custom=(f'[["product","=",{product.pk}]]',)).query()
    ),
    hides_zero=False,
    rank=65,
)


def _of(order: Order, test: Any) -> bool:
    rental = rental_of(order) if order.state == Order.State.SALE else None
    return rental is not None and bool(test(rental))


def _held(order: Order) -> RentalOrder:
    rental = rental_of(order)
    if rental is None:
        raise InvalidValues({"": _now("This order rents nothing.")})
    return rental


ORDER_BUTTONS = (
    Button(
        command="rental-pick-up",
        label=pgettext_lazy("rental", "Pickup"),
        icon="upload",
        rank=15,
        visible=lambda order: _of(order, waits),
        asks="rental/handing.html",
        asking=lambda order, actor: asking_pickup(_held(order), actor),
        reads=handing_answers,
        run=lambda order, by, **given: actions.pick_up(_held(order), by=by, **given),
        done=lambda rental, actor: _now("Picked up."),
    ),
    Button(
        command="rental-return",
        label=pgettext_lazy("rental", "Return"),
        icon="download",
        rank=16,
        visible=lambda order: _of(order, is_out),
        asks="rental/handing.html",
        asking=lambda order, actor: asking_return(_held(order), actor),
        reads=handing_answers,
        run=lambda order, by, **given: actions.give_back(_held(order), by=by, **given),
        done=lambda rental, actor: _now("Returned."),
    ),
)
