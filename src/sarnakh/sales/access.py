"""Who may do what with quotations and orders."""

from sarnakh.accounts.roles import Role
from sarnakh.records.access import Access, Rule

IN_MY_COMPANIES = ["|", ["company", "=", None], ["company", "in", "@companies"]]
READ_AND_WRITE = frozenset({"read", "write"})
READ = frozenset({"read"})

# Costs and margins are for people who answer for more than their own sales.
SEES_COSTS = frozenset({Role.SALES_ALL, Role.BILLING})


def of_documents(prefix: str = "") -> tuple[Rule, ...]:
    """Own and unassigned ones, all, or all for reading; always within the companies.

    Somebody of "own documents" cannot create for others either.
    """
    salesperson = f"{prefix}salesperson"
    return (
        Rule(None, [[f"{prefix}company", "in", "@companies"]]),
        Rule(
            Role.SALES_OWN,
            ["|", [salesperson, "=", "@me"], [salesperson, "=", None]],
        ),
        Rule(Role.SALES_ALL, []),
        Rule(Role.BILLING, [], READ_AND_WRITE),
        Rule(Role.STOCK, [], READ),
    )


ORDERS = Access(
    {
        Role.SALES_OWN: "read write create",
        Role.SALES_MANAGER: "read write create delete",
        Role.BILLING: "read write",
        Role.STOCK: "read",
    },
    rules=of_documents(),
)
# Lines belong to their order; whether one may go is for the order's state to say.
LINES = Access(
    {
        Role.SALES_OWN: "read write create delete",
        Role.BILLING: "read write",
        Role.STOCK: "read",
    },
    rules=of_documents("order."),
)
TEMPLATES = Access(
    {
        Role.SALES_OWN: "read",
        Role.SALES_MANAGER: "read write create delete",
    },
    rules=(Rule(None, IN_MY_COMPANIES),),
)
TEMPLATE_LINES = Access(
    {
        Role.SALES_OWN: "read",
        Role.SALES_MANAGER: "read write create delete",
    },
    rules=(
        Rule(
            None,
            [
                "|",
                ["template.company", "=", None],
                ["template.company", "in", "@companies"],
            ],
        ),
    ),
)
CUSTOMER_TERMS = Access(
    {
        Role.SALES_OWN: "read",
        Role.SALES_MANAGER: "read write create delete",
        Role.BILLING: "read write create",
    },
    rules=(Rule(None, [["company", "in", "@companies"]]),),
)
PROGRAMS = Access(
    {
        Role.SALES_OWN: "read",
        Role.SALES_MANAGER: "read write create delete",
    },
    rules=(Rule(None, IN_MY_COMPANIES),),
)
_OF_PROGRAM = [
    "|",
    ["program.company", "=", None],
    ["program.company", "in", "@companies"],
]
PROGRAM_PARTS = Access(
    {
        Role.SALES_OWN: "read",
        Role.SALES_MANAGER: "read write create delete",
    },
    rules=(Rule(None, _OF_PROGRAM),),
)
# Who reads codes can spend them.
COUPONS = Access(
    {Role.SALES_MANAGER: "read write create delete"},
    rules=(Rule(None, _OF_PROGRAM),),
)
