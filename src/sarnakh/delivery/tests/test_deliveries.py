"""A delivery from its plan to the door, and back."""

from decimal import Decimal

import pytest

from sarnakh.delivery.deliveries import actions as deliveries
from sarnakh.delivery.deliveries.errors import (
    BackorderQuestion,
    DeliveryCancelled,
    DeliveryDone,
    NothingToDeliver,
    TooMuchReturned,
)
from sarnakh.delivery.models import Delivery, Move
from sarnakh.delivery.stock import actions as stock
from sarnakh.delivery.tests.factories import (
    keeper,
    level,
    make_delivery,
    make_product,
    put,
    set_policy,
)
from sarnakh.records.models import Change

pytestmark = pytest.mark.django_db


def test_a_delivery_gets_its_number_and_reserves_what_is_there():
    by = keeper()
    lamp, chair = make_product(), make_product()
    put(lamp, 10, by=by)
    put(chair, 2, by=by)

    delivery, (lamps, chairs) = make_delivery(by, (lamp, 4), (chair, 5))

    assert delivery.number == "WH/OUT/00001"
    assert (lamps.reserved, chairs.reserved) == (4, 2)
    assert (level(lamp).reserved, level(chair).reserved) == (4, 2)
    # As soon as possible: a part may go.
    assert delivery.state == Delivery.State.READY


def test_when_all_is_wanted_together_a_part_waits():
    by = keeper()
    lamp, chair = make_product(), make_product()
    put(lamp, 10, by=by)

    delivery, _moves = make_delivery(
        by, (lamp, 4), (chair, 1), shipping_policy="together"
    )
    assert delivery.state == Delivery.State.WAITING

    put(chair, 1, by=by)
    assert deliveries.reserve(delivery, by=by).state == Delivery.State.READY


def test_consumables_are_always_there():
    by = keeper()
    delivery, (move,) = make_delivery(by, (make_product("consumable"), 7))

    assert (move.reserved, delivery.state) == (7, Delivery.State.READY)


def test_reservation_by_hand_waits_for_somebody():
    by = keeper()
    set_policy(by.company, reservation="manual")
    lamp = make_product()
    put(lamp, 10, by=by)

    delivery, _moves = make_delivery(by, (lamp, 4))
    assert (delivery.state, level(lamp).reserved) == ("waiting", 0)

    delivery = deliveries.reserve(delivery, by=by)
    assert (delivery.state, level(lamp).reserved) == ("ready", 4)

    delivery = deliveries.unreserve(delivery, by=by)
    assert (delivery.state, level(lamp).reserved) == ("waiting", 0)


def test_validating_moves_the_stock_once():
    by = keeper()
    lamp = make_product()
    put(lamp, 10, by=by)
    delivery, _moves = make_delivery(by, (lamp, 4))

    done = deliveries.validate(delivery, by=by)
    again = deliveries.validate(delivery, by=by)

    assert (done.state, again.state) == ("done", "done")
    assert done.done_at is not None
    assert again.done_at == done.done_at
    assert (level(lamp).on_hand, level(lamp).reserved) == (6, 0)
    assert Move.objects.get(delivery=delivery).done == 4
    assert Change.objects.filter(event="delivered").count() == 1


def test_with_nothing_reserved_and_nothing_typed_nothing_leaves():
    by = keeper()
    delivery, _moves = make_delivery(by, (make_product(), 4))

    with pytest.raises(NothingToDeliver):
        deliveries.validate(delivery, by=by)

    delivery.refresh_from_db()
    assert delivery.state == Delivery.State.WAITING


def test_less_than_ordered_asks_about_the_rest():
    by = keeper()
    lamp = make_product()
    put(lamp, 3, by=by)
    delivery, _moves = make_delivery(by, (lamp, 5))

    with pytest.raises(BackorderQuestion):
        deliveries.validate(delivery, by=by)

    assert level(lamp).on_hand == 3
    assert Delivery.objects.count() == 1


def test_the_rest_becomes_a_backorder_at_the_same_date():
    by = keeper()
    lamp = make_product()
    put(lamp, 3, by=by)
    delivery, _moves = make_delivery(by, (lamp, 5))

    deliveries.validate(delivery, backorder=True, by=by)

    rest = Delivery.objects.get(backorder_of=delivery)
    assert (rest.number, rest.state) == ("WH/OUT/00002", "waiting")
    assert rest.scheduled_at == delivery.scheduled_at
    assert rest.moves.get().demand == 2
    put(lamp, 9, by=by)
    assert deliveries.reserve(rest, by=by).state == "ready"


@pytest.mark.parametrize(("policy", "backorders"), [("always", 1), ("never", 0)])
def test_the_company_may_have_answered_already(policy: str, backorders: int):
    by = keeper()
    set_policy(by.company, backorders=policy)
    lamp = make_product()
    put(lamp, 3, by=by)
    delivery, _moves = make_delivery(by, (lamp, 5))

    assert deliveries.validate(delivery, by=by).state == "done"

    assert Delivery.objects.filter(backorder_of=delivery).count() == backorders


def test_more_than_ordered_may_leave():
    by = keeper()
    lamp = make_product()
    put(lamp, 9, by=by)
    delivery, (move,) = make_delivery(by, (lamp, 5))

    done = deliveries.validate(delivery, {move.pk: Decimal(7)}, by=by)

    assert done.warnings == []
    assert (level(lamp).on_hand, level(lamp).reserved) == (2, 0)


def test_forcing_what_is_not_there_is_possible_with_a_warning():
    by = keeper()
    lamp = make_product(name="Lamp")
    delivery, (move,) = make_delivery(by, (lamp, 5))

    done = deliveries.validate(delivery, {move.pk: Decimal(5)}, by=by)

    assert done.warnings == ["“Lamp” is below zero in the stock now."]
    assert level(lamp).on_hand == -5


def test_forcing_takes_what_was_promised_to_the_latest_delivery():
    by = keeper()
    lamp = make_product()
    put(lamp, 5, by=by)
    first, _moves = make_delivery(by, (lamp, 2))
    second, _moves = make_delivery(by, (lamp, 3))
    third, (move,) = make_delivery(by, (lamp, 2))

    deliveries.validate(third, {move.pk: Decimal(2)}, by=by)

    assert (level(lamp).on_hand, level(lamp).reserved) == (3, 3)
    assert first.moves.get().reserved == 2
    assert second.moves.get().reserved == 1


def test_counting_less_gives_reservations_back():
    by = keeper()
    lamp = make_product()
    put(lamp, 5, by=by)
    delivery, _moves = make_delivery(by, (lamp, 5), shipping_policy="together")
    assert delivery.state == "ready"

    put(lamp, 1, by=by)

    delivery.refresh_from_db()
    assert (delivery.state, level(lamp).reserved) == ("waiting", 1)


def test_cancelling_gives_the_goods_back_once():
    by = keeper()
    lamp = make_product()
    put(lamp, 5, by=by)
    delivery, _moves = make_delivery(by, (lamp, 4))

    assert deliveries.cancel(delivery, by=by).state == "cancelled"
    assert deliveries.cancel(delivery, by=by).state == "cancelled"

    assert (level(lamp).on_hand, level(lamp).reserved) == (5, 0)
    with pytest.raises(DeliveryCancelled):
        deliveries.validate(delivery, by=by)
    with pytest.raises(DeliveryCancelled):
        deliveries.reserve(delivery, by=by)


def test_what_has_left_is_not_cancelled():
    by = keeper()
    delivery, _moves = make_delivery(by, (make_product("consumable"), 1))
    deliveries.validate(delivery, by=by)

    with pytest.raises(DeliveryDone):
        deliveries.cancel(delivery, by=by)


def test_goods_come_back_up_to_what_left():
    by = keeper()
    lamp = make_product(name="Lamp")
    put(lamp, 10, by=by)
    delivery, (move,) = make_delivery(by, (lamp, 5))
    deliveries.validate(delivery, by=by)

    coming = deliveries.return_goods(delivery, {move.pk: Decimal(3)}, by=by)

    assert (coming.number, coming.direction) == ("WH/IN/00001", "in")
    assert (coming.state, level(lamp).on_hand) == ("ready", 5)
    with pytest.raises(TooMuchReturned, match="At most 2"):
        deliveries.return_goods(delivery, {move.pk: Decimal(3)}, by=by)
    deliveries.validate(coming, by=by)
    assert level(lamp).on_hand == 8


def test_not_more_comes_back_by_typing_it_on_the_return():
    by = keeper()
    lamp = make_product()
    put(lamp, 10, by=by)
    delivery, (move,) = make_delivery(by, (lamp, 5))
    deliveries.validate(delivery, by=by)
    coming = deliveries.return_goods(delivery, {move.pk: Decimal(2)}, by=by)

    with pytest.raises(TooMuchReturned):
        deliveries.validate(coming, {coming.moves.get().pk: Decimal(6)}, by=by)

    assert level(lamp).on_hand == 5


def test_a_smaller_demand_frees_what_it_no_longer_needs():
    by = keeper()
    lamp = make_product()
    put(lamp, 10, by=by)
    delivery, (move,) = make_delivery(by, (lamp, 5))

    deliveries.change_demand(delivery, {move.pk: Decimal(2)}, by=by)
    assert level(lamp).reserved == 2

    cancelled = deliveries.change_demand(delivery, {move.pk: Decimal(0)}, by=by)
    assert (cancelled.state, level(lamp).reserved) == ("cancelled", 0)


def test_counting_twice_the_same_changes_nothing():
    by = keeper()
    lamp = make_product()
    first = put(lamp, 5, by=by)

    again = stock.adjust(lamp, first.warehouse, Decimal(5), by=by)

    assert again.version == first.version
    assert Change.objects.filter(event="counted").count() == 1
