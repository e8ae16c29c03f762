"""Load the products, orders and invoices of a folder beside its leads.

    python bench/trade.py FOLDER

load.py has filled the database from the same folder. Amounts are computed by the
product's own arithmetic and rows are written in bulk: every confirmed order is invoiced
and posted, as the files say.
"""

import argparse
import sys
import time
from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal
from itertools import islice
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent))

import product

product.start()

from django.db import transaction
from django.db.models import Model

import neutral
from sarnakh.accounts.actor import system_actor
from sarnakh.accounts.models import Company, User
from sarnakh.administration.seed import seed_company
from sarnakh.catalog.models import Product
from sarnakh.catalog.products import actions as products
from sarnakh.invoicing.models import Invoice, InvoiceLine, Journal
from sarnakh.lib.text import searchable
from sarnakh.money.taxes import queries as taxes
from sarnakh.money.taxes.engine import line_amounts, parts_json
from sarnakh.sales.models import Order, OrderLine
from sarnakh.teams.models import Team

BATCH = 2_500
DECIMALS = 2


def main() -> None:
    """Load everything and say how long it took."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    folder = parser.parse_args().folder
    began = time.monotonic()
    company = Company.objects.get()
    seed_company(company)
    loader = Loader(folder, company)
    with transaction.atomic():
        for batch in _batches(neutral.rows(folder, "orders")):
            loader.write(batch)
            print(f"  orders: {loader.done:,}", flush=True)
    print(f"All in {time.monotonic() - began:.0f} s")


class Loader:
    """Knows what the files call what, and writes batches of orders."""

    def __init__(self, folder: Path, company: Company) -> None:
        self.company = company
        self.by = system_actor(company)
        self.products = self._products(folder)
        first = next(iter(self.products.values()))
        found = taxes.default_taxes([first], company, company.profile().today())
        self.tax_ids = list(found[first.pk])
        self.rules = list(taxes.rules(self.tax_ids).values())
        self.users = self._users(folder)
        self.teams = self._teams(folder)
        self.invoices = {
            row["order_id"]: neutral.day(row["invoice_date"])
            for row in neutral.rows(folder, "invoices")
        }
        self.lines: dict[str, list[neutral.Row]] = defaultdict(list)
        for row in neutral.rows(folder, "order_lines"):
            self.lines[row["order_id"]].append(row)
        self.journal = Journal.objects.filter(company=company, kind="sale").first()
        self.done = 0
        self.posted = 0

    def write(self, batch: list[neutral.Row]) -> None:
        """Orders of a batch with their lines, invoices and invoice lines."""
        orders = [self._order(row) for row in batch]
        Order.objects.bulk_create(orders)
        lines = [line for order in orders for line in self._lines(order)]
        OrderLine.objects.bulk_create(lines)
        self._tax(lines, OrderLine, "orderline_id")
        by_order: dict[int, list[OrderLine]] = defaultdict(list)
        for line in lines:
            by_order[line.order_id].append(line)
        due = [o for o in orders if o.state == Order.State.SALE and self._day_of(o)]
        invoices = [self._invoice(order) for order in due]
        Invoice.objects.bulk_create(invoices)
        copies = [
            (line, self._copy(line, invoice))
            for order, invoice in zip(due, invoices, strict=True)
            for line in by_order[order.pk]
        ]
        InvoiceLine.objects.bulk_create([copy for _line, copy in copies])
        self._tax([copy for _line, copy in copies], InvoiceLine, "invoiceline_id")
        through = OrderLine.invoice_lines.through
        through.objects.bulk_create(
            through(orderline_id=line.pk, invoiceline_id=copy.pk)
            for line, copy in copies
        )
        self.done += len(orders)

    def _order(self, row: neutral.Row) -> Order:
        state = {"sale": "sale", "sent": "sent", "cancel": "cancelled"}.get(
            row["state"], "draft"
        )
        number = f"B{int(row['order_id']):06}"
        at = neutral.moment(row["order_date"])
        order = Order(
            number=number,
            state=state,
            company=self.company,
            customer_id=int(row["partner_id"]),
            opportunity_id=neutral.number(row["lead_id"]),
            salesperson_id=self.users.get(row["user_id"]),
            team_id=self.teams.get(row["team_id"]),
            ordered_at=at,
            created_at=at,
            currency=self.company.currency,
            search_text=searchable(number),
        )
        order.row = row["order_id"]
        amounts = [self._amounts(line) for line in self.lines[row["order_id"]]]
        order.untaxed = order.company_untaxed = sum(a.subtotal for a in amounts)
        order.tax = sum(a.tax for a in amounts)
        order.total = order.company_total = order.untaxed + order.tax
        order.undiscounted = order.margin = order.untaxed
        if state == "sale":
            invoiced = bool(self._day_of(order))
            status = Order.InvoiceStatus
            order.invoice_status = status.INVOICED if invoiced else status.TO_INVOICE
            order.amount_to_invoice = 0 if invoiced else order.total
        return order

    def _lines(self, order: Order) -> Iterator[OrderLine]:
        invoiced = order.state == Order.State.SALE and self._day_of(order)
        for row in self.lines[order.row]:
            amounts, sold = self._amounts(row), self.products[row["product_id"]]
            quantity = Decimal(row["qty"])
            yield OrderLine(
                order=order,
                sequence=int(row["seq"]) * 10,
                product=sold,
                unit_id=sold.unit_id,
                description=sold.name,
                quantity=quantity,
                unit_price=Decimal(row["price_unit"]),
                discount=Decimal(row["discount"] or 0),
                subtotal=amounts.subtotal,
                tax=amounts.tax,
                total=amounts.total,
                margin=amounts.subtotal,
                tax_parts=parts_json(amounts.parts),
                invoiced=quantity if invoiced else 0,
                untaxed_invoiced=amounts.subtotal if invoiced else 0,
                invoice_status=order.invoice_status,
            )

    def _invoice(self, order: Order) -> Invoice:
        self.posted += 1
        day = self._day_of(order)
        year = self.company.profile().cal.parts(day)[0] if day else 0
        number = f"{self.journal.code}B/{year}/{self.posted:06}"
        return Invoice(
            number=number,
            state=Invoice.State.POSTED,
            company=self.company,
            journal=self.journal,
            customer_id=order.customer_id,
            invoice_date=day,
            accounting_date=day,
            due_date=day,
            currency=order.currency,
            origin=order.number,
            salesperson_id=order.salesperson_id,
            team_id=order.team_id,
            untaxed=order.untaxed,
            tax=order.tax,
            total=order.total,
            residual=order.total,
            company_untaxed=order.untaxed,
            company_total=order.total,
            company_residual=order.total,
            search_text=searchable(f"{number} {order.number}"),
        )

    def _copy(self, line: OrderLine, invoice: Invoice) -> InvoiceLine:
        return InvoiceLine(
            invoice=invoice,
            sequence=line.sequence,
            product_id=line.product_id,
            unit_id=line.unit_id,
            description=line.description,
            quantity=line.quantity,
            unit_price=line.unit_price,
            discount=line.discount,
            subtotal=line.subtotal,
            tax=line.tax,
            total=line.total,
            tax_parts=line.tax_parts,
        )

    def _tax(self, lines: list[Any], model: type[Model], column: str) -> None:
        through: Any = model.taxes.through
        through.objects.bulk_create(
            through(**{column: line.pk, "tax_id": pk})
            for line in lines
            for pk in self.tax_ids
        )

    def _amounts(self, row: neutral.Row) -> Any:
        return line_amounts(
            Decimal(row["price_unit"]),
            Decimal(row["qty"]),
            Decimal(row["discount"] or 0),
            self.rules,
            decimals=DECIMALS,
        )

    def _day_of(self, order: Order) -> Any:
        return self.invoices.get(order.row)

    def _products(self, folder: Path) -> dict[str, Product]:
        found = {}
        for row in neutral.rows(folder, "products"):
            made = products.create_quickly(row["name"], by=self.by)
            Product.objects.filter(pk=made.pk).update(
                price=Decimal(row["list_price"]), cost=Decimal(row["cost"])
            )
            found[row["product_id"]] = made
        return found

    def _users(self, folder: Path) -> dict[str, int]:
        keys = dict(User.objects.values_list("email", "pk"))
        return {
            row["user_id"]: keys[row["email"]] for row in neutral.rows(folder, "users")
        }

    def _teams(self, folder: Path) -> dict[str, int]:
        keys = dict(Team.objects.values_list("name", "pk"))
        return {
            row["team_id"]: keys[row["name"]] for row in neutral.rows(folder, "teams")
        }


def _batches(rows: Iterator[neutral.Row]) -> Iterator[list[neutral.Row]]:
    while batch := list(islice(rows, BATCH)):
        yield batch


if __name__ == "__main__":
    main()
