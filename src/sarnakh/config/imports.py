"""What record types say about their own import."""

from sarnakh.contacts.importing import CONTACT_IMPORT
from sarnakh.crm.importing import LEAD_IMPORT
from sarnakh.delivery.importing import (
    METHOD_IMPORT,
    RULE_IMPORT,
    STOCK_IMPORT,
    WAREHOUSE_IMPORT,
)
from sarnakh.sources.importing import TAG_IMPORT
from sarnakh.teams.importing import TEAM_IMPORT

IMPORTS = {
    "leads": LEAD_IMPORT,
    "contacts": CONTACT_IMPORT,
    "teams": TEAM_IMPORT,
    "tags": TAG_IMPORT,
    "stock-levels": STOCK_IMPORT,
    "warehouses": WAREHOUSE_IMPORT,
    "shipping-methods": METHOD_IMPORT,
    "shipping-rules": RULE_IMPORT,
}
