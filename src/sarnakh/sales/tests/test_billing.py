"""From orders to invoices (sales.md §14, §15), with the numbers of the specification."""

from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext

from sarnakh.accounts.actor import Actor, actor_for
from sarnakh.accounts.models import Company
from sarnakh.accounts.roles import Role
from sarnakh.accounts.tests.factories import make_user
from sarnakh.activities.models import Activity
from sarnakh.invoicing.invoices import actions as invoices
from sarnakh.invoicing.lines import actions as invoice_lines
from sarnakh.invoicing.models import Invoice
from sarnakh.sales.billing.actions import create_invoices
from sarnakh.sales.billing.errors import (
    AdvanceNotPositive,
    CannotInvoice,
    NothingToInvoiceYet,
)
from sarnakh.sales.models import Order, OrderLine
from sarnakh.sales.orders import actions as orders
from sarnakh.sales.tests.factories import (
    line,
    lines_of,
    make_order,
    make_product,
    make_tax,
)

pytestmark = pytest.mark.django_db


def everybody() -> Actor:
    """Sells, bills and keeps the books."""
    return actor_for(make_user(Role.SALES_MANAGER, Role.ACCOUNTANT))


def service(by: Actor, price: object, *taxes: Any, **values: Any) -> Any:
    """Something that needs no delivery."""
    return make_product(by, price, kind="service", taxes=list(taxes), **values)


def confirmed(by: Actor, *lines: dict[str, Any], **values: Any) -> Order:
    """A confirmed order."""
    return orders.confirm(make_order(by, *lines, **values), by=by)


def fresh(order: Order) -> Order:
    """As stored now."""
    return Order.objects.get(pk=order.pk)


def two_sets(by: Actor, *, confirm: bool = True) -> Order:
    """4,000,000 at 10 % and 1,000,000 exempt: 5,400,000."""
    tax = make_tax(by.company, 10)
    lines = [line(service(by, 4_000_000, tax)), line(service(by, 1_000_000))]
    return confirmed(by, *lines) if confirm else make_order(by, *lines)


def test_a_confirmed_order_is_to_invoice_and_a_quotation_is_not():
    by = everybody()
    order = make_order(by, line(service(by, 1_000)))
    assert order.invoice_status == "nothing"

    order = orders.confirm(order, by=by)

    assert (order.invoice_status, order.amount_to_invoice) == ("to-invoice", 1_000)


def test_a_regular_invoice_takes_what_is_to_be_invoiced():
    by = everybody()
    tax = make_tax(by.company, 10)
    order = confirmed(
        by,
        {"kind": "section", "description": "Furniture"},
        line(service(by, 1_200_000, tax), 2, discount=Decimal(10)),
        {"kind": "note", "description": "Thank you"},
        customer_reference="PO 7",
    )

    (invoice,) = create_invoices([order], by=by)

    assert (invoice.untaxed, invoice.tax, invoice.total) == (
        2_160_000,
        216_000,
        2_376_000,
    )
    assert (invoice.origin, invoice.reference) == (order.number, "PO 7")
    assert invoice.customer_id == (order.invoice_address_id or order.customer_id)
    assert invoice.salesperson_id == order.salesperson_id
    kinds = list(invoice.lines.order_by("sequence").values_list("kind", flat=True))
    assert kinds == ["section", "product", "note"]
    # Drafts count for quantities, not for amounts.
    own = lines_of(order)[1]
    assert (own.invoiced, own.untaxed_invoiced) == (Decimal(2), 0)
    assert fresh(order).invoice_status == "invoiced"

    invoices.post([invoice], by=by)
    own.refresh_from_db()
    assert own.untaxed_invoiced == 2_160_000
    assert fresh(order).amount_to_invoice == 0


def test_a_second_click_finds_nothing_or_the_same():
    by = everybody()
    order = confirmed(by, line(service(by, 1_000)))
    first = create_invoices([order], once="abc", by=by)

    again = create_invoices([order], once="abc", by=by)
    with pytest.raises(NothingToInvoiceYet):
        create_invoices([order], by=by)

    assert [one.pk for one in first] == [one.pk for one in again]
    assert Invoice.objects.count() == 1


def test_deleting_or_cancelling_a_draft_gives_quantities_back():
    by = everybody()
    order = confirmed(by, line(service(by, 1_000), 3))
    (invoice,) = create_invoices([order], by=by)

    invoices.cancel(invoice, by=by)
    assert lines_of(order)[0].invoiced == 0
    invoices.reset_to_draft(invoice, by=by)
    assert lines_of(order)[0].invoiced == 3
    invoices.delete([invoice], by=by)

    assert lines_of(order)[0].invoiced == 0
    assert fresh(order).invoice_status == "to-invoice"


def test_a_draft_edited_leaves_the_rest_to_invoice():
    by = everybody()
    order = confirmed(by, line(service(by, 1_000), 5))
    (invoice,) = create_invoices([order], by=by)

    invoice_lines.change(invoice.lines.get(), {"quantity": Decimal(2)}, by=by)

    assert lines_of(order)[0].invoiced == 2
    assert fresh(order).invoice_status == "to-invoice"
    (second,) = create_invoices([order], by=by)
    assert second.lines.get().quantity == 3


def test_delivered_policy_waits_for_the_delivery():
    by = everybody()
    order = confirmed(by, line(service(by, 1_000, invoice_policy="delivered"), 5))
    assert fresh(order).invoice_status == "nothing"
    with pytest.raises(NothingToInvoiceYet):
        create_invoices([order], by=by)
    assert not Invoice.objects.exists()


def test_parts_of_a_line_make_up_the_line():
    by = everybody()
    tax = make_tax(by.company, 10)
    order = confirmed(by, line(service(by, Decimal("333.33"), tax), 10))
    assert order.total == 3_333 + 333
    (first,) = create_invoices([order], by=by)
    invoice_lines.change(first.lines.get(), {"quantity": Decimal(5)}, by=by)
    first.refresh_from_db()

    (second,) = create_invoices([order], by=by)

    assert first.total + second.total == order.total
    assert (first.untaxed, second.untaxed) == (1_667, 1_666)


def test_thirty_percent_of_two_sets_of_taxes():
    by = everybody()
    order = two_sets(by)

    (advance,) = create_invoices([order], how="percent", amount=Decimal(30), by=by)

    assert (advance.untaxed, advance.tax, advance.total) == (
        1_500_000,
        120_000,
        1_620_000,
    )
    subtotals = advance.lines.order_by("sequence").values_list("subtotal", flat=True)
    assert list(subtotals) == [1_200_000, 300_000]
    assert fresh(order).total == 5_400_000


def test_a_fixed_advance_is_met_exactly_on_the_tax():
    by = everybody()
    order = two_sets(by)

    (advance,) = create_invoices([order], how="fixed", amount=333_333, by=by)

    figures = advance.lines.order_by("sequence").values_list("subtotal", "tax")
    assert list(figures) == [(246_913, 24_692), (61_728, 0)]
    assert advance.total == 333_333


@pytest.mark.parametrize(
    ("how", "amount"), [("fixed", 333_333), ("percent", Decimal(30)), ("fixed", 1)]
)
def test_advance_and_final_invoice_make_up_the_order(how: str, amount: Any):
    by = everybody()
    order = two_sets(by)
    (advance,) = create_invoices([order], how=how, amount=amount, by=by)
    invoices.post([advance], by=by)

    (final,) = create_invoices([order], by=by)
    invoices.post([final], by=by)

    assert advance.total + final.total == 5_400_000
    order = fresh(order)
    assert (order.total, order.invoice_status) == (5_400_000, "invoiced")
    assert order.amount_to_invoice == 0
    last = final.lines.order_by("sequence").filter(is_downpayment=True)
    assert all(one.quantity == -1 for one in last)


def test_an_advance_shows_where_it_stands_on_the_order():
    by = everybody()
    # What customers read is in their language, else in the company's.
    Company.objects.update(language="en")
    order = two_sets(by)
    (advance,) = create_invoices([order], how="percent", amount=Decimal(30), by=by)
    own = [one for one in lines_of(order) if one.is_downpayment]
    assert [one.kind for one in own] == ["section", "product", "product"]
    assert [one.quantity for one in own] == [0, 0, 0]
    assert own[1].description == "Down payment of 30% (Draft)"

    (advance,) = invoices.post([advance], by=by)
    own[1].refresh_from_db()
    assert own[1].description.startswith(
        f"Down payment of 30% (ref {advance.number} on "
    )
    assert own[1].unit_price == 1_200_000

    create_invoices([order], how="percent", amount=Decimal(10), by=by)
    sections = order.lines.filter(kind="section", is_downpayment=True)
    assert sections.count() == 1


def test_an_advance_can_be_left_for_later():
    by = everybody()
    order = two_sets(by)
    create_invoices([order], how="percent", amount=Decimal(30), by=by)

    (regular,) = create_invoices([order], deduct=False, by=by)
    assert regular.total == 5_400_000

    (rest,) = create_invoices([order], by=by)
    assert (rest.kind, rest.total) == ("credit-note", 1_620_000)


def test_an_advance_on_a_quotation():
    by = everybody()
    order = two_sets(by, confirm=False)

    (advance,) = create_invoices([order], how="percent", amount=Decimal(10), by=by)

    assert advance.total == 540_000
    assert fresh(order).state == "draft"
    with pytest.raises(NothingToInvoiceYet):
        create_invoices([order], by=by)


@pytest.mark.parametrize("amount", [None, 0, -5])
def test_an_advance_is_more_than_nothing(amount: int | None):
    by = everybody()
    order = two_sets(by)
    with pytest.raises(AdvanceNotPositive):
        create_invoices([order], how="fixed", amount=amount, by=by)
    assert not Invoice.objects.exists()


def test_advances_of_inclusive_prices_keep_what_the_price_contains():
    by = everybody()
    tax = make_tax(by.company, 10, is_included=True)
    order = confirmed(by, line(service(by, 110_000, tax)))

    (advance,) = create_invoices([order], how="percent", amount=Decimal(50), by=by)

    assert (advance.untaxed, advance.tax, advance.total) == (50_000, 5_000, 55_000)
    invoices.post([advance], by=by)
    (final,) = create_invoices([order], by=by)
    assert final.total == 55_000


def test_fixed_taxes_become_a_base_of_an_advance():
    by = everybody()
    fixed = make_tax(by.company, 500, kind="fixed", sequence=1, affects_later=True)
    vat = make_tax(by.company, 10, sequence=2)
    order = confirmed(by, line(service(by, 10_000, fixed, vat), 2))
    assert order.total == 20_000 + 1_000 + 2_100

    (advance,) = create_invoices([order], how="percent", amount=Decimal(50), by=by)

    assert advance.total == 11_550
    assert not advance.lines.filter(taxes=fixed).exists()


def test_alike_orders_share_an_invoice_and_others_do_not():
    by = everybody()
    product = service(by, 1_000)
    first = confirmed(by, line(product))
    second = confirmed(by, line(product, 2), customer=first.customer)
    third = confirmed(by, line(product))

    made = create_invoices([first, second, third], by=by)

    assert sorted(one.total for one in made) == [1_000, 3_000]
    joined = next(one for one in made if one.total == 3_000)
    assert joined.origin == f"{first.number}, {second.number}"


def test_not_consolidated_there_is_one_for_each():
    by = everybody()
    product = service(by, 1_000)
    first = confirmed(by, line(product))
    second = confirmed(by, line(product), customer=first.customer)

    assert len(create_invoices([first, second], consolidate=False, by=by)) == 2


def test_a_credit_note_makes_the_order_to_invoice_again():
    by = everybody()
    order = confirmed(by, line(service(by, 1_000), 4))
    (invoice,) = create_invoices([order], by=by)
    invoices.post([invoice], by=by)

    note = invoices.credit(invoice, by=by)

    own = lines_of(order)[0]
    assert (own.invoiced, own.untaxed_invoiced) == (0, 4_000)
    assert fresh(order).invoice_status == "to-invoice"
    invoices.post([note], by=by)
    own.refresh_from_db()
    assert own.untaxed_invoiced == 0


def test_a_credit_note_and_a_new_draft_count_for_the_order():
    by = everybody()
    order = confirmed(by, line(service(by, 1_000), 4))
    (invoice,) = create_invoices([order], by=by)
    invoices.post([invoice], by=by)

    draft = invoices.credit(invoice, again=True, by=by)

    assert draft.total == 4_000
    own = lines_of(order)[0]
    assert (own.invoiced, own.untaxed_invoiced) == (4, 0)


def test_cancelling_an_order_cancels_its_drafts_only():
    by = everybody()
    order = confirmed(by, line(service(by, 1_000), 4))
    (posted,) = create_invoices([order], how="percent", amount=Decimal(25), by=by)
    invoices.post([posted], by=by)
    (draft,) = create_invoices([order], by=by)

    orders.cancel(order, by=by)

    states = dict(Invoice.objects.values_list("pk", "state"))
    assert states == {posted.pk: "posted", draft.pk: "cancelled"}
    with pytest.raises(CannotInvoice):
        create_invoices([order], by=by)


def test_salespeople_draft_from_own_orders_and_cannot_post():
    by = actor_for(make_user(Role.SALES_OWN))
    boss = everybody()
    product = service(boss, 1_000)
    own = confirmed(by, line(product))
    others = confirmed(boss, line(product))

    (invoice,) = create_invoices([own], by=by)
    with pytest.raises(PermissionDenied):
        create_invoices([others], by=by)
    with pytest.raises(PermissionDenied):
        invoices.post([invoice], by=by)

    invoice.refresh_from_db()
    assert invoice.state == "draft"
    assert Invoice.objects.count() == 1


def test_upselling_is_proposed_once():
    by = everybody()
    order = confirmed(by, line(service(by, 1_000), 2))
    create_invoices([order], by=by)
    from sarnakh.activities import seed
    from sarnakh.sales.billing.actions import refresh

    seed.seed()
    OrderLine.objects.filter(order=order).update(delivered=Decimal(3))
    refresh([order.pk], by=by)
    assert fresh(order).invoice_status == "upselling"
    refresh([order.pk], by=by)
    Order.objects.filter(pk=order.pk).update(invoice_status="invoiced")
    refresh([order.pk], by=by)

    assert Activity.objects.filter(record_type="orders").count() == 1


def test_posting_many_lines_costs_no_more_statements_than_posting_few():
    by = everybody()
    counts = []
    for number in (1, 2, 20):
        product = service(by, 1_000)
        order = confirmed(by, *[line(product) for _n in range(number)])
        (invoice,) = create_invoices([order], by=by)
        with CaptureQueriesContext(connection) as seen:
            invoices.post([invoice], by=by)
        counts.append(len(seen))

    # The first document of a chain begins it.
    assert counts[1] == counts[2]
    assert counts[2] <= 30
