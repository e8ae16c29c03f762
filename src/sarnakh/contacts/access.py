"""Who may do what with contacts."""

from sarnakh.accounts.roles import Role
from sarnakh.records.access import Access, Rule

IN_MY_COMPANIES = ["|", ["company", "=", None], ["company", "in", "@companies"]]

CONTACTS = Access(
    {
        Role.INTERNAL: "read",
        Role.SALES_OWN: "read write create",
        Role.SALES_MANAGER: "read write create delete",
        Role.ADMINISTRATOR: "read write create delete",
    },
    rules=(Rule(None, IN_MY_COMPANIES),),
)
CONTACT_TAGS = Access(
    {
        Role.INTERNAL: "read",
        Role.SALES_OWN: "read write create",
        Role.SALES_MANAGER: "read write create delete",
    }
)
