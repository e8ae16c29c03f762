"""A small trade for tests: products, taxes, customers, quotations."""

from decimal import Decimal
from itertools import count
from typing import Any

from sarnakh.accounts.actor import Actor
from sarnakh.accounts.models import Company
from sarnakh.catalog.models import Product
from sarnakh.catalog.tests.factories import make_product as _make_product
from sarnakh.catalog.tests.factories import make_units
from sarnakh.contacts.models import Contact
from sarnakh.crm.tests.factories import make_contact, make_lead, manager, salesperson
from sarnakh.money.models import Tax, TaxGroup, TradeSettings
from sarnakh.money.tests.factories import make_position
from sarnakh.pricing.models import Pricelist, PricelistRule
from sarnakh.sales.models import (
    CustomerTerms,
    Order,
    OrderLine,
    QuotationTemplate,
    SoldLine,
    TemplateLine,
)
from sarnakh.sales.options import actions as options
from sarnakh.sales.orders import actions as orders

_numbers = count(1)


def make_tax(company: Company, amount: object = 10, **values: Any) -> Tax:
    """A tax in a group of its own, as VAT and duties are."""
    number = next(_numbers)
    group = values.pop("group", None) or TaxGroup.objects.create(name=f"Group {number}")
    given = {"name": f"Tax {number}", **values}
    return Tax.objects.create(
        company=company, amount=Decimal(str(amount)), group=group, **given
    )


def make_product(by: Actor, price: object = 1_000, **values: Any) -> Product:
    """A product at a price; without tax unless some are given."""
    given = {"price": Decimal(str(price)), "taxes": [], **values}
    given["taxes"] = [getattr(tax, "pk", tax) for tax in given["taxes"]]
    return _make_product(by, **given)


def make_order(by: Actor, *lines: dict[str, Any], **values: Any) -> Order:
    """A quotation with lines; for a new customer unless one is given."""
    customer = values.pop("customer", None) or make_contact(by)
    given = {"customer": getattr(customer, "pk", customer), **values}
    return orders.create_with_lines(given, list(lines), by=by)


def line(product: Product, quantity: object = 1, **values: Any) -> dict[str, Any]:
    """Values of a product line."""
    return {"product": product.pk, "quantity": Decimal(str(quantity)), **values}


def lines_of(order: Order) -> list[OrderLine]:
    """The lines as stored now."""
    return list(order.lines.order_by("sequence", "pk"))


def set_trade(company: Company, **values: Any) -> TradeSettings:
    """Change how a company trades."""
    settings, _made = TradeSettings.objects.get_or_create(company=company)
    for name, value in values.items():
        setattr(settings, name, value)
    settings.save()
    return settings


def make_pricelist(*rules: dict[str, Any], **values: Any) -> Pricelist:
    """A price list with rules."""
    given = {"name": f"List {next(_numbers)}", "currency": "IRR", **values}
    found = Pricelist.objects.create(**given)
    for rule in rules:
        PricelistRule.objects.create(pricelist=found, **rule)
    return found


def make_terms(customer: Contact, company: Company, **values: Any) -> CustomerTerms:
    """What was agreed with a customer."""
    return CustomerTerms.objects.create(contact=customer, company=company, **values)


def make_template(*lines_: dict[str, Any], **values: Any) -> QuotationTemplate:
    """A quotation template with lines (`is_option` for optional products)."""
    found = QuotationTemplate.objects.create(
        **{"name": f"Template {next(_numbers)}", **values}
    )
    for place, one in enumerate(lines_, start=1):
        TemplateLine.objects.create(template=found, sequence=place * 10, **one)
    return found


def samples(by: Actor) -> dict[str, Any]:
    """One record of every type of this room; the order is somebody's own."""
    product = make_product(by, 1_000, name="Desk")
    customer = make_contact(by, name="Buyer")
    order = make_order(by, line(product), customer=customer)
    option = options.create([{"order": order.pk, "product": product.pk}], by=by)[0]
    template = make_template(
        {"product": product, "unit": product.unit, "quantity": Decimal(1)}
    )
    return {
        "orders": order,
        "order-lines": lines_of(order)[0],
        "order-options": option,
        "quotation-templates": template,
        "quotation-template-lines": template.lines.get(),
        "customer-terms": make_terms(customer, by.company),
        "sales-analysis": SoldLine.objects.get(order=order),
    }


__all__ = [
    "line",
    "lines_of",
    "make_contact",
    "make_lead",
    "make_order",
    "make_position",
    "make_pricelist",
    "make_product",
    "make_tax",
    "make_template",
    "make_terms",
    "make_units",
    "manager",
    "salesperson",
    "samples",
    "set_trade",
]
