"""Who may do what with price lists."""

from sarnakh.accounts.roles import Role
from sarnakh.records.access import Access, Rule

_TABLE = {
    Role.SALES_OWN: "read",
    Role.BILLING: "read",
    Role.SALES_MANAGER: "read write create delete",
}

PRICELISTS = Access(
    _TABLE,
    rules=(Rule(None, ["|", ["company", "=", None], ["company", "in", "@companies"]]),),
)
RULES = Access(
    _TABLE,
    rules=(
        Rule(
            None,
            [
                "|",
                ["pricelist.company", "=", None],
                ["pricelist.company", "in", "@companies"],
            ],
        ),
    ),
)
