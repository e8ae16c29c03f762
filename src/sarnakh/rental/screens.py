"""How rentals, rental prices and terms look."""

from decimal import Decimal
from typing import Any

from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sarnakh.accounts.actor import Actor
from sarnakh.accounts.roles import Role
from sarnakh.delivery.screens import typed_quantity
from sarnakh.exchange.bulk import EXPORT
from sarnakh.lib.numbers import format_number
from sarnakh.records import actions as plain
from sarnakh.rental.models import RentalLine, RentalOrder
from sarnakh.rental.orders import actions
from sarnakh.rental.orders.creation import usual_period
from sarnakh.rental.queries import shortages
from sarnakh.rental.types import RENTAL_LINES, RENTAL_PRICES, RENTAL_TERMS, RENTALS
from sarnakh.sales.models import Order
from sarnakh.sales.orders import showing
from sarnakh.screens.pages.list import List
from sarnakh.screens.screen import (
    Add,
    Banner,
    Bulk,
    Button,
    Lines,
    Screen,
    Section,
    SmartButton,
    Step,
)

Status = RentalOrder.Status
DELETE = Bulk(
    name="delete",
    label=_("Delete"),
    icon="trash",
    run=plain.delete_many,
    verb="delete",
    role=Role.SALES_MANAGER,
)


def is_quotation(rental: RentalOrder) -> bool:
    """Still only an offer."""
    return rental.status == Status.QUOTATION


def waits(rental: RentalOrder) -> bool:
    """Something is to be picked up."""
    return rental.pickup_due_at is not None


def is_out(rental: RentalOrder) -> bool:
    """Something is with the customer."""
    return rental.return_due_at is not None


def late_words(rental: RentalOrder) -> str:
    """Which side is late; empty when none is."""
    now = timezone.now()
    if rental.return_due_at and rental.return_due_at < now:
        return _now("Late return")
    if rental.pickup_due_at and rental.pickup_due_at < now:
        return _now("Late pickup")
    return ""


def progress(rental: RentalOrder, actor: Actor) -> list[Step]:
    """Quotation, reserved, picked up, returned; or cancelled."""
    if rental.status == Status.CANCELLED:
        return [Step(label=rental.get_status_display(), is_current=True)]
    names = [Status.QUOTATION, Status.RESERVED, Status.OUT, Status.RETURNED]
    place = names.index(Status(rental.status))
    return [
        Step(label=name.label, is_current=number == place, is_past=number < place)
        for number, name in enumerate(names)
    ]


def banners(rental: RentalOrder, actor: Actor) -> list[Banner]:
    """Late, stale prices, not enough free."""
    found = []
    if late := late_words(rental):
        found.append(Banner(text=late, tone="bad"))
    if rental.prices_are_stale and is_quotation(rental):
        found.append(
            Banner(
                text=_now("The period has changed since prices were computed."),
                command="update-prices",
                label=_now("Update rental prices"),
            )
        )
    if is_quotation(rental) and not rental.allows_shortage:
        for product, wanted, there in shortages(rental):
            text = _now(
                "Only %(free)s of “%(product)s” are free in this period, %(wanted)s "
                "are wanted."
            ) % {
                "product": product,
                "wanted": format_number(wanted, actor.profile),
                "free": format_number(there, actor.profile),
            }
            is_manager = actor.has(Role.SALES_MANAGER)
            found.append(
                Banner(
                    text=text,
                    command="allow-shortage" if is_manager else "",
                    label=_now("Confirm it all the same") if is_manager else "",
                )
            )
    return found


def asking_pickup(rental: RentalOrder, actor: Actor) -> dict[str, Any]:
    """What waits, for the dialog."""
    return _asking(rental, actor, lambda line: line.quantity - line.picked_up)


def asking_return(rental: RentalOrder, actor: Actor) -> dict[str, Any]:
    """What is out, for the dialog."""
    return _asking(rental, actor, lambda line: line.out)


def _asking(rental: RentalOrder, actor: Actor, most: Any) -> dict[str, Any]:
    found = RentalLine.objects.filter(rental=rental).select_related("product__unit")
    return {
        "rental": rental,
        "lines": [
            (line, format_number(most(line), actor.profile))
            for line in found.order_by("sequence", "pk")
            if most(line) > 0
        ],
    }


def handing_answers(given: QueryDict, actor: Actor) -> dict[str, Any]:
    """Quantities by line, the note, and the version that the dialog showed."""
    quantities: dict[int, Decimal] = {}
    for name, text in given.items():
        key = name.removeprefix("quantity-")
        if name != key and key.isascii() and key.isdigit():
            typed = str(text).strip()
            quantities[int(key)] = typed_quantity(typed) if typed else Decimal(0)
    seen = given.get("seen", "")
    return {
        "quantities": quantities or None,
        "note": given.get("note", ""),
        "seen": int(seen) if seen.isascii() and seen.isdigit() else None,
    }


PICK_UP = Button(
    command="pick-up",
    label=pgettext_lazy("rental", "Pickup"),
    icon="upload",
    is_primary=True,
    visible=waits,
    asks="rental/handing.html",
    asking=asking_pickup,
    reads=handing_answers,
    run=actions.pick_up,
    done=lambda rental, actor: _now("Picked up."),
    rank=10,
)
GIVE_BACK = Button(
    command="return",
    label=pgettext_lazy("rental", "Return"),
    icon="download",
    is_primary=lambda rental: not waits(rental),
    visible=is_out,
    asks="rental/handing.html",
    asking=asking_return,
    reads=handing_answers,
    run=actions.give_back,
    done=lambda rental, actor: _now("Returned."),
    rank=11,
)


def totals(rental: RentalOrder, actor: Actor) -> dict[str, Any]:
    """The totals of the order."""
    order = Order.objects.select_related("company").get(pk=rental.order_id)
    return {**showing.totals(order, actor), "record": order, "currency": order.currency}


RENTED = Lines(
    name="lines",
    label=_("Rented products"),
    type=RENTAL_LINES,
    parent="rental",
    columns=(
        "product",
        "quantity",
        "starts_at",
        "returns_at",
        "unit_price",
        "picked_up",
        "returned",
    ),
    adds=(Add("product", _("Add a product")),),
    may_edit=lambda rental, actor: (
        rental.status not in {Status.CANCELLED, Status.RETURNED}
    ),
    may_remove=lambda line, actor: line.rental.status == Status.QUOTATION,
    hides=lambda rental, actor: (
        {"picked_up", "returned"} if is_quotation(rental) else set()
    ),
    read_only=lambda line, actor: (
        {"picked_up", "returned"}
        | ({"starts_at", "returns_at", "unit_price"} if not line.pk else set())
        | ({"starts_at", "product"} if line.pk and line.picked_up else set())
    ),
    narrows=lambda field, rental, actor, rows: (
        rows.filter(is_sold=True, has_variants=False) if field == "product" else rows
    ),
    foot="sales/foot.html",
    totals=totals,
    empty=_("What is rented; prices follow from the period."),
)

RENTAL_LIST = Screen(
    slug="rentals",
    type=RENTALS,
    title=_("Rentals"),
    pages=(
        List(
            columns=(
                "number",
                "customer",
                "starts_at",
                "returns_at",
                "salesperson",
                "status",
            ),
            optional=(
                "pickup_due_at",
                "return_due_at",
                "opportunity",
                "company",
                "created_at",
            ),
        ),
    ),
    groups=("status", "customer", "salesperson", "company", "starts_at", "returns_at"),
    new_label=_("New rental"),
    header=("number",),
    sections=(
        Section(_("Customer"), ("customer", "opportunity", "salesperson", "company")),
        Section(_("Rental period"), ("starts_at", "returns_at")),
    ),
    lines=(RENTED,),
    progress=progress,
    banners=banners,
    ribbon=lambda rental: ("lost", late) if (late := late_words(rental)) else None,
    fixes=lambda rental, actor: (
        {"customer", "company"}
        if rental is not None and not is_quotation(rental)
        else {"company"}
        if rental is not None
        else set()
    ),
    hides=lambda rental, actor: set() if rental is not None else {"number"},
    may_edit=lambda rental: rental.status != Status.CANCELLED,
    may_delete=lambda rental: rental.status in {Status.QUOTATION, Status.CANCELLED},
    presets=lambda actor: dict(
        zip(("starts_at", "returns_at"), usual_period(), strict=True)
    )
    | {"salesperson": actor.user_id, "company": actor.company.pk},
    buttons=(
        PICK_UP,
        GIVE_BACK,
        Button(
            command="confirm",
            label=_("Confirm"),
            icon="check",
            is_primary=True,
            visible=is_quotation,
            done=lambda rental, actor: _now("Confirmed."),
            rank=20,
        ),
        Button(
            command="order",
            label=_("Sales order"),
            icon="receipt",
            url=lambda rental: reverse("quotations:record", args=[rental.order_id]),
            verb="read",
            rank=30,
        ),
        Button(
            command="receipt",
            label=_("Print receipt"),
            icon="printer",
            url=lambda rental: reverse("rental:receipt", args=[rental.pk]),
            visible=lambda rental: rental.status in {Status.RESERVED, Status.OUT,
                                                     Status.RETURNED},
            verb="read",
            rank=40,
        ),
        Button(
            command="update-prices",
            label=_("Update rental prices"),
            icon="refresh",
            visible=is_quotation,
            place="gear",
            done=lambda rental, actor: _now("Prices are up to date."),
        ),
        Button(
            command="allow-shortage",
            label=_("Confirm it all the same"),
            visible=is_quotation,
            may=lambda rental, actor: actor.has(Role.SALES_MANAGER),
            place="gear",
        ),
        Button(
            command="cancel",
            label=pgettext_lazy("order", "Cancel"),
            icon="x",
            visible=lambda rental: rental.status in {Status.QUOTATION, Status.RESERVED},
            done=lambda rental, actor: _now("Cancelled."),
            rank=80,
        ),
    ),
    smart_buttons=(
        SmartButton(
            name="order",
            label=_("Sales order"),
            icon="receipt",
            count=lambda rental, actor: 1,
            url=lambda rental: reverse("quotations:record", args=[rental.order_id]),
        ),
    ),
    bulk=(EXPORT, DELETE),
    panels=("activities", "discussion"),
    empty=_("Goods that come back: for which time, to whom, and when they are due."),
)  # fmt: skip

PRICE_LIST = Screen(
    slug="rental-prices",
    type=RENTAL_PRICES,
    title=_("Rental prices"),
    pages=(List(columns=("product", "duration", "unit", "price", "pricelist")),),
    groups=("product", "unit", "pricelist"),
    sections=(
        Section(_("Product"), ("product", "pricelist")),
        Section(_("Price"), ("duration", "unit", "price")),
    ),
    bulk=(EXPORT, DELETE),
    empty=_("What renting costs by the hour, day, week, month or year. The cheapest "
            "line for a period holds."),
)  # fmt: skip

TERMS_LIST = Screen(
    slug="rental-terms",
    type=RENTAL_TERMS,
    title=_("Rental terms"),
    pages=(
        List(
            columns=(
                "product",
                "day_fee",
                "hour_fee",
                "padding_hours",
                "min_hours",
                "deposit_product",
            )
        ),
    ),
    sections=(
        Section(_("Product"), ("product", "deposit_product")),
        Section(_("Late fees"), ("day_fee", "hour_fee")),
        Section(_("Time"), ("padding_hours", "min_hours")),
    ),
    bulk=(EXPORT, DELETE),
    empty=_("Late fees, time between rentals, shortest rental and deposit."),
)
