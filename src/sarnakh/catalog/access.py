"""Who may do what with products and what they are sorted and measured by."""

from dataclasses import dataclass

from sarnakh.accounts.actor import Actor
from sarnakh.accounts.roles import Role
from sarnakh.money.models import TradeSettings
from sarnakh.records.access import Access, Rule, Verb

IN_MY_COMPANIES = ["|", ["company", "=", None], ["company", "in", "@companies"]]
READERS = {
    Role.SALES_OWN: "read",
    Role.BILLING: "read",
    Role.STOCK: "read",
    Role.SALES_MANAGER: "read write create delete",
}


@dataclass(frozen=True)
class ProductAccess(Access):
    """Salespeople make products while their company lets them."""

    def allows(self, actor: Actor, verb: Verb) -> bool:
        if super().allows(actor, verb):
            return True
        if verb != "create" or not actor.has(Role.SALES_OWN):
            return False
        settings: TradeSettings = actor.once(
            "trade-settings", lambda: TradeSettings.of(actor.company)
        )
        return settings.salespeople_make_products


PRODUCTS = ProductAccess(READERS, rules=(Rule(None, IN_MY_COMPANIES),))
PACKAGINGS = Access(
    READERS,
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
REFERENCE = Access(READERS)
