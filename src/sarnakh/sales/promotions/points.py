"""Points of coupons and cards: they move when orders are confirmed, changed or
cancelled, never below zero (spec sales §10.2, §30.8)."""

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal

from sarnakh.accounts.actor import Actor
from sarnakh.records import actions as plain
from sarnakh.records import changes
from sarnakh.records.types import by_model
from sarnakh.records.whole import whole
from sarnakh.sales.lines import totals
from sarnakh.sales.models import (
    Coupon,
    Order,
    OrderCode,
    OrderLine,
    OrderReward,
    PointMove,
    Program,
)
from sarnakh.sales.orders import sides
from sarnakh.sales.promotions import codes, eligibility, errors, mailing
from sarnakh.sales.promotions.facts import ZERO, RuleFacts
from sarnakh.sales.promotions.reading import Applies, Desk, Offer


@whole
def confirmed(order: Order, *, by: Actor) -> None:
    """An order was confirmed: points are written, coupons for later orders made."""
    desk = Desk(order)
    earning = _earning(desk)
    settle(order, desk=desk, earning=earning, by=by)
    _bring(desk, earning, by=by)


@whole
def settle(
    order: Order,
    *,
    strict: bool = True,
    desk: Desk | None = None,
    earning: Sequence[Offer] | None = None,
    by: Actor,
) -> None:
    """Write what a confirmed order spends and earns, less what it did before.

    Doing it twice changes nothing more. With `strict` a card that would fall below
    zero refuses; without, it stays at zero.
    """
    desk = desk or Desk(order)
    wanted: dict[int, Decimal] = {}
    by_card: dict[int, Decimal] = {}
    for use in desk.used:
        program = use.reward.program
        if use.entry and use.entry.coupon_id:
            pk = use.entry.coupon_id
            wanted[pk] = wanted.get(pk, ZERO) - use.points
        elif program.is_nominative:
            by_card[program.pk] = by_card.get(program.pk, ZERO) - use.points
    for offer in _earning(desk) if earning is None else earning:
        if offer.program.is_nominative:
            points = desk.earned(offer, desk.stored)
            pk = offer.program.pk
            by_card[pk] = by_card.get(pk, ZERO) + points
    for program_id, points in by_card.items():
        if points or program_id in desk.cards:
            card = desk.cards.get(program_id) or _card(desk, program_id)
            wanted[card.pk] = wanted.get(card.pk, ZERO) + points
    _move(order, wanted, strict=strict, by=by)


def _bring(desk: Desk, earning: Sequence[Offer], *, by: Actor) -> None:
    """Make the coupons that a confirmed order brings for later ones, and mail them."""
    order = desk.order
    made: list[Coupon] = []
    for offer in earning:
        program = offer.program
        if program.is_nominative or program.applies != Applies.FUTURE:
            continue
        if Coupon.objects.filter(order=order, program=program).exists():
            continue
        for points in _portions(desk, offer):
            coupon = Coupon(
                program=program,
                code=codes.new_code(),
                points=points,
                order=order,
                customer=None if program.is_payment else desk.head,
                expires_on=_expiry(program, desk.today),
            )
            plain.stamp(coupon, by=by)
            made.append(coupon)
    if made:
        Coupon.objects.bulk_create(made, batch_size=500)
        _log_created(made, by=by)
        mailing.send(order, made, by=by)


@whole
def give_back(order: Order, *, by: Actor) -> None:
    """A cancelled order: points return, unused coupons of it go, and so do the lines
    of rewards, as far as they were neither invoiced nor delivered."""
    _move(order, {}, strict=False, by=by)
    for coupon in Coupon.objects.filter(order=order):
        is_used = coupon.moves.exists() or coupon.used_codes.exists()
        if not is_used:
            coupon.delete()
        elif not coupon.moves.exists() and coupon.points:
            # Somebody has entered it on a quotation: it stays there as used up.
            Coupon.objects.filter(pk=coupon.pk, points=coupon.points).update(
                points=ZERO
            )
    uses = OrderReward.objects.filter(order=order)
    if not uses.exists() and not OrderCode.objects.filter(order=order).exists():
        return
    OrderLine.objects.filter(
        order=order, is_reward=True, invoiced=ZERO, delivered=ZERO
    ).filter(invoice_lines=None).delete()
    uses.delete()
    OrderCode.objects.filter(order=order).delete()
    totals.recompute(order)


def _earning(desk: Desk) -> list[Offer]:
    """Offers that give points for this order."""
    candidates = Program.objects.filter(
        active=True, applies__in=(Applies.FUTURE, Applies.BOTH)
    ).exclude(type=Program.Type.COUPONS)
    keys = list(candidates.values_list("pk", flat=True))
    if not keys:
        return []
    entered = {code.rule.program_id for code in desk.codes if code.rule}
    desk.read(keys)
    found = [desk.offer(pk) for pk in keys]
    return [
        offer
        for offer in found
        if offer
        and not desk.closed(offer)
        and (
            offer.program.trigger == Program.Trigger.AUTO or offer.program.pk in entered
        )
    ]


def _portions(desk: Desk, offer: Offer) -> list[Decimal]:
    """The points of each coupon: one in sum, or one for every unit bought."""
    judged, pk = desk.stored, offer.program.pk
    whole_sum, portions = ZERO, []
    for rule in desk.open_rules(offer):
        if eligibility.missing(rule, judged, program=pk):
            continue
        points = eligibility.earned(rule, judged, program=pk, unit=offer.unit)
        if rule.splits:
            portions += _split(rule, points, int(eligibility.bought(rule, judged)))
        else:
            whole_sum += points
    found = [*portions, whole_sum]
    return [points for points in found if points > 0]


def _split(rule: RuleFacts, points: Decimal, count: int) -> list[Decimal]:
    if count <= 0:
        return []
    if rule.per == "order":
        return [rule.points] * min(count, MOST)
    each = eligibility.down(points / count)
    return [each] * min(count, MOST)


MOST = 1_000
"""So many coupons an order brings."""


def _card(desk: Desk, program_id: int) -> Coupon:
    card, _is_new = Coupon.objects.get_or_create(
        program_id=program_id,
        customer=desk.head,
        is_card=True,
        defaults={"code": codes.new_code(), "points": ZERO},
    )
    desk.cards[program_id] = card
    return card


def _move(order: Order, wanted: dict[int, Decimal], *, strict: bool, by: Actor) -> None:
    """Bring the order's effect on each coupon to what is wanted; coupons in one
    order, so that two such writes never wait for each other."""
    had: dict[int, PointMove] = {}
    if sides.may_have(order, "points"):
        had = {m.coupon_id: m for m in PointMove.objects.filter(order=order)}
    keys = sorted(
        pk
        for pk in {*had, *wanted}
        if wanted.get(pk, ZERO) != (had[pk].points if pk in had else ZERO)
    )
    if not keys:
        return
    rows = Coupon.objects.select_for_update().filter(pk__in=keys).order_by("pk")
    for coupon in rows:
        before = had[coupon.pk].points if coupon.pk in had else ZERO
        delta = wanted.get(coupon.pk, ZERO) - before
        after = coupon.points + delta
        if after < 0:
            if strict:
                raise errors.NotEnoughPoints(coupon.code)
            delta, after = -coupon.points, ZERO
        kept = Coupon.objects.filter(pk=coupon.pk, points=coupon.points)
        if not kept.update(points=after):
            raise errors.NotEnoughPoints(coupon.code)
        PointMove.objects.update_or_create(
            order=order, coupon=coupon, defaults={"points": before + delta}
        )
        changes.log(
            coupon,
            by_model(Coupon),
            by=by,
            event="points",
            values={"points": [str(coupon.points), str(after)]},
            note=f"<p>{order.number}</p>",
        )
    if not wanted:
        PointMove.objects.filter(order=order).delete()


def _expiry(program: Program, today: dt.date) -> dt.date | None:
    days = min(program.coupon_days, 36_500)
    return today + dt.timedelta(days=days) if days else None


def _log_created(made: list[Coupon], *, by: Actor) -> None:
    coupon_type = by_model(Coupon)
    changes.log_many(
        [changes.entry(one, coupon_type, by=by, event="created") for one in made]
    )
