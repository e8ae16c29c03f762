"""The buttons of promotions below the lines of a quotation."""

from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sarnakh.accounts.actor import Actor
from sarnakh.discussion.words import EVENTS
from sarnakh.sales.models import Order
from sarnakh.sales.promotions import actions
from sarnakh.screens import panels
from sarnakh.screens.screen import Button


def offer() -> None:
    """Register them; called once, when the room starts."""
    panels.add_buttons("orders", *BUTTONS)
    EVENTS["points"] = pgettext_lazy("event", "Points")


def typed_code(given: QueryDict, actor: Actor) -> dict[str, Any]:
    """What stands in the field."""
    return {"code": given.get("code", "")[:100]}


def chosen(given: QueryDict, actor: Actor) -> dict[str, Any]:
    """Which reward, and which product of it: `12` or `12:345`."""
    reward, _colon, product = given.get("reward", "").partition(":")
    return {
        "reward": int(reward) if reward.isascii() and reward.isdigit() else 0,
        "product": int(product) if product.isascii() and product.isdigit() else None,
    }


def said(found: Any, actor: Actor) -> str:
    """Said where something was applied, not where one has still to choose."""
    return "" if isinstance(found, str) else _now("Applied.")


def is_quotation(order: Order) -> bool:
    """Rewards are settled with the confirmation."""
    return order.is_quotation


BUTTONS = (
    Button(
        command="enter-code",
        label=_("Coupon code"),
        icon="tag",
        place="lines",
        rank=10,
        visible=is_quotation,
        run=actions.press_code,
        asks="sales/promotions/code.html",
        reads=typed_code,
        done=said,
    ),
    Button(
        command="promotions",
        label=_("Promotions"),
        icon="percentage",
        place="lines",
        rank=11,
        visible=is_quotation,
        run=actions.press_promotions,
        done=said,
    ),
    Button(
        command="claim-reward",
        label=_("Use"),
        place="chooser",
        visible=is_quotation,
        reads=chosen,
        done=said,
    ),
)
