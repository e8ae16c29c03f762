"""Who may do what with rentals: as with orders."""

from sarnakh.accounts.roles import Role
from sarnakh.records.access import Access, Rule

READ = frozenset({"read"})


def _of_documents(prefix: str = "") -> tuple[Rule, ...]:
    salesperson = f"{prefix}salesperson"
    return (
        Rule(None, [[f"{prefix}company", "in", "@companies"]]),
        Rule(
            Role.SALES_OWN, ["|", [salesperson, "=", "@me"], [salesperson, "=", None]]
        ),
        Rule(Role.SALES_ALL, []),
        Rule(Role.STOCK, [], READ),
    )


RENTALS = Access(
    {
        Role.SALES_OWN: "read write create",
        Role.SALES_MANAGER: "read write create delete",
        Role.STOCK: "read",
    },
    rules=_of_documents(),
)
RENTAL_LINES = Access(
    {Role.SALES_OWN: "read write create delete", Role.STOCK: "read"},
    rules=_of_documents("rental."),
)
RENTAL_PRICES = Access(
    {
        Role.SALES_OWN: "read",
        Role.SALES_MANAGER: "read write create delete",
    },
    rules=(
        Rule(
            None,
            [
                "|",
                ["product.company", "=", None],
                ["product.company", "in", "@companies"],
            ],
        ),
    ),
)
RENTAL_TERMS = RENTAL_PRICES
