"""What rewards take off an order. Pure (spec sales §10.4)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Context, Decimal, localcontext

from sarnakh.money import documents
from sarnakh.money.taxes.engine import TaxRule, line_amounts
from sarnakh.sales.promotions import eligibility
from sarnakh.sales.promotions.facts import (
    ONE,
    ZERO,
    Line,
    Money,
    Outcome,
    Priced,
    RewardFacts,
)

EXACT = Context(prec=60, rounding=ROUND_HALF_UP)
HUNDRED = Decimal(100)
TaxSet = tuple[int, ...]
# So far around the computed price an exact amount is looked for, in steps.
REACH = 3


class NothingThere(Exception):
    """There is no amount that the reward could lower."""


@dataclass
class Basket:
    """The lines of an order; rewards come one after the other.

    `left` is how much of each bought line earlier discounts have left (1: all).
    """

    money: Money
    lines: list[Line] = field(default_factory=list)
    left: dict[int, Decimal] = field(default_factory=dict)

    @property
    def total(self) -> int:
        """With taxes."""
        if self.money.per_document:
            found = (line.amounts for line in self.lines)
            return documents.totals(found, per_document=True).total
        return sum(line.amounts.total for line in self.lines)

    def give(
        self, reward: RewardFacts, usable: Decimal, *, program: int, by_code: bool,
        is_from_card: bool = False,
    ) -> Outcome:  # fmt: skip
        """Use a reward with so many points; its lines count from now on.

        Raises NothingThere when there is nothing to lower.
        """
        with localcontext(EXACT):
            count = eligibility.times(reward, usable)
            if not count:
                raise NothingThere
            if reward.kind == "product":
                spent = eligibility.cost(reward, usable, count)
                return Outcome((), spent, reward.quantity * count)
            if reward.kind == "shipping":
                outcome = self._shipping(reward, usable)
            elif reward.is_payment:
                outcome = self._payment(reward, usable)
            else:
                outcome = self._discount(reward, usable, count)
            for priced in outcome.lines:
                self.lines.append(
                    self.line(
                        priced,
                        program=program,
                        reward_kind=reward.kind,
                        is_by_code=by_code,
                        is_from_card=is_from_card or reward.is_payment,
                        is_delivery=reward.kind == "shipping",
                    )
                )
            return outcome

    def line(
        self, priced: Priced, *, program: int, reward_kind: str, is_by_code: bool,
        is_from_card: bool, is_delivery: bool,
    ) -> Line:  # fmt: skip
        """A reward's line with its amounts."""
        return Line(
            unit_price=priced.unit_price,
            quantity=priced.quantity,
            amounts=line_amounts(
                priced.unit_price,
                priced.quantity,
                ZERO,
                self.money.rules_of(priced.taxes),
                decimals=self.money.decimals,
                per_document=self.money.per_document,
            ),
            taxes=priced.taxes,
            program=program,
            reward_kind=reward_kind,
            is_by_code=is_by_code,
            is_from_card=is_from_card,
            is_delivery=is_delivery,
            is_bought=False,
        )

    # --- kinds ------------------------------------------------------------------

    def _shipping(self, reward: RewardFacts, usable: Decimal) -> Outcome:
        """The price of sending back, with its taxes; −0 while there is none."""
        found = next(
            (line for line in self.lines if line.is_delivery and not line.reward_kind),
            None,
        )
        spent = eligibility.cost(reward, usable, ONE)
        if found is None:
            return Outcome((Priced(ZERO, ()),), spent)
        price = max(_net(found), ZERO)
        if reward.max_amount:
            most = Decimal(reward.max_amount).scaleb(-self.money.decimals)
            price = min(price, most)
        return Outcome((Priced(-price, found.taxes),), spent)

    def _payment(self, reward: RewardFacts, usable: Decimal) -> Outcome:
        """Points are money: one line without tax, for sending too."""
        worth = int(usable * (reward.amount or 1))
        amount = min(self.total, worth)
        if reward.max_amount:
            amount = min(amount, reward.max_amount)
        if amount <= 0:
            raise NothingThere
        price = Decimal(amount).scaleb(-self.money.decimals)
        spent = eligibility.up(Decimal(amount) / (reward.amount or 1))
        return Outcome((Priced(-price, ()),), min(spent, usable))

    def _discount(
        self, reward: RewardFacts, usable: Decimal, count: Decimal
    ) -> Outcome:
        if reward.scope == "order":
            shares = [
                (place, ONE)
                for place, line in enumerate(self.lines)
                if not line.is_delivery
            ]
        elif reward.scope == "cheapest":
            shares = self._cheapest()
        else:
            shares = [
                (place, self.left.get(place, ONE))
                for place, line in enumerate(self.lines)
                if line.is_bought and reward.filter.matches(line)
            ]
        whole = sum(
            (discountable(self.lines[place]) * share for place, share in shares), ZERO
        )
        if whole <= 0 or self.total <= 0:
            raise NothingThere
        amount, is_exact = self._amount(reward, whole, count)
        if amount <= 0:
            raise NothingThere
        factor = min(ONE, amount / whole)
        parts: dict[TaxSet, Decimal] = {}
        for place, share in shares:
            taxes = not_fixed(self.lines[place].taxes, self.money)
            parts[taxes] = parts.get(taxes, ZERO) + _net(self.lines[place]) * share
        priced = [
            Priced(self._price(-net * factor), taxes)
            for taxes, net in parts.items()
            if net
        ]
        if is_exact:
            priced = self._exactly(priced, int(amount))
        self._take(reward, shares, factor)
        spent = eligibility.cost(reward, usable, ONE)
        if reward.mode == "point" and not reward.clears and reward.amount:
            spent = min(eligibility.up(amount / reward.amount), usable)
        return Outcome(tuple(p for p in priced if p.unit_price), spent)

    def _amount(
        self, reward: RewardFacts, whole: Decimal, count: Decimal
    ) -> tuple[Decimal, bool]:
        """How much comes off with taxes, and whether it has to be met exactly."""
        limits = [min(Decimal(self.total), whole)]
        if reward.max_amount:
            limits.append(Decimal(reward.max_amount))
        most = min(limits)
        if reward.mode == "percent":
            wanted = whole * reward.percent / HUNDRED
            return (most, True) if wanted >= most else (wanted, False)
        if reward.mode == "order":
            return min(Decimal(reward.amount), most), True
        return min(reward.amount * count * reward.required, most), True

    def _cheapest(self) -> list[tuple[int, Decimal]]:
        """One unit of the line with the lowest price."""
        found = [
            (line.unit_price, place)
            for place, line in enumerate(self.lines)
            if line.is_bought and line.quantity > 0 and line.unit_price > 0
        ]
        if not found:
            return []
        place = min(found)[1]
        share = min(ONE, ONE / self.lines[place].quantity)
        return [(place, share * self.left.get(place, ONE))]

    def _take(
        self, reward: RewardFacts, shares: Sequence[tuple[int, Decimal]],
        factor: Decimal,
    ) -> None:  # fmt: skip
        """Later discounts on products see what this one has left."""
        for place, share in shares:
            if not self.lines[place].is_bought:
                continue
            before = self.left.get(place, ONE)
            taken = before if reward.scope == "order" else share
            self.left[place] = max(before - taken * factor, ZERO)

    # --- exactness ----------------------------------------------------------------

    def _price(self, price: Decimal) -> Decimal:
        """Prices of rewards have two decimals, or as many as the currency."""
        return price.quantize(ONE.scaleb(-max(2, self.money.decimals)))

    def _lowered(self, priced: Iterable[Priced]) -> int:
        added = [
            self.line(one, program=0, reward_kind="discount", is_by_code=False,
                      is_from_card=False, is_delivery=False)
            for one in priced
        ]  # fmt: skip
        if not self.money.per_document:
            return -sum(line.amounts.total for line in added)
        return self.total - Basket(self.money, [*self.lines, *added]).total

    def _exactly(self, priced: list[Priced], amount: int) -> list[Priced]:
        """Correct a line, the last without tax first, until the order's total falls
        by the amount; where no price does that, the nearest one stays."""
        best, miss = priced, abs(self._lowered(priced) - amount)
        step = ONE.scaleb(-self.money.decimals)
        places = sorted(
            range(len(priced)), key=lambda place: (bool(priced[place].taxes), -place)
        )
        for place in places:
            if not miss:
                break
            start = best[place]
            lacking = amount - self._lowered(best)
            rate = self._gross(start)
            near = (start.unit_price - lacking * step / rate).quantize(step)
            for number in range(-REACH, REACH + 1):
                price = near + number * step
                if price > 0:
                    continue
                tried = [*best]
                tried[place] = Priced(price, start.taxes)
                found = abs(self._lowered(tried) - amount)
                if found < miss:
                    best, miss = tried, found
        return best

    def _gross(self, priced: Priced) -> Decimal:
        """About how much the total moves with the price."""
        trial = line_amounts(
            Decimal(1_000_000),
            ONE,
            ZERO,
            self.money.rules_of(priced.taxes),
            decimals=0,
        )
        return max(Decimal(trial.total) / 1_000_000, Decimal("0.01"))


def discountable(line: Line) -> Decimal:
    """Untaxed amount and taxes, fixed ones left out."""
    parts = (part.amount for part in line.amounts.parts if part.rule.kind != "fixed")
    return Decimal(line.amounts.subtotal) + sum(parts, ZERO)


def not_fixed(taxes: Iterable[int], money: Money) -> TaxSet:
    """The taxes that follow the price; a group with a fixed one falls apart."""
    found: list[int] = []
    for pk in taxes:
        rule: TaxRule = money.rules[pk]
        if rule.kind == "group":
            moving = [child.id for child in rule.children if child.kind != "fixed"]
            found += moving if len(moving) < len(rule.children) else [pk]
        elif rule.kind != "fixed":
            found.append(pk)
    return tuple(sorted(found))


def _net(line: Line) -> Decimal:
    """Price × quantity less the line's own discount, in major units."""
    return line.unit_price * line.quantity * (HUNDRED - line.discount) / HUNDRED
