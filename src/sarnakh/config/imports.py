"""What record types say about their own import."""

from sarnakh.catalog import importing as catalog
from sarnakh.contacts.importing import CONTACT_IMPORT
from sarnakh.crm.importing import LEAD_IMPORT
from sarnakh.delivery.importing import (
    METHOD_IMPORT,
    RULE_IMPORT,
    STOCK_IMPORT,
    WAREHOUSE_IMPORT,
)
from sarnakh.invoicing.importing import (
    INVOICE_IMPORT,
    INVOICE_LINE_IMPORT,
    JOURNAL_IMPORT,
    PAYMENT_IMPORT,
)
from sarnakh.money.importing import IMPORTS as MONEY_IMPORTS
from sarnakh.pricing import importing as pricing
from sarnakh.recurring import importing as recurring
from sarnakh.rental.importing import PRICE_IMPORT as RENTAL_PRICE_IMPORT
from sarnakh.rental.importing import RENTAL_IMPORT
from sarnakh.rental.importing import TERMS_IMPORT as RENTAL_TERMS_IMPORT
from sarnakh.sales.importing import (
    COUPON_IMPORT,
    LINE_IMPORT,
    ORDER_IMPORT,
    PROGRAM_IMPORT,
    PROMOTION_RULE_IMPORT,
    REWARD_IMPORT,
    TERMS_IMPORT,
)
from sarnakh.sources.importing import TAG_IMPORT
from sarnakh.teams.importing import TEAM_IMPORT

IMPORTS = {
    "leads": LEAD_IMPORT,
    "contacts": CONTACT_IMPORT,
    "teams": TEAM_IMPORT,
    "tags": TAG_IMPORT,
    "stock-levels": STOCK_IMPORT,
    "rentals": RENTAL_IMPORT,
    "rental-prices": RENTAL_PRICE_IMPORT,
    "rental-terms": RENTAL_TERMS_IMPORT,
    "warehouses": WAREHOUSE_IMPORT,
    "shipping-methods": METHOD_IMPORT,
    "shipping-rules": RULE_IMPORT,
    "orders": ORDER_IMPORT,
    "order-lines": LINE_IMPORT,
    "customer-terms": TERMS_IMPORT,
    "promotion-programs": PROGRAM_IMPORT,
    "promotion-rules": PROMOTION_RULE_IMPORT,
    "promotion-rewards": REWARD_IMPORT,
    "coupons": COUPON_IMPORT,
    "products": catalog.PRODUCT_IMPORT,
    "product-categories": catalog.CATEGORY_IMPORT,
    "units": catalog.UNIT_IMPORT,
    "unit-categories": catalog.UNIT_CATEGORY_IMPORT,
    "attributes": catalog.ATTRIBUTE_IMPORT,
    "attribute-values": catalog.VALUE_IMPORT,
    "packagings": catalog.PACKAGING_IMPORT,
    "pricelists": pricing.PRICELIST_IMPORT,
    "pricelist-rules": pricing.RULE_IMPORT,
    **MONEY_IMPORTS,
    "subscriptions": recurring.SUBSCRIPTION_IMPORT,
    "billing-plans": recurring.PLAN_IMPORT,
    "plan-prices": recurring.PRICE_IMPORT,
    "close-reasons": recurring.REASON_IMPORT,
    "invoices": INVOICE_IMPORT,
    "invoice-lines": INVOICE_LINE_IMPORT,
    "payments": PAYMENT_IMPORT,
    "journals": JOURNAL_IMPORT,
}
