"""Who may do what with subscriptions, plans and reasons."""

from sarnakh.accounts.roles import Role
from sarnakh.records.access import Access, Rule
from sarnakh.sales.access import IN_MY_COMPANIES, of_documents

# They follow their orders.
SUBSCRIPTIONS = Access(
    {
        Role.SALES_OWN: "read write create",
        Role.SALES_MANAGER: "read write create delete",
        Role.BILLING: "read write",
    },
    rules=of_documents(),
)
MRR_CHANGES = Access(
    {Role.SALES_OWN: "read", Role.BILLING: "read"},
    rules=of_documents("subscription."),
)
PLANS = Access(
    {
        Role.SALES_OWN: "read",
        Role.BILLING: "read",
        Role.SALES_MANAGER: "read write create delete",
    },
    rules=(Rule(None, IN_MY_COMPANIES),),
)
PLAN_PRICES = Access(
    {
        Role.SALES_OWN: "read",
        Role.BILLING: "read",
        Role.SALES_MANAGER: "read write create delete",
    },
    rules=(
        Rule(
            None,
            ["|", ["plan.company", "=", None], ["plan.company", "in", "@companies"]],
        ),
    ),
)
REASONS = Access(
    {
        Role.SALES_OWN: "read",
        Role.BILLING: "read",
        Role.SALES_MANAGER: "read write create delete",
    }
)
