"""Programs and orders as the pure part of promotions takes them."""

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from django.db.models import Q

from sarnakh.contacts.models import Contact
from sarnakh.lib.money import CURRENCIES
from sarnakh.money import rates
from sarnakh.money.taxes.engine import LineAmounts, TaxRule, parts_from_json
from sarnakh.sales.lines import actions as lines
from sarnakh.sales.lines.scene import PRODUCT, Scene
from sarnakh.sales.models import (
    Coupon,
    Order,
    OrderCode,
    OrderLine,
    OrderReward,
    Program,
    ProgramRule,
    Reward,
)
from sarnakh.sales.orders import sides
from sarnakh.sales.promotions import eligibility
from sarnakh.sales.promotions.facts import (
    ZERO,
    Filter,
    Line,
    Money,
    RewardFacts,
    RuleFacts,
)

Applies, Type, Trigger = Program.Applies, Program.Type, Program.Trigger
INACTIVE, EXPIRED, ELSEWHERE, LIMIT = "inactive", "expired", "elsewhere", "limit"
POINTS, CODE, CUSTOMER = "points", "code", "customer"
DEEPEST = 20
# Smallest units of a program's currency in those of the order.
Amount = Callable[[int], int]


@dataclass(frozen=True)
class Offer:
    """A program with its rules and rewards in the order's currency."""

    program: Program
    rules: tuple[RuleFacts, ...]
    rewards: tuple[tuple[Reward, RewardFacts], ...]
    # One unit of the program's money in smallest units of the order's currency.
    unit: Decimal

    @property
    def needs_rule(self) -> bool:
        """Whether a rule has to hold for using it: rules of programs for later
        orders say how points are earned, not how they are spent."""
        return self.program.applies == Applies.CURRENT and bool(self.rules)

    @property
    def earns_now(self) -> bool:
        """Whether what this order earns can be spent on it."""
        return (
            self.program.applies != Applies.FUTURE and self.program.type != Type.COUPONS
        )


class Desk:
    """One order and the offers around it; whatever is read, is read once."""

    def __init__(self, order: Order) -> None:
        self.order = order
        self.scene = Scene(order)
        self._offers: dict[int, Offer | None] = {}

    # --- the order ----------------------------------------------------------------

    @cached_property
    def today(self) -> dt.date:
        """Today where the company is."""
        return self.order.company.profile().today()

    @cached_property
    def lines(self) -> list[OrderLine]:
        """Product lines as they stand."""
        return [
            line for line in lines.full_lines(self.order)
            if line.kind == PRODUCT and not line.is_downpayment
        ]  # fmt: skip

    @cached_property
    def used(self) -> list[OrderReward]:
        """Rewards in use: those that pay come last."""
        if not sides.may_have(self.order, "rewards"):
            return []
        found = OrderReward.objects.filter(order=self.order).select_related(
            "reward__program", "entry__coupon", "entry__rule", "product"
        )
        return sorted(found, key=lambda o: (o.reward.program.is_payment, o.pk))

    @cached_property
    def codes(self) -> list[OrderCode]:
        """Codes that were entered."""
        return list(
            OrderCode.objects.filter(order=self.order)
            .select_related("rule", "coupon")
            .order_by("pk")
        )

    @cached_property
    def head(self) -> Contact:
        """The customer's company, or the person that has none."""
        return head_of(self.order.customer)

    @cached_property
    def cards(self) -> dict[int, Coupon]:
        """The customer's cards by program."""
        found = Coupon.objects.filter(customer=self.head, is_card=True)
        return {card.program_id: card for card in found}

    @cached_property
    def money(self) -> Money:
        """How amounts are computed, with every tax on the lines."""
        ids = {tax.pk for line in self.lines for tax in line.taxes.all()}
        rules = dict(self.scene.rules(ids))
        for rule in [*rules.values()]:
            rules |= {child.id: child for child in rule.children}
        return Money(rules, self.scene.decimals, self.scene.per_document)

    @cached_property
    def base(self) -> list[Line]:
        """Lines without those of rewards."""
        return [self._line(line) for line in self.lines if not line.is_reward]

    @cached_property
    def stored(self) -> list[Line]:
        """All lines as they stand."""
        return [self._line(line) for line in self.lines]

    def _line(self, line: OrderLine) -> Line:
        use = self._uses.get(line.reward_id or 0)
        program = use.reward.program if use else None
        kind = use.reward.kind if use else "discount" if line.is_reward else ""
        product = line.product
        known: dict[int, TaxRule] = dict(self.money.rules)
        return Line(
            unit_price=line.unit_price,
            quantity=line.quantity,
            amounts=LineAmounts(
                line.subtotal,
                line.tax,
                line.total,
                parts_from_json(
                    [part for part in line.tax_parts if part[0] in known], known
                ),
            ),
            discount=line.discount,
            taxes=tuple(tax.pk for tax in line.taxes.all()),
            product=line.product_id or 0,
            family=(product.family_id or 0) if product else 0,
            path=product.category.path if product and product.category else "",
            is_delivery=line.is_delivery or kind == Reward.Kind.SHIPPING,
            is_bought=not (
                line.is_delivery or line.is_discount or line.is_reward or not product
            ),
            program=program.pk if program else 0,
            reward_kind=kind,
            is_by_code=bool(use and use.entry_id),
            is_from_card=bool(
                program and (program.is_payment or program.type == Type.LOYALTY)
            ),
        )

    @cached_property
    def _uses(self) -> dict[int, OrderReward]:
        return {use.pk: use for use in self.used}

    # --- offers -------------------------------------------------------------------

    def offer(self, program_id: int) -> Offer | None:
        """An offer; None where its currency has no rate."""
        if program_id not in self._offers:
            self.read([program_id])
        return self._offers[program_id]

    def read(self, program_ids: Iterable[int]) -> None:
        """Read offers together."""
        wanted = set(program_ids) - self._offers.keys()
        for program in programs(Q(pk__in=wanted)) if wanted else ():
            self._offers[program.pk] = self._offer(program)
        for pk in wanted:
            self._offers.setdefault(pk, None)

    def open_offers(self) -> list[Offer]:
        """What this order could use: automatic ones, and those of entered codes."""
        entered = {
            (code.coupon or code.rule).program_id  # type: ignore[union-attr]
            for code in self.codes
        }
        cards = set(self.cards)
        found = programs(
            Q(active=True)
            & (Q(company=None) | Q(company=self.order.company_id))
            & (Q(trigger=Trigger.AUTO) | Q(pk__in=entered | cards))
        )
        for program in found:
            self._offers[program.pk] = self._offer(program)
        offers = [self._offers[program.pk] for program in found]
        return [offer for offer in offers if offer and not self.closed(offer)]

    def _offer(self, program: Program) -> Offer | None:
        order = self.order
        try:
            rate = rates.rate(
                program.currency, order.currency, order.company, self.today
            )
        except rates.NoRate:
            return None

        def amount(minor: int) -> int:
            return rates.converted(minor, rate, program.currency, order.currency)

        unit = rate.scaleb(CURRENCIES[order.currency].decimals)
        return Offer(
            program,
            tuple(rule_facts(rule, amount) for rule in program.rules.all()),
            tuple(
                (reward, reward_facts(reward, program, amount))
                for reward in program.rewards.all()
            ),
            unit,
        )

    # --- judging --------------------------------------------------------------------

    def closed(self, offer: Offer) -> str:
        """Why a program is not for this order at all; empty when it is."""
        program, order = offer.program, self.order
        if not program.active:
            return INACTIVE
        if program.company_id not in (None, order.company_id):
            return ELSEWHERE
        lists = [pricelist.pk for pricelist in program.pricelists.all()]
        if lists and order.pricelist_id not in lists:
            return ELSEWHERE
        if program.starts_on and program.starts_on > self.today:
            return EXPIRED
        if program.ends_on and program.ends_on < self.today:
            return EXPIRED
        if program.usage_limit and self.uses(program) >= program.usage_limit:
            return LIMIT
        return ""

    def uses(self, program: Program) -> int:
        """How many other orders carry a reward of a program."""
        found = OrderReward.objects.filter(reward__program=program)
        return found.exclude(order=self.order).values("order").distinct().count()

    def open_rules(self, offer: Offer) -> list[RuleFacts]:
        """Rules without a code, and those whose code was entered."""
        entered = {code.rule_id for code in self.codes}
        return [
            rule
            for rule in offer.rules
            if (not rule.code or rule.pk in entered)
            # A gift card is bought; not everything is one.
            and not (offer.program.is_payment and rule.filter.is_open)
        ]

    def lacks(self, offer: Offer, judged: Sequence[Line]) -> str:
        """What the order lacks for the rules of a program."""
        found = [
            eligibility.missing(rule, judged, program=offer.program.pk)
            for rule in self.open_rules(offer)
        ]
        if not found:
            return CODE
        return "" if "" in found else found[0]

    def earned(self, offer: Offer, judged: Sequence[Line]) -> Decimal:
        """The points that the lines bring."""
        pk = offer.program.pk
        return sum(
            (
                eligibility.earned(rule, judged, program=pk, unit=offer.unit)
                for rule in self.open_rules(offer)
                if not eligibility.missing(rule, judged, program=pk)
            ),
            ZERO,
        )

    def usable(
        self, offer: Offer, entry: OrderCode | None, judged: Sequence[Line]
    ) -> Decimal:
        """Stored points and those earned now, before this order spends any."""
        coupon = self.coupon_of(offer, entry)
        points = coupon.points if coupon else ZERO
        if offer.earns_now and (not coupon or coupon.is_card):
            points += self.earned(offer, judged)
        return points

    def coupon_of(self, offer: Offer, entry: OrderCode | None) -> Coupon | None:
        """The coupon that was entered, or the customer's card."""
        if entry and entry.coupon:
            return entry.coupon
        if offer.program.is_nominative:
            return self.cards.get(offer.program.pk)
        return None

    def coupon_refused(self, coupon: Coupon) -> str:
        """Why a coupon is not for this order; points aside."""
        if coupon.expires_on and coupon.expires_on < self.today:
            return EXPIRED
        if coupon.customer_id and head_of(coupon.customer) != self.head:
            return CUSTOMER
        if coupon.order_id == self.order.pk:
            return "later"
        return ""


def pool_of(offer: Offer, entry: OrderCode | None) -> tuple[str, int]:
    """Whose points are spent: a coupon's, or the program's on this order."""
    if entry and entry.coupon_id:
        return "coupon", entry.coupon_id
    return "program", offer.program.pk


def programs(condition: Q) -> list[Program]:
    """Programs with everything below them: a fixed number of statements."""
    return list(
        Program.objects.filter(condition)
        .prefetch_related(
            "pricelists", "rules__products", "rules__categories",
            "rewards__products", "rewards__categories",
        )
        .order_by("sequence", "pk")
    )  # fmt: skip


def rule_facts(rule: ProgramRule, amount: Amount) -> RuleFacts:
    """A rule without its row."""
    return RuleFacts(
        pk=rule.pk,
        filter=filter_of(rule),
        minimum_quantity=rule.minimum_quantity,
        minimum_amount=amount(rule.minimum_amount),
        includes_tax=rule.includes_tax,
        points=rule.points,
        per=rule.per,
        splits=rule.splits,
        code=rule.code,
    )


def reward_facts(reward: Reward, program: Program, amount: Amount) -> RewardFacts:
    """A reward without its row."""
    return RewardFacts(
        pk=reward.pk,
        kind=reward.kind,
        mode=reward.mode,
        scope=reward.scope,
        filter=filter_of(reward),
        percent=reward.percent,
        amount=amount(reward.amount),
        max_amount=amount(reward.max_amount),
        quantity=reward.quantity,
        required=reward.required_points,
        clears=reward.clears_points,
        is_payment=program.is_payment,
    )


def filter_of(row: ProgramRule | Reward) -> Filter:
    """Products and categories of a rule or reward."""
    return Filter(
        frozenset(product.pk for product in row.products.all()),
        tuple(category.path for category in row.categories.all()),
    )


def head_of(contact: Contact | None) -> Contact:
    """The company of a contact, else the last of its parents: what a coupon that is
    reserved to a customer holds for."""
    assert contact is not None  # noqa: S101 - orders and reserved coupons have one
    found = contact
    for _number in range(DEEPEST):
        if found.is_company or found.parent is None:
            break
        found = found.parent
    return found
