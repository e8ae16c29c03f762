"""Writing plans, their prices, and reasons."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from sarnakh.accounts.actor import Actor
from sarnakh.records import actions as plain
from sarnakh.records.errors import InvalidValues
from sarnakh.records.whole import whole
from sarnakh.recurring import errors
from sarnakh.recurring.models import BillingPlan, CloseReason, PlanPrice

# What periods are counted by.
PERIOD = {"count", "unit", "is_aligned"}


def _derive_plan(plan: Any, changed: set[str]) -> None:
    if plan.pk and changed & PERIOD and plan.subscriptions.exists():
        raise errors.plan_in_use(str(plan))


def _derive_price(price: Any, changed: set[str]) -> None:
    if price.price < 0:
        raise InvalidValues({"price": _("A price cannot be negative.")})
    plan, pricelist = price.plan, price.pricelist
    for one in (price.product, pricelist):
        company = one.company_id if one is not None else None
        if company and plan.company_id and company != plan.company_id:
            raise errors.OtherCompany(str(one), plan.company.name)
    if price._state.adding and not {"price"} & changed:
        price.price = price.product.price


PLAN_WRITERS = plain.plain_writers(BillingPlan, _derive_plan)
PRICE_WRITERS = plain.plain_writers(PlanPrice, _derive_price)
REASON_WRITERS = plain.plain_writers(CloseReason)


@whole
def delete_reasons(reasons: Sequence[CloseReason], *, by: Actor) -> None:
    """Reasons that the system itself gives stay."""
    for one in reasons:
        if one.code:
            raise InvalidValues(
                {
                    "name": _("“%(name)s” is given by the system and stays.")
                    % {"name": one}
                }
            )
    plain.delete(reasons, by=by)
