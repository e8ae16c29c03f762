"""Who may do what with tags, campaigns, media and sources."""

from sarnakh.accounts.roles import Role
from sarnakh.records.access import Access

TAGS = Access(
    {
        Role.SALES_OWN: "read write create",
        Role.SALES_MANAGER: "read write create delete",
    }
)
ORIGINS = Access(
    {
        Role.INTERNAL: "read",
        Role.SALES_OWN: "read create",
        Role.SALES_MANAGER: "read write create delete",
    }
)
