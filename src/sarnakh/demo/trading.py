"""Writing quotations, orders, deliveries, invoices and payments through their doors.

What happened to each is said by `selling`; the stamps of this minute are moved to
where they belong afterwards, as `dating` does for everything else.
"""

import datetime as dt
from decimal import Decimal

from sarnakh.accounts.actor import Actor
from sarnakh.delivery.deliveries import actions as deliveries
from sarnakh.delivery.models import Delivery
from sarnakh.demo import hiring, subscribing
from sarnakh.demo.catalogue import Catalogue, payment_term
from sarnakh.demo.selling import Paid, Sale, SoldLine, Stage, draw_sales
from sarnakh.demo.stamping import Stamps
from sarnakh.demo.writing import Writer
from sarnakh.discussion import actions as discussion
from sarnakh.invoicing.invoices import actions as invoices
from sarnakh.invoicing.models import Invoice, Journal
from sarnakh.invoicing.payments import actions as payments
from sarnakh.records.types import by_model
from sarnakh.sales.billing import actions as billing
from sarnakh.sales.lines import actions as lines
from sarnakh.sales.models import Order
from sarnakh.sales.orders import actions as orders

# Who is out of the house takes things back a few minutes later.
MOMENT = dt.timedelta(minutes=4)


class Trader:
    """Writes what one company has sold."""

    def __init__(self, writer: Writer) -> None:
        self.writer = writer
        self.script, self.trade = writer.script, writer.script.trade
        self.company, self.now = writer.company, writer.now
        # Whoever keeps the books; the sellers' names stand on the documents.
        self.by: Actor = writer.actors[self.script.workers[0].login]
        self.stamps = Stamps(self.now)
        self.orders: dict[int, Order] = {}
        self.bills: dict[int, Invoice] = {}

    def write(self) -> None:
        """The catalogue, then everything that was sold, then the times of it."""
        catalogue = Catalogue(self.trade, self.company, by=self.by)
        self.products = catalogue.write(self.writer.places)
        self.term = payment_term(self.company)
        self.sales = draw_sales(self.script, self.writer.plan, self.now)
        self._offer()
        for place, sale in enumerate(self.sales):
            self._live(place, sale)
        self._hire()
        self._subscribe()
        self._bill()
        self._collect()
        self.stamps.write()

    # --- offers -----------------------------------------------------------------------

    def _offer(self) -> None:
        made = orders.create_quietly(
            [self._values(sale) for sale in self.sales], by=self.by
        )
        follower = self.writer.users
        name = by_model(Order).name
        discussion.follow(
            name,
            [
                (order.pk, follower[sale.seller].pk)
                for order, sale in zip(made, self.sales, strict=True)
            ],
        )
        for place, (order, sale) in enumerate(zip(made, self.sales, strict=True)):
            lines.add(
                order, [self._line(one) for one in sale.lines], by=self.by, is_new=True
            )
            self.orders[place] = order
            self.stamps.add(order, sale.created, maker=follower[sale.seller].pk)

    def _values(self, sale: Sale) -> dict[str, object]:
        lead = self.writer.leads[sale.deal] if sale.deal is not None else None
        found: dict[str, object] = {
            "customer": self.writer.places[sale.customer].pk,
            "company": self.company.pk,
            "salesperson": self.writer.users[sale.seller].pk,
            "team": self.writer.teams[sale.team].pk,
            "payment_term": self.term.pk if self.term else None,
            "pricelist": None,
            "expires_on": sale.expires,
            "created_at": sale.created,
        }
        if lead:
            found |= {"opportunity": lead.pk, "customer": lead.customer_id}
        return found

    def _line(self, line: SoldLine) -> dict[str, object]:
        if line.kind != "product":
            return {"kind": line.kind, "description": line.text}
        found: dict[str, object] = {
            "product": self.products[line.code].pk,
            "quantity": Decimal(line.quantity),
        }
        if line.price:
            found["unit_price"] = Decimal(line.price)
        if line.discount:
            found["discount"] = Decimal(line.discount)
        return found

    # --- what happened to each ----------------------------------------------------------

    def _live(self, place: int, sale: Sale) -> None:
        order = self.orders[place]
        by = self.writer.actors[sale.seller]
        if sale.sent:
            order = orders.mark_sent(order, by=by)
            self.stamps.event(order, "sent", sale.sent)
        if sale.confirmed:
            order = orders.confirm(order, by=by)
            self.stamps.event(order, "confirmed", sale.confirmed)
            self._deliver(order, sale)
        if sale.stage == Stage.CANCELLED:
            order = orders.cancel(order, by=by)
            at = (sale.sent or sale.created) + MOMENT
            self.stamps.event(order, "cancelled", at)
        self.orders[place] = order

    def _deliver(self, order: Order, sale: Sale) -> None:
        assert sale.confirmed is not None  # noqa: S101 - said by the caller
        for delivery in Delivery.objects.filter(order_link__order=order):
            self.stamps.add(delivery, sale.confirmed)
            if not sale.left:
                continue
            moves = list(delivery.moves.order_by("pk"))
            share = Decimal("0.6") if sale.leaves_in_part else Decimal(1)
            quantities = {
                move.pk: max(Decimal(1), (move.demand * share).to_integral_value())
                for move in moves
            }
            deliveries.validate(delivery, quantities, True, by=self.by)
            self.stamps.event(delivery, "delivered", sale.left)
            for rest in Delivery.objects.filter(backorder_of=delivery):
                self.stamps.add(rest, sale.left)

    def _hire(self) -> None:
        hiring.write_prices(self.trade, self.products, by=self.by)
        hirer = hiring.Hirer(self.products, self.stamps, self.now, by=self.by)
        workers = [one for team in self.script.teams for one in team.members]
        for number, hire in enumerate(self.trade.hires):
            customer = self.writer.places[(number * 7 + 3) % len(self.writer.places)]
            seller = self.writer.users[workers[number % len(workers)]].pk
            order, sale = hirer.write(hire, customer, seller)
            self.orders[len(self.sales)] = order
            self.sales.append(sale)

    def _subscribe(self) -> None:
        for number, quantity in enumerate(self.trade.subscribers):
            team = self.script.teams[number % len(self.script.teams)]
            subscribing.subscribe(
                self.writer.places[number * 5 + 2],
                self.products[self.trade.subscription],
                quantity,
                self.writer.users[team.members[0]].pk,
                self.stamps,
                by=self.by,
            )

    # --- invoices and payments ----------------------------------------------------------

    def _bill(self) -> None:
        billed = [
            (place, sale) for place, sale in enumerate(self.sales) if sale.invoiced
        ]
        # In the order of their days, so that the numbers follow each other.
        billed.sort(key=lambda one: (one[1].invoiced, one[0]))
        for place, sale in billed:
            [draft] = billing.create_invoices([self.orders[place]], by=self.by)
            values = {"invoice_date": sale.invoiced}
            self.bills[place] = invoices.change(draft, values, by=self.by)
        # The last one is still being looked at.
        waiting = next((p for p, sale in reversed(billed) if sale.deal is None), None)
        for place, sale in billed:
            if place == waiting:
                self.stamps.add(self.bills[place], self.now - MOMENT)
                continue
            [found] = invoices.post([self.bills[place]], by=self.by)
            assert sale.invoiced is not None  # noqa: S101 - they were chosen so
            at = self._at(sale.invoiced)
            self.stamps.add(found, at)
            self.stamps.event(found, "posted", at + MOMENT)
            self.bills[place] = found

    def _collect(self) -> None:
        own = Journal.objects.filter(company=self.company)
        bank, card = (own.get(code=code) for code in ("BNK", "POS"))
        paid = [
            (place, self.sales[place])
            for place, invoice in self.bills.items()
            if invoice.state == Invoice.State.POSTED
        ]
        paid.sort(key=lambda one: (one[1].paid_on or dt.date.max, one[0]))
        for place, sale in paid:
            invoice = self.bills[place]
            if sale.paid == Paid.CREDITED:
                self._credit(invoice)
            if sale.paid not in {Paid.ALL, Paid.PART} or sale.paid_on is None:
                continue
            part = invoice.total * 2 // 5 if sale.paid == Paid.PART else None
            for payment in payments.register(
                [invoice],
                journal=card if sale.by_card else bank,
                amount=part,
                date=sale.paid_on,
                by=self.by,
            ):
                self.stamps.add(payment, self._at(sale.paid_on) + MOMENT)

    def _credit(self, invoice: Invoice) -> None:
        assert invoice.invoice_date is not None  # noqa: S101 - it is posted
        today = self.now.astimezone(self.company.profile().tz).date()
        day = min(today, invoice.invoice_date + dt.timedelta(days=12))
        note = invoices.credit(
            invoice, reason=self.trade.credit_reason, date=day, by=self.by
        )
        invoices.post([note], by=self.by)
        self.stamps.add(note, self._at(day))

    def _at(self, day: dt.date) -> dt.datetime:
        """A morning of the company, never after now."""
        zone = self.company.profile().tz
        morning = dt.datetime.combine(day, dt.time(10, 20), zone)
        return min(morning, self.now - MOMENT * 3)
