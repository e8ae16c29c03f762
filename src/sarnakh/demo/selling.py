"""Drawing what a demo company has offered and sold, by lot. Plain Python."""

import datetime as dt
import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from sarnakh.demo.plan import Deal, Kind, Plan
from sarnakh.demo.script import Script
from sarnakh.demo.trade import Goods, Trade
from sarnakh.lib import calendars

# Of whole numbers of days after the order: when goods leave and the invoice is made.
LEAVES, BILLED = (2, 11), (1, 9)
PAYMENT_DAYS = 30
# Of the amount of an opportunity: goods, and what comes along.
GOODS_SHARE, FREIGHT_SHARE = 0.92, 0.03


class Stage(StrEnum):
    """How far an order is."""

    DRAFT = "draft"
    SENT = "sent"
    CONFIRMED = "confirmed"
    CANCELLED = "cancelled"


class Paid(StrEnum):
    """How much of its invoice has come in."""

    NOTHING = "nothing"
    PART = "part"
    ALL = "all"
    CREDITED = "credited"


@dataclass(frozen=True)
class SoldLine:
    """Product by its code with quantity and price; or a text."""

    kind: str = "product"
    code: str = ""
    quantity: int = 1
    price: int | None = None
    discount: int = 0
    text: str = ""


@dataclass
class Sale:
    """One quotation or order. `deal` and `customer` are places in the plan's lists."""

    deal: int | None
    customer: int
    team: int
    seller: str
    created: dt.datetime
    stage: Stage
    lines: list[SoldLine] = field(default_factory=list)
    expires: dt.date | None = None
    sent: dt.datetime | None = None
    confirmed: dt.datetime | None = None
    left: dt.datetime | None = None
    leaves_in_part: bool = False
    invoiced: dt.date | None = None
    paid: Paid = Paid.NOTHING
    paid_on: dt.date | None = None
    by_card: bool = False


def draw_sales(script: Script, plan: Plan, now: dt.datetime) -> list[Sale]:
    """The sales of a demo company, in the order of their making."""
    return _Counter(script, plan, now).draw()


class _Counter:
    def __init__(self, script: Script, plan: Plan, now: dt.datetime) -> None:
        self.script, self.plan = script, plan
        self.trade: Trade = script.trade
        self.random = random.Random(f"sarnakh sales {script.language}")  # noqa: S311
        self.goods = {one.code: one for one in self.trade.goods}
        self.deals = list(enumerate(plan.deals))
        zone = plan.deals[0].created.tzinfo
        self.now = now.astimezone(zone)
        self.today = self.now.date()
        calendar = calendars.get(str(script.company["calendar"]))
        self.month = calendar.start_of(self.today, "month")

    def draw(self) -> list[Sale]:
        sales = [*self._orders(), *self._fresh(), *self._quotations()]
        self._spoil(sales)
        return sorted(sales, key=lambda sale: sale.created)

    # --- which ----------------------------------------------------------------------

    def _orders(self) -> list[Sale]:
        """Of the latest opportunities that were won."""
        won = [
            (place, deal, step.at)
            for place, deal in self.deals
            for step in deal.steps
            if step.kind == Kind.WIN and deal.salesperson
        ]
        won.sort(key=lambda one: one[2])
        return [
            self._order(place, deal, at)
            for place, deal, at in won[-self.trade.orders :]
        ]

    def _order(self, place: int, deal: Deal, won: dt.datetime) -> Sale:
        offered = max(deal.created, won - dt.timedelta(days=self.random.randint(2, 9)))
        sale = self._sale(place, deal, offered)
        sale.stage = Stage.CONFIRMED
        sale.sent = offered + (won - offered) * 0.2
        sale.confirmed = won
        self._fulfil(sale, won)
        return sale

    def _fresh(self) -> list[Sale]:
        """Repeat orders of this month, over all teams in turn."""
        teams = self.script.teams
        start = dt.datetime.combine(self.month, dt.time(8), self.now.tzinfo)
        if start > self.now - dt.timedelta(hours=2):
            start = dt.datetime.combine(self.month, dt.time(), self.now.tzinfo)
        sales = []
        for number in range(self.trade.fresh):
            team = number % len(teams)
            seller = self.random.choice(teams[team].members)
            known = [d.customer for _n, d in self.deals if d.team == team]
            share = self.random.random() * 0.9
            at = start + max(self.now - start, dt.timedelta(minutes=1)) * share
            amount = self._repeat_amount(team)
            sale = Sale(
                deal=None,
                customer=self.random.choice(known or [0]),
                team=team,
                seller=seller,
                created=at,
                stage=Stage.CONFIRMED,
                lines=self._lines(self._some(), amount),
                expires=at.date() + dt.timedelta(days=30),
                sent=at,
                confirmed=at,
            )
            if number % 4 != 3:
                sale.left = at + (self.now - at) * 0.4
                sale.invoiced = sale.left.date()
                sale.paid = (Paid.ALL, Paid.NOTHING, Paid.PART)[number % 3]
                sale.paid_on = self.today
                sale.by_card = number % 2 == 0
            sales.append(sale)
        return sales

    def _repeat_amount(self, team: int) -> int:
        """A tenth to a third of what the team wants to invoice in a month."""
        return int(self.script.teams[team].target * self.random.uniform(0.1, 0.33))

    def _some(self) -> Goods:
        kinds = [one for one in self.trade.goods if one.kind == "storable"]
        return self.random.choice([one for one in kinds if one.rent is None])

    def _quotations(self) -> list[Sale]:
        open_deals = [
            (place, deal)
            for place, deal in self.deals
            if deal.salesperson
            and deal.reason is None
            and deal.steps
            and all(step.kind not in {Kind.WIN, Kind.LOSE} for step in deal.steps)
            and max(step.stage for step in deal.steps) >= 3
        ]
        chosen = self.random.sample(
            open_deals, min(len(open_deals), self.trade.quotations)
        )
        return [
            self._quotation(number, place, deal)
            for number, (place, deal) in enumerate(chosen)
        ]

    def _quotation(self, number: int, place: int, deal: Deal) -> Sale:
        ago = self.random.choice((0.2, 1, 2, 3, 5, 8, 12, 17, 24))
        is_expired = number % 6 == 5
        if is_expired:
            ago = self.random.randint(36, 60)
        at = max(deal.created, self.now - dt.timedelta(days=ago))
        sale = self._sale(place, deal, at)
        if is_expired:
            sale.expires = self.today - dt.timedelta(days=self.random.randint(2, 6))
        if number % 4:
            sale.stage, sale.sent = Stage.SENT, at + (self.now - at) * 0.1
        return sale

    def _sale(self, place: int, deal: Deal, at: dt.datetime) -> Sale:
        amount = min(
            deal.amount, *(s.amount for s in deal.steps if s.amount), deal.amount
        )
        assert deal.salesperson is not None  # noqa: S101 - they were chosen so
        return Sale(
            deal=place,
            customer=deal.customer,
            team=deal.team,
            seller=deal.salesperson,
            created=at,
            stage=Stage.DRAFT,
            lines=self._lines(self._named(deal.title), amount // self.script.minor),
            expires=at.date() + dt.timedelta(days=30),
        )

    def _spoil(self, sales: Sequence[Sale]) -> None:
        """Some are cancelled, one is given back."""
        drafts = [sale for sale in sales if sale.stage == Stage.SENT]
        for sale in drafts[:: max(1, len(drafts) // 2)][:2]:
            sale.stage = Stage.CANCELLED
        paid = [s for s in sales if s.paid == Paid.NOTHING and s.invoiced and s.left]
        old = [sale for sale in paid if sale.deal is not None]
        for sale in old[-1:]:
            sale.paid = Paid.CREDITED

    # --- what -----------------------------------------------------------------------

    def _named(self, title: str) -> Goods:
        """What the title speaks of, else a project."""
        for one in self.trade.goods:
            if any(word in title for word in one.words):
                return one
        return self.goods[self.trade.project]

    def _lines(self, goods: Goods, amount: int) -> list[SoldLine]:
        """Never more than the amount in all, so that nothing has to be explained."""
        lines = []
        if self.random.random() < 0.35:
            heading = self.random.choice(self.trade.headings)
            lines.append(SoldLine(kind="section", text=heading))
        is_project = goods.code == self.trade.project
        quantity = 0 if is_project else int(amount * GOODS_SHARE // goods.price)
        if quantity:
            discount = self.random.choice((0, 0, 0, 0, 3, 5))
            lines.append(
                SoldLine(code=goods.code, quantity=quantity, discount=discount)
            )
        else:
            price = _plain(amount * GOODS_SHARE)
            lines.append(SoldLine(code=self.trade.project, price=price))
        if goods.kind != "service":
            price = _plain(amount * FREIGHT_SHARE)
            lines.append(SoldLine(code=self.trade.freight, price=price))
        if self.random.random() < 0.3:
            lines.append(
                SoldLine(kind="note", text=self.random.choice(self.trade.notes))
            )
        return lines

    # --- what came of it ------------------------------------------------------------

    def _fulfil(self, sale: Sale, at: dt.datetime) -> None:
        leaves = at + dt.timedelta(days=self.random.randint(*LEAVES))
        if leaves < self.now:
            sale.left = leaves
            sale.leaves_in_part = self.random.random() < 0.15
        billed = (at + dt.timedelta(days=self.random.randint(*BILLED))).date()
        if billed > self.today:
            return
        sale.invoiced = billed
        lot, age = self.random.random(), (self.today - billed).days
        if age > PAYMENT_DAYS:
            sale.paid = (
                Paid.ALL if lot < 0.74 else Paid.PART if lot < 0.86 else Paid.NOTHING
            )
        else:
            sale.paid = Paid.ALL if lot < 0.45 else Paid.NOTHING
        late = self.random.randint(3, PAYMENT_DAYS + 12)
        sale.paid_on = min(self.today, billed + dt.timedelta(days=late))
        sale.by_card = self.random.random() < 0.2


def _plain(amount: float) -> int:
    """Two digits that count, rounded down."""
    size = 10 ** max(0, len(str(int(amount))) - 2)
    return max(1, int(amount // size) * size)
