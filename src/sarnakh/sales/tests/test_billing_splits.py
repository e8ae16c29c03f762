"""However an order is split among invoices and advances, they make it up."""

from decimal import Decimal

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from sarnakh.invoicing.invoices import actions as invoices
from sarnakh.invoicing.lines import actions as invoice_lines
from sarnakh.invoicing.models import Invoice
from sarnakh.sales.billing.actions import create_invoices
from sarnakh.sales.models import Order
from sarnakh.sales.tests.factories import line, make_tax, set_trade
from sarnakh.sales.tests.test_billing import confirmed, everybody, service

pytestmark = pytest.mark.django_db
# So dear that no share of it rounds to nothing.
PRICES = st.decimals("100.01", "99999.99", places=2)
LINES = st.lists(
    st.tuples(
        PRICES, st.integers(2, 9), st.sampled_from([0, 1, 2]), st.integers(0, 40)
    ),
    min_size=1,
    max_size=3,
)


@pytest.mark.parametrize("rounding", ["line", "document"])
@settings(
    max_examples=10,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@example(
    # Half a unit of tax lies between two corrections.
    wanted=[(Decimal("10130.63"), 3, 0, 0), (Decimal("75979.38"), 4, 1, 0)],
    advance=None,
    fixed=6,
    splits=0,
)
@given(
    wanted=LINES,
    advance=st.one_of(st.none(), st.integers(1, 60)),
    fixed=st.one_of(st.none(), st.integers(1, 50)),
    splits=st.integers(0, 2),
)
def test_invoices_make_up_the_order(
    rounding: str,
    wanted: list[tuple[Decimal, int, int, int]],
    advance: int | None,
    fixed: int | None,
    splits: int,
):
    by = everybody()
    set_trade(by.company, tax_rounding=rounding)
    taxes = [
        [],
        [make_tax(by.company, 10)],
        [make_tax(by.company, 9, is_included=True)],
    ]
    order = confirmed(
        by,
        *[
            line(service(by, price, *taxes[kind]), quantity, discount=Decimal(discount))
            for price, quantity, kind, discount in wanted
        ],
    )
    total = order.total
    made = []
    if advance:
        made += create_invoices([order], how="percent", amount=Decimal(advance), by=by)
    if fixed and total > fixed:
        (one,) = create_invoices([order], how="fixed", amount=fixed, by=by)
        assert one.total == fixed
        made.append(one)
    for _n in range(splits):
        (part,) = create_invoices([order], deduct=False, by=by)
        first = part.lines.filter(kind="product").order_by("sequence").first()
        if first.quantity > 1:
            invoice_lines.change(first, {"quantity": Decimal(1)}, by=by)
        made.append(part)
        if Order.objects.get(pk=order.pk).invoice_status == "invoiced":
            break
    has_advance = any(one.is_downpayment and one.invoiced for one in order.lines.all())
    if has_advance or Order.objects.get(pk=order.pk).invoice_status == "to-invoice":
        made += create_invoices([order], by=by)

    documents = Invoice.objects.filter(pk__in=[one.pk for one in made])
    assert sum(one.sign * one.total for one in documents) == total
    positive = [one for one in documents if one.total >= 0]
    invoices.post(positive, by=by)
    found = Order.objects.get(pk=order.pk)
    assert (found.total, found.invoice_status) == (total, "invoiced")
    for one in documents:
        assert one.total == one.untaxed + one.tax
        lines = one.lines.filter(kind="product")
        assert sum(lines.values_list("subtotal", flat=True)) == one.untaxed
