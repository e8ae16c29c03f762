"""Which shipping methods there are for an address, and what they cost."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Q

from sarnakh.accounts.models import Company
from sarnakh.contacts.models import Contact
from sarnakh.delivery.models import ShippingMethod
from sarnakh.delivery.shipping import price as engine
from sarnakh.delivery.shipping.places import country_code, folded, parts
from sarnakh.delivery.shipping.price import Basket
from sarnakh.lib import money


@dataclass(frozen=True)
class Quote:
    """What a method costs, in smallest units of the company's currency."""

    method: ShippingMethod
    amount: int
    is_free: bool = False


def methods_for(address: Contact | None, company: Company) -> list[ShippingMethod]:
    """Methods of the company (and shared ones) that reach an address."""
    found = (
        ShippingMethod.objects.filter(Q(company=company) | Q(company=None), active=True)
        .select_related("product")
        .prefetch_related("rules")
        .order_by("sequence", "pk")
    )
    return [method for method in found if reaches(method, address)]


def reaches(method: ShippingMethod, address: Contact | None) -> bool:
    """Whether a method goes to an address."""
    return engine.reaches(
        country=address.country if address else "",
        state=folded(address.state) if address else "",
        code=folded(address.zip) if address else "",
        countries=[country_code(one) for one in parts(method.countries)],
        states=[folded(one) for one in parts(method.states)],
        codes=[folded(one) for one in parts(method.zip_prefixes)],
    )


def quote(
    method: ShippingMethod, basket: Basket, *, fixed: int, currency: str
) -> Quote | None:
    """What a method asks for a basket; None when it is not available for it.

    `fixed` is the price of the delivery product by the order's price list, in
    smallest units; margins do not touch it.
    """
    if method.provider == ShippingMethod.Provider.FIXED:
        free_over = (
            money.to_major(method.free_over, currency)
            if method.free_over is not None
            else None
        )
        if engine.is_free(basket, free_over):
            return Quote(method, 0, is_free=True)
        return Quote(method, fixed)
    margin = engine.Margin(method.margin_percent, method.margin_amount)
    amount = engine.by_rules(rules_of(method), basket, margin)
    return None if amount is None else Quote(method, amount)


def rules_of(method: ShippingMethod) -> Sequence[engine.Rule]:
    """The rules of a method as the engine takes them."""
    return [
        engine.Rule(
            variable=rule.variable,
            operator=rule.operator,
            value=rule.value,
            base=rule.base_price,
            each=rule.factor_price,
            factor=rule.factor,
            sequence=rule.sequence,
        )
        for rule in method.rules.all()
    ]
