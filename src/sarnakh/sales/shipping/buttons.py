"""“Add shipping” below the lines, and its dialog."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from sarnakh.accounts.actor import Actor
from sarnakh.lib.numbers import NumberError, parse_number
from sarnakh.records.errors import InvalidValues
from sarnakh.sales.models import Order
from sarnakh.sales.shipping import actions, queries
from sarnakh.screens import panels
from sarnakh.screens.screen import Button

ADD, CHANGE, REMOVE = "add-shipping", "change-shipping", "remove-shipping"


def offer() -> None:
    """Register them; called once, when the room starts."""
    panels.add_buttons("orders", *BUTTONS)


def fitting(order: Order, buttons: Iterable[Any]) -> list[Any]:
    """Of the buttons below the lines those that make sense with these lines: dialogs
    are drawn with the page, lines come and go below them."""
    hidden = {ADD} if order.shipping_method_id else {CHANGE, REMOVE}
    if not order.shipping_method_id and not queries.has_goods(order):
        hidden |= {ADD}
    return [one for one in buttons if one.button.command not in hidden]


def typed_weight(text: str) -> Decimal | None:
    """Kilograms as typed; None for the estimate."""
    if not text.strip():
        return None
    try:
        return parse_number(text.strip())
    except NumberError:
        raise InvalidValues(
            {"weight": _now("“%(text)s” is not a number.") % {"text": text[:40]}}
        ) from None


def answers(given: QueryDict, actor: Actor) -> dict[str, Any]:
    """Which method, and the weight where it was typed."""
    number = given.get("method", "")
    if not (number.isascii() and number.isdigit()):
        raise InvalidValues({"shipping_method": _now("Choose a shipping method.")})
    return {
        "shipping_method": int(number),
        "weight": typed_weight(given.get("weight", "")),
    }


def may_send(order: Order) -> bool:
    """Cancelled and locked orders stay as they are."""
    return order.state != Order.State.CANCELLED and not order.is_locked


def _button(command: str, label: Any, rank: int) -> Button:
    return Button(
        command=command,
        label=label,
        icon="truck-delivery",
        place="lines",
        rank=rank,
        visible=may_send,
        run=actions.set_shipping,
        asks="sales/shipping/dialog.html",
        reads=answers,
        done=lambda order, actor: _now("The shipping cost stands on the order."),
    )


BUTTONS = (
    _button(ADD, _("Add shipping"), 20),
    _button(CHANGE, _("Update shipping cost"), 20),
    Button(
        command=REMOVE,
        label=_("Remove shipping"),
        icon="x",
        place="lines",
        rank=21,
        visible=may_send,
        run=actions.remove_shipping,
    ),
    Button(
        command="update-shipping",
        label=_("Update shipping cost"),
        place="banner",
        visible=may_send,
        run=actions.update_shipping,
    ),
)
