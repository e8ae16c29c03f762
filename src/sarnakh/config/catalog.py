"""Every record type of the product, in the order that lists show them."""

from sarnakh.activities.types import ACTIVITIES, ACTIVITY_TYPES
from sarnakh.administration.types import COMPANIES, USERS
from sarnakh.catalog.types import (
    ATTRIBUTES,
    CATEGORIES,
    PACKAGINGS,
    PRODUCTS,
    UNIT_CATEGORIES,
    UNITS,
    VALUES,
)
from sarnakh.contacts.types import CONTACT_TAGS, CONTACTS
from sarnakh.crm.types import LEADS, LOST_REASONS, RECURRING_PLANS, STAGES
from sarnakh.delivery.types import (
    DELIVERIES,
    MOVES,
    SHIPPING_METHODS,
    SHIPPING_RULES,
    STOCK_LEVELS,
    WAREHOUSES,
)
from sarnakh.invoicing.types import (
    ALLOCATIONS,
    INVOICE_LINES,
    INVOICES,
    JOURNALS,
    PAYMENTS,
)
from sarnakh.mail.types import LETTERS, TEMPLATES
from sarnakh.money.types import (
    MAPPINGS,
    POSITIONS,
    RATES,
    ROUNDINGS,
    TAX_GROUPS,
    TAXES,
    TERM_LINES,
    TERMS,
)
from sarnakh.pricing.types import PRICELISTS, RULES
from sarnakh.recurring.types import (
    BILLING_PLANS,
    CLOSE_REASONS,
    MRR_CHANGES,
    PLAN_PRICES,
    SUBSCRIPTIONS,
)
from sarnakh.rental.types import (
    RENTAL_LINES,
    RENTAL_PRICES,
    RENTAL_TERMS,
    RENTALS,
)
from sarnakh.sales.analysis.type import SALES_ANALYSIS
from sarnakh.sales.promotions.types import TYPES as PROMOTION_TYPES
from sarnakh.sales.types import (
    CUSTOMER_TERMS,
    ORDER_LINES,
    ORDER_OPTIONS,
    ORDERS,
    QUOTATION_TEMPLATES,
    TEMPLATE_LINES,
)
from sarnakh.sources.types import CAMPAIGNS, MEDIA, SOURCES, TAGS
from sarnakh.teams.types import MEMBERS, TEAMS

TYPES = (
    LEADS,
    CONTACTS,
    INVOICES,
    INVOICE_LINES,
    PAYMENTS,
    JOURNALS,
    ALLOCATIONS,
    STAGES,
    TEAMS,
    MEMBERS,
    TAGS,
    LOST_REASONS,
    RECURRING_PLANS,
    CAMPAIGNS,
    MEDIA,
    SOURCES,
    CONTACT_TAGS,
    PRODUCTS,
    CATEGORIES,
    UNITS,
    UNIT_CATEGORIES,
    ATTRIBUTES,
    VALUES,
    PACKAGINGS,
    PRICELISTS,
    RULES,
    ORDERS,
    ORDER_LINES,
    ORDER_OPTIONS,
    QUOTATION_TEMPLATES,
    TEMPLATE_LINES,
    CUSTOMER_TERMS,
    SALES_ANALYSIS,
    *PROMOTION_TYPES,
    SUBSCRIPTIONS,
    BILLING_PLANS,
    PLAN_PRICES,
    CLOSE_REASONS,
    MRR_CHANGES,
    ACTIVITIES,
    ACTIVITY_TYPES,
    RENTALS,
    RENTAL_LINES,
    RENTAL_PRICES,
    RENTAL_TERMS,
    DELIVERIES,
    MOVES,
    WAREHOUSES,
    STOCK_LEVELS,
    SHIPPING_METHODS,
    SHIPPING_RULES,
    TAXES,
    TAX_GROUPS,
    POSITIONS,
    MAPPINGS,
    TERMS,
    TERM_LINES,
    RATES,
    ROUNDINGS,
    USERS,
    COMPANIES,
    LETTERS,
    TEMPLATES,
)
