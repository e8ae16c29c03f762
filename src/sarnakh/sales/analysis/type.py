"""What a sold line is, for grouping and adding up."""

from typing import Any, NoReturn

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sarnakh.accounts.roles import Role
from sarnakh.contacts.countries import COUNTRIES
from sarnakh.records.access import Access
from sarnakh.records.kinds import Kind
from sarnakh.records.types import (
    Filter,
    PeriodFilter,
    RecordType,
    Search,
    Writers,
    describe,
)
from sarnakh.sales.access import SEES_COSTS, of_documents
from sarnakh.sales.models import SoldLine

ACCESS = Access({Role.SALES_OWN: "read", Role.BILLING: "read"}, rules=of_documents())


def _refuse(*_given: Any, **_named: Any) -> NoReturn:
    """What is computed from orders is written with the orders."""
    raise PermissionDenied


SALES_ANALYSIS = RecordType(
    name="sales-analysis",
    model=SoldLine,
    label=_("Sold line"),
    label_plural=_("Sales analysis"),
    access=ACCESS,
    title="order",
    fields=describe(
        SoldLine,
        "order",
        "ordered_at",
        "state",
        "invoice_status",
        "customer",
        "country",
        "province",
        "salesperson",
        "team",
        "company",
        "pricelist",
        "template",
        "campaign",
        "medium",
        "source",
        "product",
        "category",
        "unit",
        "quantity",
        "delivered",
        "to_deliver",
        "invoiced",
        "untaxed",
        "total",
        "untaxed_invoiced",
        "discount_amount",
        "margin",
        targets={
            "order": "orders",
            "customer": "contacts",
            "salesperson": "users",
            "team": "teams",
            "company": "companies",
            "pricelist": "pricelists",
            "template": "quotation-templates",
            "campaign": "campaigns",
            "medium": "mediums",
            "source": "sources",
            "product": "products",
            "category": "product-categories",
            "unit": "units",
        },
        country={"kind": Kind.CHOICE, "choices": tuple(COUNTRIES)},
        margin={"roles": SEES_COSTS},
    ),
    writers=Writers(create=_refuse, change=_refuse, delete=_refuse),
    order=("-ordered_at", "-pk"),
    company="company",
    currency="company.currency",
    search=(
        Search(name="product", label=_("Product"), fields=("product",)),
        Search(name="customer", label=_("Customer"), fields=("customer",)),
        Search(name="salesperson", label=_("Salesperson"), fields=("salesperson",)),
        Search(name="team", label=_("Sales team"), fields=("team",)),
        Search(name="category", label=_("Product category"), fields=("category",)),
    ),
    filters=(
        Filter(
            name="confirmed",
            label=pgettext_lazy("sales", "Confirmed"),
            condition=[["state", "=", "sale"]],
        ),
        Filter(
            name="offers",
            label=_("Quotations"),
            condition=[["state", "in", ["draft", "sent"]]],
        ),
        Filter(
            name="mine",
            label=_("My sales"),
            condition=[["salesperson", "=", "@me"]],
            block=1,
        ),
    ),
    periods=(
        PeriodFilter(
            name="ordered", label=_("Order date"), field="ordered_at", block=2
        ),
    ),
    sums=(
        "quantity",
        "untaxed",
        "total",
        "untaxed_invoiced",
        "discount_amount",
        "margin",
    ),
)
