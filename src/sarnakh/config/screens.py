"""Every screen of the product."""

from sarnakh.activities.screens import ACTIVITY_TYPE_LIST
from sarnakh.catalog.screens import (
    ATTRIBUTE_LIST,
    CATEGORY_LIST,
    PACKAGING_LIST,
    PRODUCT_LIST,
    UNIT_CATEGORY_LIST,
    UNIT_LIST,
    VALUE_LIST,
    VARIANT_LIST,
)
from sarnakh.contacts.screens import CONTACT_LIST, CONTACT_TAG_LIST
from sarnakh.crm.screens import (
    LEAD_LIST,
    LOST_REASON_LIST,
    PIPELINE,
    PLAN_LIST,
    STAGE_LIST,
)
from sarnakh.delivery.screens import (
    DELIVERY_LIST,
    METHOD_LIST,
    STOCK_LIST,
    WAREHOUSE_LIST,
)
from sarnakh.invoicing.screens import (
    ALLOCATION_LIST,
    ANALYSIS,
    INVOICE_LIST,
    JOURNAL_LIST,
    PAYMENT_LIST,
)
from sarnakh.mail.screens import LETTER_LIST, TEMPLATE_LIST
from sarnakh.money.screens import SCREENS as MONEY_SCREENS
from sarnakh.pricing.screens import PRICELIST_LIST, RULE_LIST
from sarnakh.recurring.screens import SCREENS as RECURRING_SCREENS
from sarnakh.rental.screens import PRICE_LIST as RENTAL_PRICE_LIST
from sarnakh.rental.screens import RENTAL_LIST
from sarnakh.rental.screens import TERMS_LIST as RENTAL_TERMS_LIST
from sarnakh.sales.analysis.screen import SALES_ANALYSIS_LIST
from sarnakh.sales.promotions.screens import SCREENS as PROMOTION_SCREENS
from sarnakh.sales.screens import (
    ORDER_LIST,
    QUOTATION_LIST,
    QUOTATION_TEMPLATE_LIST,
    TERMS_LIST,
    TO_INVOICE_LIST,
)
from sarnakh.sources.screens import CAMPAIGN_LIST, MEDIUM_LIST, SOURCE_LIST, TAG_LIST
from sarnakh.teams.screens import MEMBER_LIST, TEAM_LIST

SCREENS = (
    PIPELINE,
    LEAD_LIST,
    QUOTATION_LIST,
    ORDER_LIST,
    TO_INVOICE_LIST,
    QUOTATION_TEMPLATE_LIST,
    TERMS_LIST,
    *PROMOTION_SCREENS,
    CONTACT_LIST,
    TEAM_LIST,
    MEMBER_LIST,
    STAGE_LIST,
    TAG_LIST,
    LOST_REASON_LIST,
    PLAN_LIST,
    CAMPAIGN_LIST,
    MEDIUM_LIST,
    SOURCE_LIST,
    CONTACT_TAG_LIST,
    PRODUCT_LIST,
    VARIANT_LIST,
    CATEGORY_LIST,
    PRICELIST_LIST,
    RULE_LIST,
    UNIT_LIST,
    UNIT_CATEGORY_LIST,
    ATTRIBUTE_LIST,
    VALUE_LIST,
    PACKAGING_LIST,
    ACTIVITY_TYPE_LIST,
    DELIVERY_LIST,
    STOCK_LIST,
    WAREHOUSE_LIST,
    METHOD_LIST,
    *MONEY_SCREENS,
    LETTER_LIST,
    TEMPLATE_LIST,
    INVOICE_LIST,
    ANALYSIS,
    PAYMENT_LIST,
    ALLOCATION_LIST,
    JOURNAL_LIST,
    SALES_ANALYSIS_LIST,
    *RECURRING_SCREENS,
    RENTAL_LIST,
    RENTAL_PRICE_LIST,
    RENTAL_TERMS_LIST,
)
