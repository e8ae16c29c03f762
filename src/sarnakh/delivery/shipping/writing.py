"""Checks on shipping methods and their rules."""

from typing import Any

from django.utils.translation import gettext as _

from sarnakh.delivery.models import ShippingMethod, ShippingRule
from sarnakh.delivery.shipping.places import country_code, parts
from sarnakh.records.errors import InvalidValues


def derive_method(method: ShippingMethod, changed: set[str]) -> None:
    """Countries must be known; what is sent is a service."""
    unknown = [one for one in parts(method.countries) if not country_code(one)]
    if unknown:
        raise InvalidValues(
            {"countries": _("There is no country “%(name)s”.") % {"name": unknown[0]}}
        )
    if "product" in changed and method.product.is_goods:
        raise InvalidValues({"product": _("The delivery product is a service.")})
    if method.margin_percent is not None and method.margin_percent < -100:
        raise InvalidValues({"margin_percent": _("This must be at least −100.")})


def derive_rule(rule: ShippingRule, changed: set[str]) -> None:
    """Rules belong to methods whose price they make."""
    first: Any = rule.method
    if first.provider != ShippingMethod.Provider.RULES:
        raise InvalidValues(
            {"method": _("The price of this method is not based on rules.")}
        )
