"""Who may do what with deliveries, stock and shipping.

Who sells sees the deliveries of the orders that they see: each carries the
salesperson of its order.
"""

from sarnakh.accounts.roles import Role
from sarnakh.records.access import Access, Rule

READING = frozenset({"read"})


def _of_company(path: str, *, shared: bool = False) -> Rule:
    inside = [path, "in", "@companies"]
    return Rule(None, ["|", [path, "=", None], inside] if shared else [inside])


def _of_orders(path: str) -> tuple[Rule, ...]:
    """Own and free ones for "own documents"; everything for the others."""
    mine = ["|", [path, "=", "@me"], [path, "=", None]]
    return (
        Rule(Role.SALES_OWN, mine),
        Rule(Role.SALES_ALL, []),
        Rule(Role.STOCK, []),
    )


WRITERS = {
    Role.SALES_OWN: "read",
    Role.STOCK: "read write create",
    Role.SALES_MANAGER: "read write create delete",
}
DELIVERIES = Access(WRITERS, rules=(_of_company("company"), *_of_orders("salesperson")))
MOVES = Access(
    {**WRITERS, Role.STOCK: "read write create delete"},
    rules=(_of_company("delivery.company"), *_of_orders("delivery.salesperson")),
)
WAREHOUSES = Access(
    {
        Role.SALES_OWN: "read",
        Role.STOCK: "read",
        Role.BILLING: "read",
        Role.SALES_MANAGER: "read write create delete",
    },
    rules=(_of_company("company"),),
)
STOCK_LEVELS = Access(
    {
        Role.SALES_OWN: "read",
        Role.STOCK: "read write create",
        Role.SALES_MANAGER: "read write create",
    },
    rules=(_of_company("warehouse.company"),),
)
SHIPPING_METHODS = Access(
    {
        Role.SALES_OWN: "read",
        Role.STOCK: "read",
        Role.BILLING: "read",
        Role.SALES_MANAGER: "read write create delete",
    },
    rules=(_of_company("company", shared=True),),
)
SHIPPING_RULES = Access(
    {
        Role.SALES_OWN: "read",
        Role.STOCK: "read",
        Role.SALES_MANAGER: "read write create delete",
    },
    rules=(_of_company("method.company", shared=True),),
)
