"""The way from draft to sale and back, with everything it refuses."""

import datetime as dt
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from sarnakh.crm.models import Lead
from sarnakh.crm.tests.factories import make_stages
from sarnakh.records import guarded
from sarnakh.records.errors import Conflict, InvalidValues
from sarnakh.records.models import Change
from sarnakh.sales import errors, events
from sarnakh.sales.lines import actions as lines
from sarnakh.sales.models import Order, OrderLine
from sarnakh.sales.opportunities.winning import asks
from sarnakh.sales.orders import actions as orders
from sarnakh.sales.tests.factories import (
    line,
    lines_of,
    make_contact,
    make_lead,
    make_order,
    make_product,
    make_terms,
    manager,
    salesperson,
    set_trade,
)
from sarnakh.sales.types import ORDERS

pytestmark = pytest.mark.django_db


def told(order: Order) -> list[str]:
    """What the history says, without the marks."""
    return list(
        Change.objects.filter(record_type="orders", record_id=order.pk)
        .exclude(note="")
        .values_list("note", flat=True)
    )


def test_draft_sent_sale():
    by = manager()
    order = make_order(by, line(make_product(by)))
    before = order.ordered_at

    order = orders.mark_sent(order, by=by)
    assert order.state == "sent"
    order = orders.confirm(order, by=by)

    assert order.state == "sale"
    assert order.ordered_at > before
    assert not order.is_locked
    assert order.is_quotation is False


def test_only_drafts_are_marked_as_sent():
    by = manager()
    one, other = make_order(by), orders.mark_sent(make_order(by), by=by)

    with pytest.raises(errors.WrongState) as refused:
        orders.mark_many_sent([one, other], by=by)

    assert refused.value.code == "not-draft"
    # Nothing is half done where a caller lets the refusal through.
    assert Order.objects.get(pk=other.pk).state == "sent"


def test_a_posted_message_sends_a_draft_and_leaves_the_rest():
    by = manager()
    draft, sold = make_order(by), orders.confirm(make_order(by), by=by)

    assert orders.note_sent(draft, by=by).state == "sent"
    assert orders.note_sent(sold, by=by).state == "sale"


def test_confirming_twice_has_one_effect():
    by = manager()
    order = make_order(by, line(make_product(by)))
    heard = []

    def listen(sender, order, **_rest):
        heard.append(order.pk)

    events.order_confirmed.connect(listen)
    try:
        first = orders.confirm(order, by=by)
        again = orders.confirm(order, by=by)
    finally:
        events.order_confirmed.disconnect(listen)

    assert heard == [order.pk]
    assert first.ordered_at == again.ordered_at


def test_a_company_may_lock_what_is_confirmed():
    by = manager()
    set_trade(by.company, locks_confirmed=True)
    order = orders.confirm(make_order(by, line(make_product(by))), by=by)
    [one] = lines_of(order)

    assert order.is_locked
    for refused in (
        lambda: orders.cancel(order, by=by),
        lambda: lines.change(one, {"quantity": 2}, by=by),
        lambda: lines.change(one, {"unit_price": 2}, by=by),
        lambda: lines.add(order, [line(make_product(by))], by=by),
        lambda: lines.remove([one], by=by),
    ):
        with pytest.raises(errors.WrongState) as error:
            refused()
        assert error.value.code == "locked"
    assert lines_of(order)[0].quantity == 1


def test_unlocking_is_for_managers():
    by, own = manager(), salesperson()
    order = orders.lock(orders.confirm(make_order(own), by=own), by=own)

    with pytest.raises(PermissionDenied):
        orders.unlock(order, by=own)

    assert not orders.unlock(order, by=by).is_locked
    with pytest.raises(errors.WrongState):
        orders.lock(make_order(by), by=by)


def test_cancelled_orders_are_only_read():
    by = manager()
    order = make_order(by, line(make_product(by)))
    [one] = lines_of(order)
    order = orders.cancel(order, note="<p>No budget</p>", by=by)

    assert order.state == "cancelled"
    assert "<p>No budget</p>" in told(order)
    for refused in (
        lambda: orders.change(order, {"customer_reference": "x"}, by=by),
        lambda: lines.change(one, {"quantity": 5}, by=by),
        lambda: lines.add(order, [line(make_product(by))], by=by),
        lambda: lines.remove([one], by=by),
        lambda: orders.confirm(order, by=by),
        lambda: orders.update_prices(order, by=by),
    ):
        with pytest.raises(errors.WrongState):
            refused()
    assert orders.cancel(order, by=by).state == "cancelled"


def test_a_cancelled_order_becomes_a_quotation_without_its_signature():
    by = manager()
    order = make_order(by)
    Order.objects.filter(pk=order.pk).update(
        signed_by="Sara", signed_at=timezone.now(), signature_digest="0" * 64
    )

    order = orders.reset_to_quotation(orders.cancel(order, by=by), by=by)

    order.refresh_from_db()
    assert (order.state, order.signed_by, order.signed_at) == ("draft", "", None)
    sold = orders.confirm(order, by=by)
    with pytest.raises(errors.WrongState):
        orders.reset_to_quotation(sold, by=by)


def test_only_drafts_and_cancelled_orders_are_deleted():
    by = manager()
    sold = orders.confirm(make_order(by, line(make_product(by))), by=by)
    draft = make_order(by, line(make_product(by)))

    with pytest.raises(errors.WrongState):
        orders.delete([draft, sold], by=by)
    assert Order.objects.count() == 2

    orders.delete([draft], by=by)
    assert not OrderLine.objects.filter(order_id=draft.pk).exists()
    orders.cancel(sold, by=by)


def test_salespeople_cannot_delete():
    own = salesperson()
    order = make_order(own)

    with pytest.raises(PermissionDenied):
        guarded.delete(ORDERS, [order.pk], by=own)


# --- after the confirmation -----------------------------------------------------------


def test_lines_of_a_confirmed_order_are_set_to_zero_not_deleted():
    by = manager()
    order = make_order(
        by, line(make_product(by)), {"kind": "note", "description": "Thanks"}
    )
    order = orders.confirm(order, by=by)
    one, note = lines_of(order)

    with pytest.raises(errors.WrongState) as refused:
        lines.remove([one], by=by)
    assert refused.value.code == "line-stays"
    lines.remove([note], by=by)
    lines.change(one, {"quantity": 0}, by=by)

    assert Order.objects.get(pk=order.pk).total == 0
    assert any("quantity 1 → 0" in text for text in told(order))


def test_a_line_added_to_a_confirmed_order_is_told():
    by = manager()
    order = orders.confirm(make_order(by, line(make_product(by))), by=by)

    lines.add(order, [line(make_product(by, name="Handle"), 4)], by=by)

    assert "<p>Extra line: 4 × Handle</p>" in told(order)


def test_units_customers_and_price_lists_are_settled_with_the_confirmation():
    from sarnakh.sales.tests.factories import make_pricelist, make_units

    by = manager()
    order = orders.confirm(make_order(by, line(make_product(by))), by=by)
    [one] = lines_of(order)

    with pytest.raises(InvalidValues) as refused:
        lines.change(one, {"unit": make_units()["Dozen"].pk}, by=by)
    assert "unit" in refused.value.errors
    for values in (
        {"customer": make_contact(by).pk},
        {"pricelist": make_pricelist().pk},
    ):
        with pytest.raises(errors.WrongState):
            orders.change(order, values, by=by)
    changed = orders.change(order, {"customer_reference": "PO 12"}, by=by)
    assert changed.customer_reference == "PO 12"


def test_nobody_orders_less_than_was_delivered():
    by = manager()
    order = orders.confirm(make_order(by, line(make_product(by), 5)), by=by)
    OrderLine.objects.update(delivered=Decimal(3))
    [one] = lines_of(order)

    with pytest.raises(errors.WrongState) as refused:
        lines.change(one, {"quantity": 2}, by=by)
    with pytest.raises(InvalidValues):
        lines.change(one, {"product": make_product(by).pk}, by=by)

    assert refused.value.code == "below-delivered"
    assert lines.change(one, {"quantity": 3}, by=by).quantity == 3


# --- duplicates -----------------------------------------------------------------------


def test_a_duplicate_has_the_lines_and_none_of_the_life():
    by = manager()
    product = make_product(by, 1_000, cost=Decimal(400))
    order = make_order(
        by,
        {"kind": "section", "description": "Doors"},
        line(product, 2, unit_price=Decimal(900)),
        customer_reference="PO 1",
        promised_at=timezone.now(),
    )
    order = orders.confirm(order, by=by)
    type(product).objects.filter(pk=product.pk).update(cost=Decimal(500))

    twin = orders.duplicate(order, by=by)

    assert (twin.state, twin.customer_reference, twin.promised_at) == (
        "draft",
        "",
        None,
    )
    assert twin.number != order.number
    section, one = lines_of(twin)
    assert (section.description, one.unit_price, one.cost) == ("Doors", 900, 500)
    assert Order.objects.get(pk=twin.pk).total == 1_800
    assert Order.objects.get(pk=twin.pk).margin == 800
    assert OrderLine.objects.filter(order=order).count() == 2


# --- opportunities --------------------------------------------------------------------


def test_confirming_raises_the_expected_revenue_and_never_lowers_it():
    by = manager()
    make_stages()
    small = make_lead(by, expected_revenue=100)
    big = make_lead(by, expected_revenue=9_999)

    for lead in (small, big):
        order = make_order(by, line(make_product(by, 700)), opportunity=lead.pk)
        orders.confirm(order, by=by)

    assert Lead.objects.get(pk=small.pk).expected_revenue == 700
    assert Lead.objects.get(pk=big.pk).expected_revenue == 9_999


@pytest.mark.parametrize(
    ("way", "won", "asked"),
    [("ask", False, True), ("automatic", True, False), ("never", False, False)],
)
def test_winning_on_confirmation(way: str, won: bool, asked: bool):
    by = manager()
    make_stages()
    settings = set_trade(by.company, wins_on_confirmation=way)
    lead = make_lead(by)
    order = make_order(by, line(make_product(by)), opportunity=lead.pk)

    order = orders.confirm(order, by=by)

    order = Order.objects.get(pk=order.pk)
    assert order.opportunity.is_won is won
    assert asks(order, settings) is asked
    orders.win_opportunity(order, by=by)
    orders.win_opportunity(order, by=by)
    assert Lead.objects.get(pk=lead.pk).is_won


def test_a_deleted_opportunity_leaves_its_order():
    by = manager()
    lead = make_lead(by)
    order = make_order(by, opportunity=lead.pk)

    lead.delete()

    assert Order.objects.get(pk=order.pk).opportunity is None


# --- warnings, credit -----------------------------------------------------------------


def test_a_blocked_customer_gets_no_quotation():
    by = manager()
    company = make_contact(by)
    person = make_contact(by, is_company=False, parent=company.pk)
    make_terms(company, by.company, warning="block", warning_text="Owes us")

    with pytest.raises(errors.Blocked):
        make_order(by, customer=person)

    assert not Order.objects.exists()


def test_the_credit_limit_blocks_where_the_company_wants_it():
    by = manager()
    customer = make_contact(by)
    make_terms(customer, by.company, credit_limit=999)
    order = make_order(by, line(make_product(by, 1_000)), customer=customer)
    set_trade(by.company, blocks_over_credit=True)

    with pytest.raises(errors.OverCredit):
        orders.confirm(order, by=by)
    assert Order.objects.get(pk=order.pk).state == "draft"

    set_trade(by.company, blocks_over_credit=False)
    assert orders.confirm(order, by=by).state == "sale"


# --- two people -----------------------------------------------------------------------


def test_two_people_change_one_line_and_nothing_is_lost():
    by, other = manager(), manager()
    order = make_order(by, line(make_product(by, 1_000)))
    [one] = lines_of(order)
    seen = one.version
    lines.change(one, {"quantity": 4}, seen=seen, by=other)

    with pytest.raises(Conflict) as clash:
        lines.change(one, {"quantity": 2}, seen=seen, by=by)
    lines.change(one, {"discount": 10}, seen=seen, by=by)

    [found] = clash.value.clashes
    assert (found.field, found.yours, found.theirs) == ("quantity", 2, 4)
    assert Order.objects.get(pk=order.pk).total == 3_600


def test_orders_of_own_documents():
    own, other = salesperson(), salesperson()

    with pytest.raises(PermissionDenied):
        guarded.create(
            ORDERS,
            [{"customer": make_contact(own).pk, "salesperson": other.user_id}],
            by=own,
        )

    customer = make_contact(own, salesperson=other.user_id)
    [order] = guarded.create(ORDERS, [{"customer": customer.pk}], by=own)
    assert order.salesperson_id == own.user_id


def test_expiry_counts_the_last_day():
    from sarnakh.sales.orders.showing import is_expired

    by = manager()
    order = make_order(by)
    last = by.company.profile().today() + dt.timedelta(days=30)

    assert order.expires_on == last
    assert not is_expired(order, last)
    assert is_expired(order, last + dt.timedelta(days=1))
