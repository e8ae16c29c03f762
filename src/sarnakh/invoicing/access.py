"""Who may do what with invoices and payments."""

from sarnakh.accounts.roles import Role
from sarnakh.records.access import Access, Rule

WORK = {
    Role.SALES_OWN: "read",
    Role.BILLING: "read write create delete",
}

INVOICES = Access(
    WORK,
    rules=(
        Rule(None, [["company", "in", "@companies"]]),
        Rule(
            Role.SALES_OWN,
            ["|", ["salesperson", "=", "@me"], ["salesperson", "=", None]],
        ),
        Rule(Role.SALES_ALL, []),
        Rule(Role.BILLING, []),
    ),
)
INVOICE_LINES = Access(
    WORK,
    rules=(
        Rule(None, [["invoice.company", "in", "@companies"]]),
        Rule(
            Role.SALES_OWN,
            [
                "|",
                ["invoice.salesperson", "=", "@me"],
                ["invoice.salesperson", "=", None],
            ],
        ),
        Rule(Role.SALES_ALL, []),
        Rule(Role.BILLING, []),
    ),
)
ALLOCATIONS = Access(
    {Role.SALES_OWN: "read", Role.BILLING: "read"},
    rules=INVOICE_LINES.rules,
)
PAYMENTS = Access(WORK, rules=(Rule(None, [["company", "in", "@companies"]]),))
JOURNALS = Access(
    {
        Role.SALES_OWN: "read",
        Role.BILLING: "read",
        Role.ACCOUNTANT: "read write create delete",
    },
    rules=(Rule(None, [["company", "in", "@companies"]]),),
)
