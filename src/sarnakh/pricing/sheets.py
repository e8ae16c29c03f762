"""Price lists as the engine takes them: only the rules that can matter."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import Q

from sarnakh.accounts.models import Company
from sarnakh.pricing.engine import ProductFacts, Rule, Sheet
from sarnakh.pricing.models import Pricelist, PricelistRule

_SHOWN = Pricelist.DiscountPolicy.SHOWN
# What the engine calls otherwise than the table does.
_OTHERWISE = {"base_list": "base_pricelist_id", "path": "category__path"}
_NAMES = (
    "pk", "target", "product_id", "path", "min_quantity", "starts_at", "ends_at",
    "computation", "fixed_price", "percent", "base", "base_list", "rounding_step",
    "surcharge", "min_margin", "max_margin",
)  # fmt: skip
_PATHS = tuple(_OTHERWISE.get(name, name) for name in _NAMES)
_OF_LISTS = (
    "pricelist_id",
    "base_pricelist_id",
    "base_pricelist__currency",
    "base_pricelist__discount_policy",
)


def read(
    pricelist: Pricelist | None, company: Company, products: Sequence[ProductFacts]
) -> Mapping[int | None, Sheet]:
    """The list and all that it is based on, with the rules that can concern these
    products. One statement for each level: most lists stand on none."""
    if pricelist is None:
        return {None: Sheet(None, company.currency)}
    known = {
        pricelist.pk: (pricelist.currency, pricelist.discount_policy == _SHOWN),
    }
    rules: dict[int, list[Rule]] = {}
    level = [pricelist.pk]
    while level:
        rules |= {key: [] for key in level}
        for owner, base, currency, policy, *values in _rows(products, level):
            rules[owner].append(_rule(values))
            if base:
                known[base] = (currency, policy == _SHOWN)
        following = {rule.follows for key in level for rule in rules[key]}
        level = [key for key in following if key is not None and key not in rules]
    return {key: Sheet(key, *known[key], tuple(found)) for key, found in rules.items()}


def _rule(values: Sequence[Any]) -> Rule:
    found = dict(zip(_NAMES, values, strict=True))
    return Rule(**found | {"path": found["path"] or ""})


def _rows(products: Sequence[ProductFacts], lists: Sequence[int]) -> Any:
    """Rules of the lists for any of the products; each part of the condition names
    the lists, so that an index finds it."""
    keys = {one.pk for one in products} | {
        one.family_id for one in products if one.family_id
    }
    categories = {
        int(part) for one in products for part in one.path.strip("/").split("/") if part
    }
    targets = PricelistRule.Target
    concerning = (
        Q(pricelist__in=lists, target=targets.ALL)
        | Q(
            pricelist__in=lists,
            target__in=(targets.PRODUCT, targets.VARIANT),
            product__in=keys,
        )
        | Q(pricelist__in=lists, target=targets.CATEGORY, category__in=categories)
    )
    return (
        PricelistRule.objects.filter(concerning)
        .order_by()
        .values_list(*_OF_LISTS, *_PATHS)
    )
