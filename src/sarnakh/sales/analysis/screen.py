"""The sales analysis as a list to group, filter, add up and export."""

from django.utils.translation import gettext_lazy as _

from sarnakh.exchange.bulk import EXPORT
from sarnakh.sales.analysis.type import SALES_ANALYSIS
from sarnakh.screens.pages.list import List
from sarnakh.screens.screen import Screen

SALES_ANALYSIS_LIST = Screen(
    slug="sales-analysis",
    type=SALES_ANALYSIS,
    title=_("Sales analysis"),
    defaults=("confirmed",),
    pages=(
        List(
            columns=(
                "order",
                "ordered_at",
                "customer",
                "product",
                "salesperson",
                "team",
                "quantity",
                "untaxed",
                "total",
            ),
            optional=(
                "delivered",
                "to_deliver",
                "invoiced",
                "untaxed_invoiced",
                "discount_amount",
                "margin",
                "category",
                "country",
                "province",
                "state",
                "invoice_status",
                "pricelist",
                "template",
                "campaign",
                "medium",
                "source",
                "unit",
                "company",
            ),
        ),
    ),
    groups=(
        "team",
        "salesperson",
        "product",
        "ordered_at",
        "category",
        "customer",
        "country",
        "province",
        "state",
        "invoice_status",
        "pricelist",
        "template",
        "campaign",
        "medium",
        "source",
        "company",
    ),
    bulk=(EXPORT,),
    empty=_("Confirmed orders appear here line by line."),
)
