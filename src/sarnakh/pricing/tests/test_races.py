"""Two halves of a circle in the same moment."""

from typing import Any

import pytest

from sarnakh.accounts.actor import actor_for
from sarnakh.accounts.models import User
from sarnakh.accounts.roles import Role
from sarnakh.accounts.tests.factories import make_user
from sarnakh.crm.tests.test_races import together
from sarnakh.pricing.errors import PricelistCircle
from sarnakh.pricing.models import Pricelist, PricelistRule
from sarnakh.pricing.tests.factories import make_list
from sarnakh.pricing.types import RULES
from sarnakh.records import guarded

pytestmark = pytest.mark.django_db(transaction=True)


def test_only_one_of_two_lists_comes_to_start_from_the_other():
    user = make_user(Role.SALES_MANAGER)
    one, two = make_list(), make_list()

    def follow(above: Pricelist, below: Pricelist) -> Any:
        values = {
            "pricelist": above.pk,
            "computation": "percent",
            "base": "pricelist",
            "base_pricelist": below.pk,
        }
        by = actor_for(User.objects.get(pk=user.pk))
        return guarded.create(RULES, [values], by=by)

    results = together(lambda: follow(one, two), lambda: follow(two, one))

    (refused,) = [found for found in results if isinstance(found, Exception)]
    assert isinstance(refused, PricelistCircle)
    assert PricelistRule.objects.count() == 1
