"""Rewards of an order as its lines stand now (spec sales §10.3.5)."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from decimal import Decimal

from django.utils import timezone
from django.utils.translation import gettext as _

from sarnakh.accounts.actor import Actor
from sarnakh.catalog.models import Product
from sarnakh.money.models import Tax
from sarnakh.records import actions as plain
from sarnakh.records.types.record_type import Values
from sarnakh.records.whole import whole
from sarnakh.sales.lines import actions as lines
from sarnakh.sales.lines import totals
from sarnakh.sales.models import Order, OrderCode, OrderLine, OrderReward, Reward
from sarnakh.sales.promotions import errors
from sarnakh.sales.promotions.amounts import Basket, NothingThere
from sarnakh.sales.promotions.facts import ZERO, Line, Outcome, RewardFacts
from sarnakh.sales.promotions.reading import POINTS, Desk, Offer, pool_of
from sarnakh.sales.services import Purpose, service_product

NOTHING = "nothing"
_busy: ContextVar[frozenset[int]] = ContextVar("busy_orders", default=frozenset())
_AMOUNTS = ["unit_price", "subtotal", "tax", "total", "tax_parts", "margin",
            "version", "updated_at", "updated_by"]  # fmt: skip


@contextmanager
def busy(order_id: int) -> Iterator[None]:
    """Writing lines of rewards is no change that asks for another look."""
    token = _busy.set(_busy.get() | {order_id})
    try:
        yield
    finally:
        _busy.reset(token)


def is_busy(order_id: int) -> bool:
    """Whether lines of rewards of the order are being written."""
    return order_id in _busy.get()


@dataclass
class Result:
    """What has become of a reward in use."""

    use: OrderReward
    outcome: Outcome | None = None
    # Why there is none.
    reason: str = ""


@dataclass(frozen=True)
class Claim:
    """A reward that could be used now."""

    reward: Reward
    facts: RewardFacts
    entry: OrderCode | None
    products: tuple[Product, ...] = ()


@dataclass
class Look:
    """An order with its rewards."""

    desk: Desk
    basket: Basket
    results: list[Result]
    spent: dict[tuple[str, int], Decimal]
    # What rules are judged by.
    judged: list[Line]


def look(desk: Desk) -> Look:
    """Use every reward in its turn; twice, since discounts by codes count against
    the minimum purchase of others."""
    desk.read(use.reward.program_id for use in desk.used)
    first = _pass(desk, desk.base)
    return _pass(desk, first.basket.lines)


def _pass(desk: Desk, judged: list[Line]) -> Look:
    found = Look(desk, Basket(desk.money, list(desk.base)), [], {}, judged)
    for use in desk.used:
        found.results.append(_use(found, use))
    return found


def _use(found: Look, use: OrderReward) -> Result:
    offer = found.desk.offer(use.reward.program_id)
    facts = _facts(offer, use.reward_id)
    if offer is None or facts is None:
        return Result(use, reason="inactive")
    if reason := refusal(found, offer, use.entry):
        return Result(use, reason=reason)
    pool = pool_of(offer, use.entry)
    usable = found.desk.usable(offer, use.entry, found.judged)
    usable -= found.spent.get(pool, ZERO)
    if usable < facts.required or usable < 0:
        return Result(use, reason=POINTS)
    try:
        outcome = give(found.basket, offer, facts, usable, entry=use.entry)
    except NothingThere:
        return Result(use, reason=NOTHING)
    found.spent[pool] = found.spent.get(pool, ZERO) + outcome.spent
    return Result(use, outcome)


def give(
    basket: Basket,
    offer: Offer,
    facts: RewardFacts,
    usable: Decimal,
    *,
    entry: OrderCode | None,
) -> Outcome:
    """Use a reward on a basket."""
    program = offer.program
    return basket.give(
        facts,
        usable,
        program=program.pk,
        by_code=entry is not None,
        is_from_card=program.is_payment or program.type == program.Type.LOYALTY,
    )


def refusal(found: Look, offer: Offer, entry: OrderCode | None) -> str:
    """Why a program cannot be used on this order now; points aside."""
    desk = found.desk
    if reason := desk.closed(offer):
        return reason
    if entry and entry.coupon and (reason := desk.coupon_refused(entry.coupon)):
        return reason
    return desk.lacks(offer, found.judged) if offer.needs_rule else ""


def claims(found: Look, *, entry: OrderCode | None = None) -> list[Claim]:
    """Rewards that could be used now; with `entry`, those of this code."""
    desk = found.desk
    offers = desk.open_offers()
    result = []
    for offer in offers:
        for one in _entries(desk, offer):
            if entry and (one is None or one.pk != entry.pk):
                continue
            if refusal(found, offer, one):
                continue
            usable = desk.usable(offer, one, found.judged)
            usable -= found.spent.get(pool_of(offer, one), ZERO)
            for reward, facts in offer.rewards:
                claim = Claim(reward, facts, one, _choices(desk, reward))
                if usable > 0 and _fits(found, offer, claim, usable):
                    result.append(claim)
    return result


def _entries(desk: Desk, offer: Offer) -> Sequence[OrderCode | None]:
    """How an offer comes to the order: by codes, or by itself."""
    pk = offer.program.pk
    coupons = [
        code for code in desk.codes if code.coupon and code.coupon.program_id == pk
    ]
    if coupons:
        return coupons
    by_rule = [code for code in desk.codes if code.rule and code.rule.program_id == pk]
    if by_rule:
        return by_rule[:1]
    if offer.program.is_nominative:
        return [None]
    is_for_later = offer.program.applies == offer.program.Applies.FUTURE
    is_by_itself = offer.program.trigger == offer.program.Trigger.AUTO
    return [None] if is_by_itself and not is_for_later else []


def _choices(desk: Desk, reward: Reward) -> tuple[Product, ...]:
    if reward.kind != Reward.Kind.PRODUCT:
        return ()
    return tuple(
        product
        for product in reward.products.all()
        if product.active
        and not product.has_variants
        and product.company_id in (None, desk.order.company_id)
    )


def _fits(found: Look, offer: Offer, claim: Claim, usable: Decimal) -> bool:
    facts, uses = claim.facts, [one for one in found.results if one.outcome]
    if usable < facts.required:
        return False
    if facts.kind == Reward.Kind.PRODUCT and not claim.products:
        return False
    if facts.kind == Reward.Kind.SHIPPING and any(
        one.use.reward.kind == Reward.Kind.SHIPPING for one in uses
    ):
        return False
    if facts.kind == Reward.Kind.DISCOUNT and any(
        one.use.reward_id == facts.pk
        and (not facts.is_payment or one.use.entry_id == _pk(claim.entry))
        for one in uses
    ):
        return False
    trial = Basket(found.desk.money, list(found.basket.lines), dict(found.basket.left))
    if facts.is_global and (best := global_use(found)):
        if best.use.reward.percent >= facts.percent:
            return False
        # It would replace that one.
        trial = Basket(found.desk.money, list(found.desk.base))
    try:
        give(trial, offer, facts, usable, entry=claim.entry)
    except NothingThere:
        return False
    return True


def global_use(found: Look) -> Result | None:
    """The percentage on the whole order that is in use."""
    for one in found.results:
        facts = _facts(found.desk.offer(one.use.reward.program_id), one.use.reward_id)
        if one.outcome and facts and facts.is_global:
            return one
    return None


def _facts(offer: Offer | None, reward_id: int) -> RewardFacts | None:
    rewards = offer.rewards if offer else ()
    return next((facts for reward, facts in rewards if reward.pk == reward_id), None)


def _pk(entry: OrderCode | None) -> int | None:
    return entry.pk if entry else None


# --- writing ----------------------------------------------------------------------


@whole
def evaluate(
    order: Order, *, by: Actor, strict: bool = False, anew: bool = False
) -> Look:
    """Bring the rewards of a quotation up to date: what holds no more goes, the rest
    is computed anew. The caller holds the order's row.

    `strict` refuses when points are missing; `anew` writes free products again,
    since the price list is another one.
    """
    desk = Desk(order)
    found = look(desk)
    if strict:
        for one in found.results:
            if one.reason == POINTS:
                raise errors.NotEnoughPoints(str(one.use.entry or one.use.reward))
    with busy(order.pk):
        lost = [one for one in found.results if one.outcome is None]
        _drop(order, [one.use for one in lost], desk.lines, by=by)
        lines.tell(
            order,
            [_("No longer valid: %(reward)s") % {"reward": one.use.reward}
             for one in lost],
            by=by,
        )  # fmt: skip
        kept = [one for one in found.results if one.outcome is not None]
        is_written = _write(order, kept, desk, by=by, anew=anew)
    if lost or is_written:
        refresh(order)
    found.results = kept
    return found


def refresh(order: Order) -> None:
    """The figures of the object follow its row."""
    order.refresh_from_db(fields=[*totals.FIGURES, "version"])


@whole
def drop(order: Order, uses: Sequence[OrderReward], *, by: Actor) -> None:
    """Take rewards off an order with their lines and codes."""
    with busy(order.pk):
        _drop(order, uses, Desk(order).lines, by=by)


def _drop(
    order: Order, uses: Sequence[OrderReward], stored: Sequence[OrderLine], *,
    by: Actor,
) -> None:  # fmt: skip
    keys = {use.pk for use in uses}
    if not keys:
        return
    gone = [line for line in stored if line.reward_id in keys]
    if gone:
        lines.remove(gone, by=by)
    entries = {use.entry_id for use in uses if use.entry_id}
    OrderReward.objects.filter(pk__in=keys).delete()
    OrderCode.objects.filter(pk__in=entries, rewards=None).delete()


def _write(
    order: Order, results: Sequence[Result], desk: Desk, *, by: Actor, anew: bool
) -> bool:
    """Lines as the rewards want them; whether anything had to be written."""
    by_use: dict[int, list[OrderLine]] = {}
    for line in desk.lines:
        if line.reward_id:
            by_use.setdefault(line.reward_id, []).append(line)
    repriced: list[OrderLine] = []
    gone: list[OrderLine] = []
    added: list[Values] = []
    for one in results:
        use, outcome = one.use, one.outcome
        assert outcome is not None  # noqa: S101 - only those in use come here
        if use.points != outcome.spent:
            OrderReward.objects.filter(pk=use.pk).update(points=outcome.spent)
            use.points = outcome.spent
        stored = by_use.get(use.pk, [])
        if use.reward.kind == Reward.Kind.PRODUCT:
            same = [line.quantity for line in stored] == [outcome.quantity]
            if not same or anew:
                gone += stored
                added.append(_free_product(use, outcome))
            continue
        if [_taxes(line) for line in stored] == [p.taxes for p in outcome.lines]:
            for line, priced in zip(stored, outcome.lines, strict=True):
                if line.unit_price != priced.unit_price:
                    line.unit_price = priced.unit_price
                    repriced.append(line)
            continue
        gone += stored
        added += _discounts(order, use, outcome, by=by)
    if gone:
        lines.remove(gone, by=by)
    if repriced:
        _reprice(order, repriced, by=by)
    if added:
        _make_room(order, results, added)
        lines.add(order, added, by=by, is_ours=True)
    return bool(gone or repriced or added)


def _taxes(line: OrderLine) -> tuple[int, ...]:
    return tuple(sorted(tax.pk for tax in line.taxes.all()))


def _reprice(order: Order, found: Sequence[OrderLine], *, by: Actor) -> None:
    from sarnakh.sales.lines.scene import Scene

    scene, now = Scene(order), timezone.now()
    for line in found:
        scene.compute(line, _taxes(line))
        line.version += 1
        line.updated_at, line.updated_by_id = now, by.user_id
    OrderLine.objects.bulk_update(found, _AMOUNTS, batch_size=200)
    totals.recompute(plain.locked(order, *lines.LINKS), scene=scene)


def _make_room(
    order: Order, results: Sequence[Result], added: Sequence[Values]
) -> None:
    """What pays stands below everything else that rewards give."""
    paying = {one.use.pk for one in results if one.use.reward.program.is_payment}
    if not paying or all(one["reward"].pk in paying for one in added):
        return
    below = OrderLine.objects.filter(order=order, reward__in=paying)
    last = OrderLine.objects.filter(order=order).order_by("-sequence").first()
    place = last.sequence if last else 0
    for number, one in enumerate(added, start=1):
        one["sequence"] = place + number
    for number, line in enumerate(below.order_by("sequence", "pk"), start=1):
        OrderLine.objects.filter(pk=line.pk).update(
            sequence=place + len(added) + number
        )


def _free_product(use: OrderReward, outcome: Outcome) -> Values:
    return {
        "product": use.product_id,
        "quantity": outcome.quantity,
        "discount": Decimal(100),
        "is_reward": True,
        "reward": use,
        "description": use.reward.description or _("Free: %(product)s")
        % {"product": use.product.name if use.product else ""},
    }  # fmt: skip


def _discounts(
    order: Order, use: OrderReward, outcome: Outcome, *, by: Actor
) -> list[Values]:
    product = service_product(order.company, Purpose.PROMOTION, by=by)
    title = title_of(use.reward, str(use.entry) if use.entry else "")
    names = _tax_names(outcome) if len(outcome.lines) > 1 else {}
    return [
        {
            "product": product.pk,
            "description": f"{title} ({names[priced.taxes]})" if names else title,
            "quantity": 1,
            "unit_price": priced.unit_price,
            "discount": 0,
            "cost": 0,
            "taxes": list(priced.taxes),
            "is_reward": True,
            "reward": use,
        }
        for priced in outcome.lines
    ]


def _tax_names(outcome: Outcome) -> dict[tuple[int, ...], str]:
    known = Tax.objects.in_bulk({pk for one in outcome.lines for pk in one.taxes})
    return {
        one.taxes: "، ".join(known[pk].name for pk in one.taxes if pk in known)
        or _("without tax")
        for one in outcome.lines
    }


def title_of(reward: Reward, code: str = "") -> str:
    """What customers read: the reward's own text, or what it does."""
    if reward.description:
        return reward.description
    program = reward.program
    if reward.kind == Reward.Kind.SHIPPING:
        return _("Free shipping")
    if reward.kind == Reward.Kind.PRODUCT:
        return _("Free product")
    if program.is_payment:
        return f"{program.name} {code}".strip()
    if reward.mode == Reward.Mode.PERCENT:
        number = f"{reward.percent.normalize():f}"
        texts = {
            Reward.Scope.ORDER: _("%(percent)s%% on your order"),
            Reward.Scope.CHEAPEST: _("%(percent)s%% on the cheapest product"),
            Reward.Scope.SPECIFIC: _("%(percent)s%% on chosen products"),
        }
        return texts[Reward.Scope(reward.scope)] % {"percent": number}
    return _("Discount: %(name)s") % {"name": program.name}


__all__ = [
    "Claim", "Look", "busy", "claims", "drop", "evaluate", "global_use", "is_busy",
    "look", "refusal", "refresh", "title_of",
]  # fmt: skip
