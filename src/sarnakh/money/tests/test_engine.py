"""Taxes of a line: every worked number of docs/pricing.md, and what always holds."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sarnakh.money.documents import amount_before_discount, stored_line, totals
from sarnakh.money.taxes.engine import (
    TaxGroupRule,
    TaxRule,
    adapted_price,
    line_amounts,
    parts_from_json,
    parts_json,
)

VAT = TaxGroupRule(1, "VAT", 10)


def tax(key, amount, kind="percent", **more):
    return TaxRule(
        id=key,
        kind=kind,
        amount=Decimal(str(amount)),
        sequence=more.pop("sequence", key * 10),
        group=more.pop("group", VAT),
        **more,
    )


def line(price, taxes, *, quantity=1, discount=0, decimals=0, **more):
    return line_amounts(
        Decimal(str(price)),
        Decimal(str(quantity)),
        Decimal(str(discount)),
        taxes,
        decimals=decimals,
        **more,
    )


def amounts(found):
    return [int(part.amount) for part in found.parts]


VAT10 = tax(1, 10)


def test_price_quantity_and_discount_are_rounded_once():
    found = line("187500", [VAT10], quantity=7, discount="12.5")

    assert (found.subtotal, found.tax, found.total) == (1_148_438, 114_844, 1_263_282)


def test_a_discount_has_two_decimals():
    assert line(100_000, [], discount="14.286").subtotal == 85_710


def test_the_guides_order_costs_what_it_says():
    found = line(1_200_000, [tax(1, 9)])

    assert (found.subtotal, found.tax, found.total) == (1_200_000, 108_000, 1_308_000)


def test_an_included_tax_is_taken_out_of_the_price():
    found = line(199_990, [tax(1, 10, is_included=True)])

    assert (found.subtotal, found.tax, found.total) == (181_809, 18_181, 199_990)


def test_the_last_of_two_included_taxes_takes_the_rest():
    both = [tax(1, 10, is_included=True), tax(2, 5, is_included=True)]

    found = line(500_000, both)

    assert found.subtotal == 434_783
    assert amounts(found) == [43_478, 21_739]


@pytest.mark.parametrize(("accepts", "vat"), [(True, 106_000), (False, 100_000)])
def test_a_duty_can_enlarge_the_base_of_vat(accepts, vat):
    duty = tax(1, 6, affects_later=True)

    found = line(1_000_000, [tax(2, 10, accepts_earlier=accepts), duty])

    assert amounts(found) == [60_000, vat]
    assert found.total == 1_060_000 + vat


def test_division_taxes():
    assert line(900, [tax(1, 10, "division")]).tax == 100
    included = line(1_000, [tax(1, 10, "division", is_included=True)])
    assert (included.subtotal, included.tax) == (900, 100)


def test_fixed_taxes_count_units_and_follow_the_sign():
    fee = tax(1, "1.25", "fixed")

    assert line("10.00", [fee], quantity=3, decimals=2).tax == 375
    assert line("10.00", [fee], quantity=-3, decimals=2).tax == -375
    assert line("-10.00", [fee], quantity=3, decimals=2).tax == -375


def test_an_included_fixed_tax_leaves_the_price_before_a_percentage():
    taxes = [tax(1, 100, "fixed", is_included=True), tax(2, 10, is_included=True)]

    found = line(1_200, taxes)

    assert found.subtotal == 1_000
    assert amounts(found) == [100, 100]


def test_a_fixed_included_tax_on_nothing_makes_the_untaxed_amount_negative():
    found = line(0, [tax(1, 500, "fixed", is_included=True)])

    assert (found.subtotal, found.tax, found.total) == (-500, 500, 0)


def test_included_taxes_that_affect_each_other_are_taken_out_one_by_one():
    taxes = [
        tax(1, 6, is_included=True, affects_later=True),
        tax(2, 10, is_included=True),
    ]

    found = line(1_166_000, taxes)

    assert found.subtotal == 1_000_000
    assert amounts(found) == [60_000, 106_000]


def test_after_an_excluded_tax_that_affects_an_included_one_is_computed():
    taxes = [tax(1, 6, affects_later=True), tax(2, 10, is_included=True)]

    found = line(1_100_000, taxes)

    assert found.subtotal == 1_000_000
    assert amounts(found) == [60_000, 106_000]
    assert found.total == 1_166_000


def test_an_included_tax_that_affects_nobody_still_counts_towards_the_price():
    taxes = [
        tax(1, 3, is_included=True),
        tax(2, 5, is_included=True, affects_later=True),
        tax(3, 10, is_included=True),
    ]

    assert line(999_999, taxes).total == 999_999


def test_a_group_is_replaced_by_its_children_at_its_place():
    children = (tax(5, 10, sequence=2), tax(4, 6, sequence=1, affects_later=True))
    group = TaxRule(id=9, kind="group", sequence=10, children=children)
    last = tax(3, 1, sequence=20)

    found = line(1_000_000, [last, group])

    assert [part.rule.id for part in found.parts] == [4, 5, 3]
    assert amounts(found) == [60_000, 106_000, 10_600]


def test_a_tax_of_nothing_still_makes_a_part():
    found = line(1_000, [tax(1, 0)])

    assert amounts(found) == [0]
    assert [row.amount for row in totals([found], per_document=False).rows] == [0]


def test_terms_that_always_reduce_the_tax_shrink_its_base_only():
    found = line(1_000_000, [VAT10], tax_reduction=Decimal(2))

    assert (found.subtotal, found.tax, found.parts[0].base) == (
        1_000_000,
        98_000,
        980_000,
    )


# --- rounding of a document -----------------------------------------------------

SUBTOTALS = (12_345, 6_785, 4_444)


def test_rounding_per_line():
    found = totals([line(n, [VAT10]) for n in SUBTOTALS], per_document=False)

    assert (found.untaxed, found.tax, found.total) == (23_574, 2_358, 25_932)


def test_rounding_per_document():
    lines = [line(n, [VAT10], per_document=True) for n in SUBTOTALS]

    found = totals(lines, per_document=True)

    assert [part.amount for one in lines for part in one.parts] == [
        Decimal("1234.50000"),
        Decimal("678.50000"),
        Decimal("444.40000"),
    ]
    assert (found.untaxed, found.tax, found.total) == (23_574, 2_357, 25_931)


def test_taxes_of_one_rate_are_rounded_separately():
    other = tax(2, 10)
    lines = [line(15, [VAT10], per_document=True), line(15, [other], per_document=True)]

    assert totals(lines, per_document=True).tax == 4


# --- the block of totals --------------------------------------------------------


def test_a_group_counts_each_line_once():
    duty = tax(1, 6)
    found = totals([line(1_000, [duty, tax(2, 10)])], per_document=False)

    (row,) = found.rows
    assert (row.base, row.amount, found.shows_base) == (1_000, 160, False)


def test_a_base_enlarged_by_another_group_is_shown_enlarged():
    duty = tax(1, 6, affects_later=True, group=TaxGroupRule(2, "Duty", 5))
    found = totals([line(1_000, [duty, tax(2, 10)])], per_document=False)

    assert [(row.label, row.base, row.amount) for row in found.rows] == [
        ("Duty", 1_000, 60),
        ("VAT", 1_060, 106),
    ]
    assert found.shows_base


def test_the_base_is_shown_when_part_of_the_document_is_untaxed():
    found = totals([line(1_000, [VAT10]), line(500, [])], per_document=False)

    assert found.rows[0].base == 1_000
    assert found.shows_base


def test_fixed_taxes_have_no_base():
    found = totals([line(1_000, [tax(1, 5, "fixed")])], per_document=False)

    assert (found.rows[0].base, found.rows[0].amount, found.shows_base) == (
        None,
        5,
        False,
    )


def test_groups_stand_below_the_subtotal_that_precedes_them():
    levy = TaxGroupRule(3, "Levy", 30, "With VAT")
    duty = TaxGroupRule(2, "Duty", 5)
    lines = [line(1_000, [tax(5, 6, group=duty), VAT10, tax(3, 1, group=levy)])]

    found = totals(lines, per_document=False)

    assert [
        (one.label, one.amount, [row.label for row in one.rows])
        for one in found.buckets
    ] == [
        ("", 1_000, ["Duty", "VAT"]),
        ("With VAT", 1_160, ["Levy"]),
    ]


def test_a_document_without_taxes_has_one_bucket():
    found = totals([line(1_000, [])], per_document=False)

    assert [(one.label, one.amount, one.rows) for one in found.buckets] == [
        ("", 1_000, ())
    ]


def test_stored_parts_give_the_same_totals():
    lines = [line(n, [VAT10], per_document=True) for n in SUBTOTALS]
    rules = {1: VAT10}
    stored = [
        stored_line(one.subtotal, one.tax, one.total, parts_json(one.parts), rules)
        for one in lines
    ]

    assert parts_json(lines[0].parts) == [[1, "12345", "1234.5"]]
    assert parts_from_json([[1, "12345", "1234.5"]], rules)[0].amount == Decimal(
        "1234.5"
    )
    assert totals(stored, per_document=True) == totals(lines, per_document=True)


def test_the_amount_before_discount():
    assert (
        amount_before_discount(
            Decimal(1000), Decimal(2), Decimal(20), 1_600, decimals=0
        )
        == 2_000
    )
    assert (
        amount_before_discount(Decimal(1000), Decimal(2), Decimal(100), 0, decimals=0)
        == 2_000
    )


# --- prices under a fiscal position ---------------------------------------------


def test_an_inclusive_price_is_adapted_to_other_taxes():
    eight = tax(1, 8, is_included=True)

    assert adapted_price(Decimal(540_000), [eight], [tax(2, 10)]) == 500_000
    assert (
        adapted_price(Decimal(540_000), [eight], [tax(2, 5, is_included=True)])
        == 525_000
    )
    assert adapted_price(Decimal(540_000), [eight], []) == 500_000
    assert adapted_price(Decimal(540_000), [eight], [eight]) == 540_000


def test_a_price_without_tax_is_left_alone():
    eight, nine = tax(1, 8, is_included=True), tax(2, 9)

    assert adapted_price(Decimal(540_000), [eight, nine], [tax(3, 5)]) == 540_000
    assert adapted_price(Decimal(540_000), [], [tax(3, 5)]) == 540_000


def test_batches_are_put_back_as_they_are_taken_out():
    old = [tax(1, 25, "division", is_included=True)]
    new = [
        tax(2, 6, is_included=True, affects_later=True),
        tax(3, 10, is_included=True),
    ]

    assert adapted_price(Decimal(2_000), old, new) == Decimal("1749.0")


# --- what always holds ----------------------------------------------------------

# Lists of taxes take a moment to be drawn where the machine is busy.
patiently = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])

prices = st.decimals(Decimal("-99999999.9999"), Decimal("99999999.9999"), places=4)
quantities = st.decimals(Decimal("-9999.99"), Decimal("9999.99"), places=2)
discounts = st.decimals(Decimal(0), Decimal(100), places=2)
currencies = st.sampled_from([0, 2, 3])


def taxes(included=None):
    one = st.builds(
        TaxRule,
        id=st.just(0),
        kind=st.sampled_from(["percent", "percent", "division", "fixed"]),
        amount=st.decimals(Decimal(0), Decimal(20), places=4),
        sequence=st.integers(1, 3),
        is_included=st.booleans() if included is None else st.just(included),
        affects_later=st.booleans(),
        accepts_earlier=st.booleans(),
        group=st.builds(TaxGroupRule, st.integers(1, 2)),
    )
    return st.lists(one, min_size=1, max_size=4).map(
        lambda found: [replace(rule, id=key) for key, rule in enumerate(found, 1)]
    )


@patiently
@given(prices, quantities, discounts, taxes(), currencies, st.booleans())
def test_the_total_is_the_sum_of_its_parts(
    price, quantity, discount, of, places, whole
):
    found = line_amounts(
        price, quantity, discount, of, decimals=places, per_document=whole
    )
    document = totals([found], per_document=whole)

    assert found.total == found.subtotal + found.tax
    assert document.total == document.untaxed + sum(row.amount for row in document.rows)
    if not whole:
        assert found.tax == sum(part.amount for part in found.parts) == document.tax


@patiently
@given(prices, quantities, discounts, taxes(included=True), currencies, st.booleans())
def test_an_inclusive_price_is_met_exactly(
    price, quantity, discount, of, places, whole
):
    found = line_amounts(
        price, quantity, discount, of, decimals=places, per_document=whole
    )
    bare = line_amounts(price, quantity, discount, [], decimals=places)

    if any(one.amount for one in of):
        assert found.total == bare.total
        assert totals([found], per_document=whole).total == bare.total


@patiently
@given(prices, quantities, discounts, taxes(), currencies, st.booleans())
def test_a_credit_mirrors_exactly(price, quantity, discount, of, places, whole):
    there = line_amounts(
        price, quantity, discount, of, decimals=places, per_document=whole
    )
    back = line_amounts(
        price, -quantity, discount, of, decimals=places, per_document=whole
    )

    if quantity:
        assert (back.subtotal, back.tax, back.total) == (
            -there.subtotal,
            -there.tax,
            -there.total,
        )
        assert [part.amount for part in back.parts] == [
            -part.amount for part in there.parts
        ]


@patiently
@given(
    st.lists(st.tuples(prices, quantities), min_size=1, max_size=6),
    taxes(included=True),
    currencies,
)
def test_both_ways_of_rounding_meet_inclusive_prices(rows, of, places):
    def document(whole):
        return totals(
            [
                line_amounts(
                    price, quantity, Decimal(0), of, decimals=places, per_document=whole
                )
                for price, quantity in rows
            ],
            per_document=whole,
        )

    by_line, by_document = document(False), document(True)
    assert by_line.untaxed == by_document.untaxed
    assert by_line.total == by_document.total


@patiently
@given(prices, quantities, discounts, taxes(), currencies, st.booleans())
def test_stored_parts_lose_nothing(price, quantity, discount, of, places, whole):
    found = line_amounts(
        price, quantity, discount, of, decimals=places, per_document=whole
    )

    again = parts_from_json(parts_json(found.parts), {one.id: one for one in of})
    assert again == found.parts
