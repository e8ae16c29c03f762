"""Using promotions and codes on a quotation (spec sales §10.3)."""

from typing import Any

from django.urls import reverse

from sarnakh.accounts.actor import Actor
from sarnakh.lib.errors import Refused
from sarnakh.lib.money import format_money
from sarnakh.records import actions as plain
from sarnakh.records.whole import whole
from sarnakh.sales import errors as sales_errors
from sarnakh.sales.lines import actions as lines
from sarnakh.sales.models import (
    Coupon,
    Order,
    OrderCode,
    OrderReward,
    Program,
    ProgramRule,
)
from sarnakh.sales.promotions import codes, eligibility, errors
from sarnakh.sales.promotions.evaluating import (
    Claim,
    Look,
    busy,
    claims,
    drop,
    evaluate,
    global_use,
    look,
    refresh,
    refusal,
)
from sarnakh.sales.promotions.reading import (
    CODE,
    CUSTOMER,
    EXPIRED,
    LIMIT,
    Desk,
    Offer,
)


@whole
def apply_promotions(order: Order, *, by: Actor) -> Order:
    """Bring rewards up to date; the only one that can be had is used at once.

    Where there are several, `claim_reward` takes the one that is chosen. Refused when
    there is none.
    """
    order = _open(order)
    found = evaluate(order, by=by)
    offered = claims(found)
    if not offered:
        raise errors.NothingToClaim
    if is_single(offered):
        _claim(order, found, offered[0], None, by=by)
    return order


@whole
def apply_code(order: Order, *, code: str, by: Actor) -> Order:
    """Enter the code of a rule or a coupon; the only reward of it is used at once."""
    order = _open(order)
    found = evaluate(order, by=by)
    entry = _enter(order, found.desk, code)
    found = look(Desk(order))
    offered = claims(found, entry=entry)
    if not offered:
        raise _why_not(found, entry, by)
    if is_single(offered):
        _claim(order, found, offered[0], None, by=by)
    return order


@whole
def claim_reward(
    order: Order, *, reward: int, product: int | None = None, by: Actor
) -> Order:
    """Use one of the rewards that can be had, with the product that was chosen."""
    order = _open(order)
    found = evaluate(order, by=by)
    chosen = next((one for one in claims(found) if one.reward.pk == reward), None)
    if chosen is None:
        raise errors.NotClaimable
    _claim(order, found, chosen, product, by=by)
    return order


def offers(order: Order) -> list[Claim]:
    """What could be used now; nothing is written."""
    return claims(look(Desk(order))) if order.is_quotation else []


def is_single(offered: list[Claim]) -> bool:
    """Whether there is nothing to choose."""
    return len(offered) == 1 and len(offered[0].products) <= 1


# --- buttons ------------------------------------------------------------------------


def press_promotions(order: Order, *, by: Actor) -> Order | str:
    """The button: use the one there is, or go where one is chosen."""
    before = OrderReward.objects.filter(order=order).count()
    order = apply_promotions(order, by=by)
    return _or_choose(order, before)


def press_code(order: Order, *, code: str, by: Actor) -> Order | str:
    """The dialog: the same for a code."""
    before = OrderReward.objects.filter(order=order).count()
    order = apply_code(order, code=code, by=by)
    return _or_choose(order, before)


def _or_choose(order: Order, before: int) -> Order | str:
    if OrderReward.objects.filter(order=order).count() > before:
        return order
    return reverse("sales:promotions", args=[order.pk]) if offers(order) else order


# --- inside ---------------------------------------------------------------------------


def _open(order: Order) -> Order:
    order = plain.locked(order, *lines.LINKS, "customer__parent")
    if order.state == Order.State.CANCELLED:
        raise sales_errors.is_cancelled(order.number)
    if not order.is_quotation:
        raise sales_errors.is_confirmed(order.number)
    return order


def _claim(
    order: Order, found: Look, claim: Claim, product: int | None, *, by: Actor
) -> None:
    chosen = _product(claim, product)
    program = Program.objects.select_for_update().get(pk=claim.reward.program_id)
    if program.usage_limit and found.desk.uses(program) >= program.usage_limit:
        raise errors.limit_reached()
    if claim.facts.is_global and (best := global_use(found)):
        if best.use.reward.percent >= claim.facts.percent:
            raise errors.better_applied()
        drop(order, [best.use], by=by)
    made = OrderReward.objects.create(
        order=order, reward=claim.reward, entry=claim.entry, product=chosen
    )
    evaluate(order, by=by)
    if not OrderReward.objects.filter(pk=made.pk).exists():
        raise sales_errors.NothingToDiscount
    with busy(order.pk):
        lines.changed_order(order, fields={"rewards"}, by=by)
    refresh(order)


def _product(claim: Claim, product: int | None) -> Any:
    if not claim.products:
        return None
    if product is None and len(claim.products) == 1:
        return claim.products[0]
    found = next((one for one in claim.products if one.pk == product), None)
    if found is None:
        raise errors.NotClaimable
    return found


def _enter(order: Order, desk: Desk, typed: str) -> OrderCode:
    """Put a code on the order; its program is looked at later."""
    wanted = codes.spellings(typed)
    rule = ProgramRule.objects.filter(code__in=wanted).exclude(code="").first()
    coupon = None
    if rule is None:
        coupon = (
            Coupon.objects.filter(code__in=wanted)
            .select_related("customer__parent")
            .first()
        )
        if coupon is None:
            raise errors.unknown()
    pk = rule.program_id if rule else coupon.program_id  # type: ignore[union-attr]
    offer = desk.offer(pk)
    _refuse_closed(desk, offer)
    used = OrderReward.objects.filter(order=order, entry__rule=rule,
                                      entry__coupon=coupon)  # fmt: skip
    if used.exists():
        raise errors.already_applied()
    if coupon:
        _refuse_coupon(desk, offer, coupon)
    entry, _made = OrderCode.objects.get_or_create(
        order=order, rule=rule, coupon=coupon
    )
    return entry


def _refuse_closed(desk: Desk, offer: Offer | None) -> None:
    reason = desk.closed(offer) if offer else "inactive"
    if reason == EXPIRED:
        raise errors.expired()
    if reason == LIMIT:
        raise errors.limit_reached()
    if reason:
        raise errors.unknown()


def _refuse_coupon(desk: Desk, offer: Offer | None, coupon: Coupon) -> None:
    reason = desk.coupon_refused(coupon)
    if reason == EXPIRED:
        raise errors.expired()
    if reason == CUSTOMER:
        raise errors.of_somebody_else()
    if reason:
        raise errors.for_later()
    rewards = offer.rewards if offer else ()
    cheapest = min((facts.required for _reward, facts in rewards), default=None)
    if cheapest is None or coupon.points < cheapest or not coupon.points:
        raise errors.used_up()


def _why_not(found: Look, entry: OrderCode, by: Actor) -> Refused:
    """The reason why a code gives nothing."""
    desk = found.desk
    row = entry.coupon or entry.rule
    offer = desk.offer(row.program_id)  # type: ignore[union-attr]
    if offer is None:
        return errors.unknown()
    reason = refusal(found, offer, entry)
    if reason == eligibility.AMOUNT:
        least = min(
            rule.minimum_amount
            for rule in desk.open_rules(offer)
            if rule.minimum_amount
        )
        return errors.purchase_too_small(
            format_money(least, desk.order.currency, by.profile)
        )
    if reason in {eligibility.PRODUCTS, eligibility.QUANTITY}:
        return errors.products_missing()
    if reason == CODE:
        return errors.unknown()
    best = global_use(found)
    if best and any(facts.is_global for _reward, facts in offer.rewards):
        return errors.better_applied()
    if any(one.use.entry_id == entry.pk for one in found.results):
        return errors.already_applied()
    if found.desk.usable(offer, entry, found.judged) <= 0:
        return errors.used_up()
    return sales_errors.NothingToDiscount()


__all__ = [
    "apply_code",
    "apply_promotions",
    "claim_reward",
    "is_single",
    "offers",
    "press_code",
    "press_promotions",
]
