"""A small firm that sends invoices, for tests."""

import datetime as dt
from decimal import Decimal
from itertools import count
from typing import Any

from sarnakh.accounts.actor import Actor, actor_for
from sarnakh.accounts.models import Company
from sarnakh.accounts.roles import Role
from sarnakh.accounts.tests.factories import make_company, make_user
from sarnakh.contacts.models import Contact
from sarnakh.invoicing import seed
from sarnakh.invoicing.invoices import actions as invoices
from sarnakh.invoicing.invoices.draft import InvoiceDraft, LineDraft
from sarnakh.invoicing.models import Invoice, Journal
from sarnakh.money.models import PaymentTerm, PaymentTermLine, Tax
from sarnakh.money.tests.factories import make_tax

_numbers = count(1)
DAY = dt.date(2026, 9, 11)
"""1405/06/20."""


def biller(company: Company | None = None, **values: Any) -> Actor:
    """Somebody who posts invoices and takes money."""
    return actor_for(make_user(Role.BILLING, company=company, **values))


def accountant(company: Company | None = None, **values: Any) -> Actor:
    """Somebody who may take back what was posted."""
    return actor_for(make_user(Role.ACCOUNTANT, company=company, **values))


def make_customer(**values: Any) -> Contact:
    """A firm that buys."""
    name = values.pop("name", f"Customer {next(_numbers)}")
    return Contact.objects.create(name=name, is_company=True, **values)


def vat(company: Company, rate: int = 10) -> Tax:
    """Value added tax on top of the price."""
    found = Tax.objects.filter(company=company, name=f"VAT {rate}").first()
    return found or make_tax(company, rate, name=f"VAT {rate}")


def make_term(company: Company, *parts: dict[str, Any], **values: Any) -> PaymentTerm:
    """Payment terms with their parts."""
    term = PaymentTerm.objects.create(
        company=company, name=f"Term {next(_numbers)}", **values
    )
    for place, part in enumerate(parts, 1):
        PaymentTermLine.objects.create(term=term, sequence=place * 10, **part)
    return term


def line(price: object, *taxes: Tax, quantity: object = 1, **values: Any) -> LineDraft:
    """One line."""
    return LineDraft(
        description=values.pop("description", "Something"),
        quantity=Decimal(str(quantity)),
        unit_price=Decimal(str(price)),
        taxes=tuple(tax.pk for tax in taxes),
        **values,
    )


def make_draft(by: Actor, *lines: LineDraft, **values: Any) -> Invoice:
    """A draft; one line of 1,000 unless said otherwise."""
    company = values.pop("company", by.company)
    given = {"invoice_date": DAY, **values}
    customer = given.pop("customer", None) or make_customer()
    return invoices.create(
        InvoiceDraft(
            company=company, customer=customer, lines=lines or (line(1000),), **given
        ),
        by=by,
    )


def make_posted(by: Actor, *lines: LineDraft, **values: Any) -> Invoice:
    """A posted invoice."""
    return invoices.post([make_draft(by, *lines, **values)], by=by)[0]


def journal(company: Company, kind: str = "bank") -> Journal:
    """A journal of the company."""
    seed.seed(company)
    return Journal.objects.filter(company=company, kind=kind).get()


def samples(by: Actor) -> dict[str, Any]:
    """One record of every type of this room, in the actor's company."""
    from sarnakh.invoicing.payments import actions as payments

    person = biller(by.company, email=f"biller{next(_numbers)}@ours.ir")
    invoice = make_posted(person, salesperson=by.user)
    (payment,) = payments.register(
        [invoice], journal=journal(by.company), amount=400, date=DAY, by=person
    )
    return {
        "invoices": invoice,
        "invoice-lines": invoice.lines.first(),
        "payments": payment,
        "journals": payment.journal,
        "payment-allocations": payment.allocations.first(),
    }


__all__ = [
    "DAY",
    "accountant",
    "biller",
    "journal",
    "line",
    "make_company",
    "make_customer",
    "make_draft",
    "make_posted",
    "make_term",
    "samples",
    "vat",
]
