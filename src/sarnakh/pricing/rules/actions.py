"""Rules of price lists: what they apply to follows from what they name."""

from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from sarnakh.accounts.actor import Actor
from sarnakh.catalog.errors import OfOtherCompany
from sarnakh.pricing.errors import BaseOfOtherCompany, OwnPricelist, PricelistCircle
from sarnakh.pricing.models import Pricelist, PricelistRule
from sarnakh.records import actions as plain
from sarnakh.records.errors import InvalidValues
from sarnakh.records.types.record_type import Values

Target, Base, Computation = (
    PricelistRule.Target,
    PricelistRule.Base,
    PricelistRule.Computation,
)
_NUMBERS = ("min_quantity", "fixed_price", "percent", "rounding_step", "surcharge",
            "min_margin", "max_margin")  # fmt: skip


@transaction.atomic
def create(values: Sequence[Values], *, by: Actor) -> list[PricelistRule]:
    """Make rules; refused when a price would start from itself."""
    _hold_lists()
    known = _follows()
    writers = plain.plain_writers(
        PricelistRule, lambda rule, _names: _check(rule, known)
    )
    made: list[PricelistRule] = writers.create(values, by=by)
    return made


@transaction.atomic
def change(
    rule: PricelistRule, values: Values, *, seen: int | None = None, by: Actor
) -> PricelistRule:
    """Edit a rule; refused when a price would start from itself."""
    _hold_lists()
    known = _follows(but=rule.pk)
    changed: PricelistRule = plain.write(
        rule, values, seen=seen, derive=lambda one, _names: _check(one, known), by=by
    )
    return changed


def check_companies(pricelist: Pricelist) -> None:
    """Refuse a list that starts from lists of another company, or the reverse."""
    above = PricelistRule.objects.filter(base_pricelist=pricelist)
    below = PricelistRule.objects.filter(pricelist=pricelist).exclude(
        base_pricelist=None
    )
    for rule in below.select_related("base_pricelist"):
        _fit(pricelist, rule.base_pricelist)
    for rule in above.select_related("pricelist"):
        _fit(rule.pricelist, pricelist)


def _check(rule: PricelistRule, follows: dict[int, set[int]]) -> None:
    for name in _NUMBERS:
        source: Any = PricelistRule._meta.get_field(name)
        setattr(rule, name, source.to_python(getattr(rule, name)))
    _aim(rule)
    errors = {name: text for name, text, holds in _demands(rule) if not holds(rule)}
    if errors:
        raise InvalidValues(errors)
    if rule.base != Base.PRICELIST or rule.computation == Computation.FIXED:
        rule.base_pricelist = None
    if rule.product and rule.product.company_id not in (
        None,
        rule.pricelist.company_id or rule.product.company_id,
    ):
        raise OfOtherCompany(rule.product)
    if rule.base_pricelist:
        _fit(rule.pricelist, rule.base_pricelist)
        _refuse_circle(rule, follows)
        follows.setdefault(rule.pricelist_id, set()).add(rule.base_pricelist.pk)


def _aim(rule: PricelistRule) -> None:
    """The closest thing that is named: a variant, a product, a category, or all."""
    if rule.product:
        rule.target = Target.VARIANT if rule.product.family_id else Target.PRODUCT
    else:
        rule.target = Target.CATEGORY if rule.category_id else Target.ALL


_Demand = tuple[str, str, Callable[[PricelistRule], bool]]


def _demands(rule: PricelistRule) -> tuple[_Demand, ...]:
    """Field, message, and what has to hold."""
    on_list = rule.base == Base.PRICELIST and rule.computation != Computation.FIXED
    negative = _("This cannot be negative.")
    return (
        (
            "category",
            _("Name a product or a category, not both."),
            lambda one: not (one.product_id and one.category_id),
        ),
        ("min_quantity", negative, lambda one: one.min_quantity >= 0),
        ("rounding_step", negative, lambda one: one.rounding_step >= 0),
        (
            "percent",
            _("A discount is at most 100 %."),
            lambda one: one.percent <= Decimal(100),
        ),
        (
            "max_margin",
            _("The maximum margin cannot be less than the minimum margin."),
            lambda one: (
                one.min_margin is None
                or one.max_margin is None
                or one.min_margin <= one.max_margin
            ),
        ),
        (
            "ends_at",
            _("The end must be later than the start."),
            lambda one: (
                not one.starts_at or not one.ends_at or one.starts_at < one.ends_at
            ),
        ),
        (
            "base_pricelist",
            _("Choose the list that the price starts from."),
            lambda one: bool(one.base_pricelist_id) or not on_list,
        ),
    )


def _fit(pricelist: Pricelist, base: Pricelist | None) -> None:
    if base and base.company_id not in (None, pricelist.company_id):
        raise BaseOfOtherCompany(base)


def _refuse_circle(rule: PricelistRule, follows: dict[int, set[int]]) -> None:
    base = rule.base_pricelist
    if base is None:
        return
    if base.pk == rule.pricelist_id:
        raise OwnPricelist
    found, level = {base.pk}, [base.pk]
    while level:
        level = [pk for one in level for pk in follows.get(one, ()) if pk not in found]
        found.update(level)
    if rule.pricelist_id in found:
        raise PricelistCircle(base)


def _hold_lists() -> None:
    """One at a time: two halves of a circle may not pass each other."""
    list(Pricelist.objects.select_for_update().order_by("pk").values_list("pk"))


def _follows(but: int | None = None) -> dict[int, set[int]]:
    """Which lists each list starts from."""
    found: dict[int, set[int]] = {}
    edges = PricelistRule.objects.exclude(base_pricelist=None).exclude(pk=but or 0)
    for pricelist, base in edges.order_by().values_list("pricelist", "base_pricelist"):
        found.setdefault(pricelist, set()).add(base)
    return found
