"""Two people promise the same unit in the same moment, on two connections."""

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sarnakh.crm.tests.factories import manager
from sarnakh.crm.tests.test_races import together
from sarnakh.delivery.tests.factories import level
from sarnakh.lib.errors import Refused
from sarnakh.rental.errors import Shortage
from sarnakh.rental.models import RentalLine, RentalOrder
from sarnakh.rental.orders import actions as rentals
from sarnakh.rental.tests.factories import (
    DAY,
    START,
    fresh,
    lines_of,
    make_rental,
    make_reserved,
    make_tool,
)

pytestmark = pytest.mark.django_db(transaction=True)


def test_the_last_unit_is_promised_once():
    by, other = manager(), manager()
    tool = make_tool(by, 1)
    first, second = make_rental(by, (tool, 1)), make_rental(by, (tool, 1))

    results = together(
        lambda: rentals.confirm(RentalOrder.objects.get(pk=first.pk), by=by),
        lambda: rentals.confirm(RentalOrder.objects.get(pk=second.pk), by=other),
    )

    (refused,) = [r for r in results if isinstance(r, Exception)]
    assert isinstance(refused, Shortage)
    assert RentalLine.objects.filter(is_confirmed=True).count() == 1


def test_crossing_products_do_not_block_each_other():
    by = manager()
    one, two = make_tool(by, 2), make_tool(by, 2)
    first = make_rental(by, (one, 1), (two, 1))
    second = make_rental(by, (two, 1), (one, 1))

    results = together(
        lambda: rentals.confirm(RentalOrder.objects.get(pk=first.pk), by=by),
        lambda: rentals.confirm(RentalOrder.objects.get(pk=second.pk), by=by),
    )

    assert [r.status for r in results] == ["reserved", "reserved"]


def test_two_people_hand_the_same_units_over_once():
    by, other = manager(), manager()
    tool = make_tool(by, 5)
    rental = make_reserved(by, (tool, 3))

    together(
        lambda: rentals.pick_up(RentalOrder.objects.get(pk=rental.pk), by=by),
        lambda: rentals.pick_up(RentalOrder.objects.get(pk=rental.pk), by=other),
    )

    assert (level(tool).on_hand, level(tool).rented) == (2, 3)
    assert lines_of(rental)[0].picked_up == 3


STEPS = st.lists(
    st.tuples(
        st.sampled_from(["rent", "confirm", "pick", "return", "cancel", "extend"]),
        st.integers(0, 3),
        st.integers(1, 3),
    ),
    max_size=10,
)


@settings(
    max_examples=12,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(steps=STEPS)
def test_never_more_units_are_promised_or_out_than_there_are(steps):
    by = manager()
    tool = make_tool(by, 3)
    made: list[RentalOrder] = []
    for name, which, number in steps:
        try:
            if name == "rent":
                starts_at = START + which * DAY
                made.append(make_rental(by, (tool, number), starts_at=starts_at))
            elif made:
                act(name, fresh(made[which % len(made)]), number, by)
        except Refused:
            continue
        finally:
            assert_consistent(tool)


def act(name: str, rental: RentalOrder, number: int, by) -> None:
    """One thing that somebody does."""
    (line,) = lines_of(rental)
    if name == "confirm":
        rentals.confirm(rental, by=by)
    elif name == "pick":
        rentals.pick_up(rental, {line.pk: Decimal(number)}, by=by)
    elif name == "return":
        rentals.give_back(
            rental, {line.pk: Decimal(number)}, at=rental.returns_at, by=by
        )
    elif name == "extend":
        rentals.change(rental, {"returns_at": rental.returns_at + number * DAY}, by=by)
    else:
        rentals.cancel(rental, by=by)


def assert_consistent(tool) -> None:
    """Units add up, and no day promises more than there are."""
    stored = level(tool)
    out = sum(line.out for line in RentalLine.objects.filter(product=tool))
    assert stored.rented == out
    assert stored.on_hand + stored.rented == 3
    assert stored.on_hand >= 0
    for number in range(16):
        moment = START + number * DAY + dt.timedelta(hours=1)
        promised = sum(
            line.quantity - line.returned
            for line in RentalLine.objects.filter(product=tool, is_confirmed=True)
            if line.starts_at <= moment < line.busy_until
        )
        assert promised <= 3
