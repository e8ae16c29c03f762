"""Who may do what with teams and memberships."""

from sarnakh.accounts.roles import Role
from sarnakh.records.access import Access, Rule

TEAMS = Access(
    {
        Role.INTERNAL: "read",
        Role.SALES_MANAGER: "read write create delete",
    },
    rules=(Rule(None, ["|", ["company", "=", None], ["company", "in", "@companies"]]),),
)
MEMBERS = Access(
    {
        Role.INTERNAL: "read",
        Role.SALES_MANAGER: "read write create delete",
    }
)
