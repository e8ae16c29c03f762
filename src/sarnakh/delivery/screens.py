"""How deliveries, warehouses, stock and shipping methods look."""

from decimal import Decimal, InvalidOperation
from typing import Any

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sarnakh.accounts.actor import Actor
from sarnakh.accounts.roles import Role
from sarnakh.delivery.deliveries import actions
from sarnakh.delivery.deliveries.writing import press_return
from sarnakh.delivery.models import Delivery, Move, ShippingMethod
from sarnakh.delivery.queries import asks_about_rest, returnable
from sarnakh.delivery.types import (
    DELIVERIES,
    MOVES,
    SHIPPING_METHODS,
    SHIPPING_RULES,
    STOCK_LEVELS,
    WAREHOUSES,
)
from sarnakh.exchange.bulk import EXPORT
from sarnakh.lib.numbers import NumberError, format_number, parse_number
from sarnakh.records import actions as plain
from sarnakh.records import rows
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
    Tab,
)
from sarnakh.screens.state import SearchState, Typed

OPEN = (Delivery.State.DRAFT, Delivery.State.WAITING, Delivery.State.READY)
DELETE = Bulk(
    name="delete",
    label=_("Delete"),
    icon="trash",
    run=plain.delete_many,
    verb="delete",
    role=Role.SALES_MANAGER,
)


def is_open(delivery: Delivery) -> bool:
    """Whether something may still leave."""
    return delivery.state in OPEN


def is_planned(delivery: Delivery) -> bool:
    """Open, and no draft of somebody's hand."""
    return delivery.state in {Delivery.State.WAITING, Delivery.State.READY}


def is_delivered(delivery: Delivery) -> bool:
    """Whether goods could come back."""
    return (
        delivery.state == Delivery.State.DONE
        and delivery.direction == Delivery.Direction.OUT
    )


def progress(delivery: Delivery, actor: Actor) -> list[Step]:
    """Draft, waiting, ready, done; or cancelled."""
    if delivery.state == Delivery.State.CANCELLED:
        return [Step(label=delivery.get_state_display(), is_current=True)]
    names = [Delivery.State.WAITING, Delivery.State.READY, Delivery.State.DONE]
    if delivery.state == Delivery.State.DRAFT:
        names = [Delivery.State.DRAFT, *names[1:]]
    place = names.index(Delivery.State(delivery.state))
    return [
        Step(label=name.label, is_current=number == place, is_past=number < place)
        for number, name in enumerate(names)
    ]


def banners(delivery: Delivery, actor: Actor) -> list[Banner]:
    """What comes back says from where."""
    if delivery.direction == Delivery.Direction.IN and is_open(delivery):
        text = _now("Goods come back. Validate when they have arrived.")
        return [Banner(text=text, tone="info")]
    return []


def press_validate(delivery: Delivery, *, by: Actor, **given: Any) -> Any:
    """Validate at once, or ask first about what is not delivered."""
    if "backorder" not in given and asks_about_rest(delivery):
        return reverse("delivery:backorder", args=[delivery.pk])
    return actions.validate(delivery, None, given.get("backorder"), by=by)


def backorder_answer(given: QueryDict, actor: Actor) -> dict[str, Any]:
    """What becomes of the rest, where somebody was asked."""
    answer = given.get("backorder", "")
    return {"backorder": answer == "later"} if answer else {}


def said_after(delivery: Any, actor: Actor) -> str:
    """Done, and what is short in the stock now."""
    if not isinstance(delivery, Delivery):
        return ""
    return " ".join([_now("Done."), *getattr(delivery, "warnings", ())])


def returning(delivery: Delivery, actor: Actor) -> dict[str, Any]:
    """What may come back, for the dialog."""
    moves = list(
        Move.objects.filter(delivery=delivery, done__gt=0).select_related(
            "product__unit"
        )
    )
    possible = returnable([move.pk for move in moves])
    return {
        "moves": [
            (move, format_number(possible[move.pk], actor.profile))
            for move in moves
            if possible[move.pk] > 0
        ]
    }


def return_answers(given: QueryDict, actor: Actor) -> dict[str, Any]:
    """Quantities by move from the dialog."""
    quantities = {}
    for name, text in given.items():
        key = name.removeprefix("quantity-")
        if name != key and key.isascii() and key.isdigit() and str(text).strip():
            quantities[int(key)] = typed_quantity(str(text))
    return {"quantities": quantities, "updates_order": "updates_order" in given}


def typed_quantity(text: str) -> Decimal:
    """A quantity in any digits."""
    from sarnakh.records.errors import InvalidValues

    try:
        return Decimal(str(parse_number(text)))
    except (NumberError, InvalidOperation) as error:
        raise InvalidValues({"quantity": _now("This must be a number.")}) from error


def shown_lines(move: Move, actor: Actor) -> set[str]:
    """What of a line follows from elsewhere."""
    fixed = {"reserved"}
    if move.pk:
        fixed |= {"product"}
        if move.delivery.origin:
            fixed |= {"demand"}
    else:
        fixed |= {"done"}
    return fixed


MOVE_LINES = Lines(
    name="moves",
    label=_("Goods"),
    type=MOVES,
    parent="delivery",
    columns=("product", "description", "demand", "reserved", "done"),
    adds=(Add("product", _("Add a product")),),
    where={"is_cancelled": False},
    may_edit=lambda delivery, actor: is_open(delivery),
    may_add=lambda delivery, actor: is_open(delivery) and not delivery.return_of_id,
    may_remove=lambda move, actor: not move.delivery.origin,
    read_only=shown_lines,
    narrows=lambda field, record, actor, found: (
        found.exclude(kind="service") if field == "product" else found
    ),
    empty=_("No goods yet."),
)

DELIVERY_LIST = Screen(
    slug="deliveries",
    type=DELIVERIES,
    title=_("Deliveries"),
    defaults=("to-do",),
    pages=(
        List(
            columns=("number", "customer", "origin", "scheduled_at", "state"),
            optional=(
                "direction",
                "deadline_at",
                "done_at",
                "method",
                "tracking",
                "warehouse",
                "company",
                "salesperson",
                "backorder_of",
                "created_at",
            ),
        ),
    ),
    groups=(
        "state",
        "direction",
        "customer",
        "warehouse",
        "salesperson",
        "method",
        "company",
        "scheduled_at",
        "done_at",
    ),
    header=("number",),
    sections=(
        Section(
            _("Delivery"),
            ("customer", "origin", "salesperson", "backorder_of", "return_of"),
        ),
        Section(
            _("Dates"),
            ("scheduled_at", "deadline_at", "done_at", "shipping_policy"),
        ),
        Section(_("Shipping"), ("method", "tracking", "warehouse", "company")),
    ),
    lines=(MOVE_LINES,),
    tabs=(Tab("note", _("Note"), (Section("", ("note",)),)),),
    progress=progress,
    banners=banners,
    hides=lambda delivery, actor: {
        name
        for name in ("origin", "backorder_of", "return_of", "done_at", "salesperson")
        if delivery is None or not getattr(delivery, name)
    },
    fixes=lambda delivery, actor: (
        {"customer", "warehouse", "company", "shipping_policy"}
        if delivery is not None and (not is_open(delivery) or delivery.origin)
        else set()
    ),
    buttons=(
        Button(
            command="validate",
            label=pgettext_lazy("delivery", "Validate"),
            icon="check",
            is_primary=lambda delivery: delivery.state == Delivery.State.READY,
            visible=is_open,
            run=press_validate,
            reads=backorder_answer,
            done=said_after,
            rank=10,
        ),
        Button(
            command="reserve",
            label=_("Check availability"),
            icon="refresh",
            is_primary=lambda delivery: delivery.state != Delivery.State.READY,
            visible=lambda delivery: (
                is_open(delivery) and delivery.direction == Delivery.Direction.OUT
            ),
            rank=20,
        ),
        Button(
            command="return",
            label=pgettext_lazy("delivery", "Return"),
            icon="arrow-back-up",
            visible=is_delivered,
            asks="delivery/return.html",
            asking=returning,
            reads=return_answers,
            run=press_return,
            done=lambda delivery, actor: _now("The return is planned."),
            rank=30,
        ),
        Button(
            command="slip",
            label=_("Print slip"),
            icon="printer",
            url=lambda delivery: reverse("delivery:slip", args=[delivery.pk]),
            verb="read",
            rank=40,
        ),
        Button(
            command="unreserve",
            label=_("Give back what is reserved"),
            visible=lambda delivery: (
                is_planned(delivery) and delivery.direction == Delivery.Direction.OUT
            ),
            place="gear",
            rank=60,
        ),
        Button(
            command="cancel",
            label=_("Cancel"),
            icon="x",
            visible=is_open,
            done=lambda delivery, actor: _now("The delivery is cancelled."),
            rank=70,
        ),
    ),
    smart_buttons=(
        SmartButton(
            name="continuations",
            label=_("Backorders and returns"),
            icon="stack-2",
            count=lambda delivery, actor: (
                rows.visible(DELIVERIES, actor).filter(backorder_of=delivery).count()
                + rows.visible(DELIVERIES, actor).filter(return_of=delivery).count()
            ),
            url=lambda delivery: (
                reverse("deliveries:browse") + "?" + continuations_query(delivery)
            ),
            hides_zero=True,
        ),
    ),
    may_delete=lambda delivery: delivery.state != Delivery.State.DONE,
    bulk=(
        EXPORT,
        Bulk(
            name="reserve",
            label=_("Check availability"),
            icon="refresh",
            run=lambda records, by: _each(actions.reserve, records, by),
        ),
        DELETE,
    ),
    panels=("activities", "discussion"),
    empty=_("Confirmed orders with goods are delivered from here."),
)


def continuations_query(delivery: Delivery) -> str:
    """The list of everything that goes on from a delivery."""
    condition = (
        f'["|",["backorder_of","=",{delivery.pk}],["return_of","=",{delivery.pk}]]'
    )
    return SearchState(view="list", custom=(condition,)).query()


def _each(action: Any, records: Any, by: Actor) -> int:
    for record in records:
        action(record, by=by)
    return len(records)


STOCK_LIST = Screen(
    slug="stock",
    type=STOCK_LEVELS,
    title=_("Stock"),
    pages=(
        List(
            columns=("product", "warehouse", "on_hand", "reserved", "rented"),
            optional=("updated_at",),
        ),
    ),
    groups=("product", "warehouse"),
    sections=(
        Section(_("Goods"), ("product", "warehouse")),
        Section(_("Quantity"), ("on_hand", "reserved", "rented")),
    ),
    fixes=lambda level, actor: {"product", "warehouse"} if level is not None else set(),
    new_label=_("Count a product"),
    bulk=(EXPORT,),
    panels=("discussion",),
    empty=_("What lies in the warehouses, of products whose stock is counted."),
)

WAREHOUSE_LIST = Screen(
    slug="warehouses",
    type=WAREHOUSES,
    title=_("Warehouses"),
    pages=(List(columns=("name", "code", "company"), optional=("sequence", "active")),),
    groups=("company",),
    header=("name",),
    sections=(Section(_("Warehouse"), ("code", "company", "sequence", "active")),),
    presets=lambda actor: {"company": actor.company.pk},
    smart_buttons=(
        SmartButton(
            name="stock",
            label=_("Stock"),
            icon="package",
            count=lambda warehouse, actor: (
                rows.visible(STOCK_LEVELS, actor).filter(warehouse=warehouse).count()
            ),
            url=lambda warehouse: (
                reverse("stock:browse")
                + "?"
                + SearchState(
                    view="list", typed=(Typed("warehouse", pk=warehouse.pk),)
                ).query()
            ),
        ),
    ),
    bulk=(EXPORT, DELETE),
    empty=_("Goods leave from warehouses; their codes begin the numbers."),
)

RULE_LINES = Lines(
    name="rules",
    label=_("Price rules"),
    type=SHIPPING_RULES,
    parent="method",
    columns=(
        "variable",
        "operator",
        "value",
        "base_price",
        "factor_price",
        "factor",
    ),
    adds=(Add("rule", _("Add a rule")),),
    may_edit=lambda method, actor: method.provider == ShippingMethod.Provider.RULES,
    empty=_("The first rule that holds makes the price."),
)

METHOD_LIST = Screen(
    slug="shipping-methods",
    type=SHIPPING_METHODS,
    title=_("Shipping methods"),
    pages=(
        List(
            columns=("name", "provider", "product", "company"),
            optional=("invoicing", "free_over", "sequence", "active"),
        ),
    ),
    groups=("provider", "company"),
    header=("name",),
    sections=(
        Section(_("Price"), ("provider", "product", "free_over", "invoicing")),
        Section(_("Margin"), ("margin_percent", "margin_amount")),
        Section(_("Goes to"), ("countries", "states", "zip_prefixes")),
        Section(
            pgettext_lazy("shipping", "More"),
            ("company", "tracking_url", "sequence", "active"),
        ),
    ),
    lines=(RULE_LINES,),
    tabs=(Tab("text", _("Description for the customer"), (
        Section("", ("description",)),
    )),),
    hides=lambda method, actor: (
        {"margin_percent", "margin_amount"}
        if method is not None and method.provider == ShippingMethod.Provider.FIXED
        else {"free_over"}
        if method is not None
        else set()
    ),
    bulk=(EXPORT, DELETE),
    empty=_("How goods are sent, and what that costs."),
)  # fmt: skip
