"""Who may see outgoing mail and edit templates."""

from sarnakh.accounts.roles import Role
from sarnakh.records.access import Access, Rule

LETTERS = Access(
    {Role.ADMINISTRATOR: "read"},
    rules=(Rule(None, [["company", "in", "@companies"]]),),
)
TEMPLATES = Access(
    {
        Role.ADMINISTRATOR: "read write",
        Role.SALES_MANAGER: "read write",
        Role.ACCOUNTANT: "read write",
    }
)
