"""The company's own products: for discounts, for advances."""

from django.utils import translation

from sarnakh.accounts.actor import Actor, system_actor
from sarnakh.accounts.models import Company
from sarnakh.catalog.models import Product
from sarnakh.catalog.products import actions as products
from sarnakh.money.models import TradeSettings
from sarnakh.records.whole import whole
from sarnakh.sales.models import ServiceProduct

Purpose = ServiceProduct.Purpose


@whole
def service_product(company: Company, purpose: str, *, by: Actor) -> Product:
    """The product of a purpose, made once for each company: a service, invoiced as
    ordered, at price 0 and without tax, not offered on lines."""
    found = (
        ServiceProduct.objects.select_related("product__unit", "product__category")
        .filter(company=company, purpose=purpose)
        .first()
    )
    if found is None:
        # Nobody needs the right to make products for giving a discount.
        with translation.override(company.language):
            name = str(Purpose(purpose).label)
        [product] = products.create(
            [
                {
                    "name": name,
                    "kind": Product.Kind.SERVICE,
                    "company": company.pk,
                    "price": 0,
                    "taxes": [],
                    "is_sold": False,
                    "invoice_policy": TradeSettings.InvoicePolicy.ORDERED,
                }
            ],
            by=system_actor(company),
        )
        found, _made = ServiceProduct.objects.get_or_create(
            company=company, purpose=purpose, defaults={"product": product}
        )
    return found.product
