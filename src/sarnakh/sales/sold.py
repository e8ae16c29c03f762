"""Which products have been sold, for the catalogue's rules about them."""

from collections.abc import Collection, Iterable

from sarnakh.catalog import usage
from sarnakh.invoicing.models import Invoice, InvoiceLine
from sarnakh.sales.models import Order, OrderLine


def register() -> None:
    """Answer the catalogue from now on."""
    usage.register(sold)


def sold(product_ids: Collection[int]) -> Iterable[tuple[int, int]]:
    """Products on confirmed orders and posted invoices, with the company; what
    stands on a quotation only may still change."""
    keys = list(product_ids)
    ordered = OrderLine.objects.filter(
        product__in=keys, order__state=Order.State.SALE
    ).order_by()
    invoiced = InvoiceLine.objects.filter(
        product__in=keys, invoice__state=Invoice.State.POSTED
    ).order_by()
    return {
        *ordered.values_list("product_id", "order__company_id").distinct(),
        *invoiced.values_list("product_id", "invoice__company_id").distinct(),
    }
