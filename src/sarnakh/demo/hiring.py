"""Writing what a demo company rents out: prices by time, open and late rentals."""

import datetime as dt
from decimal import Decimal

from sarnakh.accounts.actor import Actor
from sarnakh.catalog.models import Product
from sarnakh.contacts.models import Contact
from sarnakh.demo.selling import Paid, Sale, Stage
from sarnakh.demo.stamping import Stamps
from sarnakh.demo.trade import Hire, Trade
from sarnakh.rental.models import RentalOrder, RentalPrice
from sarnakh.rental.orders import actions as rentals
from sarnakh.rental.types import RENTAL_PRICES, RENTAL_TERMS
from sarnakh.sales.models import Order

Unit = RentalPrice.Unit
MORNING = dt.time(9)


def write_prices(trade: Trade, products: dict[str, Product], *, by: Actor) -> None:
    """What a day, a week and a month cost; a day more costs a day."""
    rented = [one for one in trade.goods if one.rent is not None]
    RENTAL_PRICES.writers.create(
        [
            {"product": products[one.code].pk, "unit": unit, "price": price}
            for one in rented
            for unit, price in zip(
                (Unit.DAY, Unit.WEEK, Unit.MONTH), one.rent or (), strict=True
            )
        ],
        by=by,
    )
    RENTAL_TERMS.writers.create(
        [
            {"product": products[one.code].pk, "day_fee": one.rent[0]}
            for one in rented
            if one.rent
        ],
        by=by,
    )


class Hirer:
    """Writes the rentals of one company."""

    def __init__(
        self,
        products: dict[str, Product],
        stamps: Stamps,
        now: dt.datetime,
        *,
        by: Actor,
    ) -> None:
        self.products, self.stamps, self.by = products, stamps, by
        zone = by.company.profile().tz
        self.now = now.astimezone(zone)

    def write(self, hire: Hire, customer: Contact, seller: int) -> tuple[Order, Sale]:
        """One rental, as far as it is; what is over is to be invoiced that day."""
        day = self.now.date() + dt.timedelta(days=hire.start)
        starts = dt.datetime.combine(day, MORNING, self.now.tzinfo)
        returns = starts + dt.timedelta(days=hire.days)
        [rental] = rentals.create(
            [
                {
                    "customer": customer.pk,
                    "company": self.by.company.pk,
                    "salesperson": seller,
                    "starts_at": starts,
                    "returns_at": returns,
                }
            ],
            by=self.by,
        )
        rentals.create_lines(
            [
                {
                    "rental": rental.pk,
                    "product": self.products[hire.code].pk,
                    "quantity": Decimal(hire.quantity),
                }
            ],
            by=self.by,
        )
        asked = min(starts, self.now) - dt.timedelta(days=3)
        self.stamps.add(rental, asked, maker=seller)
        self.stamps.add(rental.order, asked, maker=seller)
        self._live(rental, hire, starts, returns)
        order = Order.objects.select_related("company").get(pk=rental.order_id)
        is_over = hire.stage == "returned"
        sale = Sale(
            deal=None,
            customer=0,
            team=0,
            seller="",
            created=asked,
            stage=Stage.CONFIRMED,
            invoiced=returns.date() if is_over else None,
            paid=Paid.ALL if is_over else Paid.NOTHING,
            paid_on=returns.date() if is_over else None,
            by_card=True,
        )
        return order, sale

    def _live(
        self, rental: RentalOrder, hire: Hire, starts: dt.datetime, returns: dt.datetime
    ) -> None:
        if hire.stage == "quotation":
            return
        rental = rentals.confirm(rental, by=self.by)
        agreed = min(starts, self.now) - dt.timedelta(days=2)
        self.stamps.event(rental.order, "confirmed", agreed)
        if hire.stage == "reserved":
            return
        rental = rentals.pick_up(rental, by=self.by)
        self.stamps.event(rental, "picked-up", starts)
        if hire.stage == "returned":
            rentals.give_back(rental, at=returns, by=self.by)
            self.stamps.event(rental, "rental-returned", returns)
