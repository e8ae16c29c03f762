"""Who may do what in the pipeline."""

from sarnakh.accounts.roles import Role
from sarnakh.records.access import Access, Rule

IN_MY_COMPANIES = ["|", ["company", "=", None], ["company", "in", "@companies"]]

LEADS = Access(
    {
        Role.SALES_OWN: "read write create",
        Role.SALES_ALL: "read write create",
        Role.SALES_MANAGER: "read write create delete",
    },
    rules=(
        Rule(None, IN_MY_COMPANIES),
        Rule(
            Role.SALES_OWN,
            ["|", ["salesperson", "=", "@me"], ["salesperson", "=", None]],
            frozenset({"read", "write", "delete"}),
        ),
        Rule(Role.SALES_ALL, []),
    ),
)
STAGES = Access(
    {
        Role.INTERNAL: "read",
        Role.SALES_MANAGER: "read write create delete",
    }
)
LOST_REASONS = Access(
    {
        Role.INTERNAL: "read",
        Role.SALES_MANAGER: "read write create delete",
    }
)
RECURRING_PLANS = Access(
    {
        Role.SALES_OWN: "read",
        Role.SALES_MANAGER: "read write create delete",
    }
)
