"""Orders change, are confirmed and cancelled; promotions follow."""

from collections.abc import Collection, Sequence
from typing import Any

from django.dispatch import receiver

from sarnakh.accounts.actor import Actor
from sarnakh.sales.events import order_cancelled, order_changed, order_confirmed
from sarnakh.sales.models import Order, OrderLine, OrderReward
from sarnakh.sales.orders import sides, states
from sarnakh.sales.promotions import evaluating, points

RELEVANT = frozenset({"customer", "pricelist", "fiscal_position", "company",
                      "template"})  # fmt: skip


@receiver(order_changed)
def follow_order(
    sender: Any,
    order: Order,
    by: Actor,
    fields: Collection[str] = (),
    added: Sequence[OrderLine] = (),
    changed: Sequence[tuple[OrderLine, Any]] = (),
    removed: Sequence[OrderLine] = (),
    **_rest: Any,
) -> None:
    """Rewards of a quotation follow its lines; those whose line was taken off go.

    A confirmed order keeps its rewards, but earns by its lines as they are now.
    """
    if evaluating.is_busy(order.pk):
        return
    names = set(fields)
    if not (added or changed or removed or names & RELEVANT):
        return
    if order.state == Order.State.SALE:
        points.settle(order, strict=False, by=by)
        return
    if not sides.may_have(order, "rewards"):
        return
    uses = list(OrderReward.objects.filter(order=order))
    if not uses or not order.is_quotation:
        return
    gone = {line.reward_id for line in removed if line.reward_id}
    if gone:
        evaluating.drop(order, [use for use in uses if use.pk in gone], by=by)
        evaluating.refresh(order)
    if gone != {use.pk for use in uses}:
        evaluating.evaluate(order, anew="pricelist" in names, by=by)


@receiver(order_confirmed)
def settle(sender: Any, order: Order, by: Actor, **_rest: Any) -> None:
    """Points are written to cards, and coupons for later orders are made."""
    points.confirmed(order, by=by)


@receiver(order_cancelled)
def give_back(sender: Any, order: Order, by: Actor, **_rest: Any) -> None:
    """Points return, rewards go."""
    points.give_back(order, by=by)


def look_again(order: Order, *, by: Actor) -> None:
    """Before a confirmation; refuses when points are missing."""
    if not sides.may_have(order, "rewards"):
        return
    if OrderReward.objects.filter(order=order).exists():
        evaluating.evaluate(order, strict=True, by=by)


states.CHECKS.append(look_again)
