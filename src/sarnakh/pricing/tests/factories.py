"""Price lists for tests."""

from typing import Any

from sarnakh.accounts.actor import Actor
from sarnakh.pricing.models import Pricelist, PricelistRule


def make_list(*rules: dict[str, Any], **values: Any) -> Pricelist:
    """A shared list with rules."""
    found = Pricelist.objects.create(**{"name": "List", **values})
    for rule in rules:
        PricelistRule.objects.create(pricelist=found, **rule)
    return found


def samples(by: Actor) -> dict[str, Any]:
    """One record of every type of this room."""
    pricelist = make_list({"fixed_price": 70}, company=by.company)
    return {"pricelists": pricelist, "pricelist-rules": pricelist.rules.get()}
