"""The worked numbers of the specification, and bounds of the formula."""

import datetime as dt
import decimal
from dataclasses import dataclass, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sarnakh.pricing.engine import (
    Book,
    Price,
    ProductFacts,
    Rule,
    Sheet,
    Wanted,
    chosen,
    price,
    shown,
)

D = decimal.Decimal
AT = dt.datetime(2026, 3, 21, 9, tzinfo=dt.UTC)


@dataclass(frozen=True)
class Unit:
    category_id: int = 1
    size: str = "reference"
    ratio: D = D(1)
    rounding: D = D("0.01")


PIECE = Unit()
DOZEN = Unit(size="bigger", ratio=D(12))
HOUR = Unit(category_id=2)
PRODUCT = ProductFacts(7, D(1_237_000), D(900_000), PIECE, path="/1/4/")


def wanted(quantity="1", unit=PIECE, product=PRODUCT, **more):
    return Wanted(product, D(quantity), unit, **more)


def book(*sheets, **more):
    return Book({sheet.pk: sheet for sheet in sheets}, "IRR", AT, **more)


def cost(*rules, ask=None, sheets=()):
    sheet = Sheet(1, "IRR", rules=rules)
    return price(ask or wanted(), sheet, book(sheet, *sheets))


def test_without_a_rule_the_sales_price_holds():
    assert cost() == 1_237_000


def test_a_formula_discounts_rounds_and_adds():
    rule = Rule(
        pk=1, computation="formula", percent=D(8), rounding_step=D(10_000),
        surcharge=D(-100),
    )  # fmt: skip
    assert cost(rule) == 1_139_900


def test_a_formula_on_cost_keeps_its_margins():
    rule = Rule(
        pk=1, computation="formula", base="cost", percent=D(-30),
        rounding_step=D(50_000), surcharge=D(5_000), min_margin=D(260_000),
        max_margin=D(400_000),
    )  # fmt: skip
    assert cost(rule) == 1_160_000
    assert cost(replace(rule, min_margin=None)) == 1_155_000
    assert cost(replace(rule, min_margin=None, max_margin=D(200_000))) == 1_100_000


def test_a_fixed_price_is_for_the_products_own_unit():
    rule = Rule(pk=1, fixed_price=D(18_000))
    pack = Unit(size="bigger", ratio=D(24))
    assert cost(rule, ask=wanted("1", pack)) == 432_000


def test_margins_and_surcharge_grow_with_the_unit():
    rule = Rule(pk=1, computation="formula", surcharge=D(10), min_margin=D(20))
    assert cost(rule, ask=wanted("1", DOZEN)) == 12 * (1_237_000 + 20)


def test_an_amount_for_a_dozen_turns_into_one_for_a_piece_exactly():
    product = replace(PRODUCT, unit=DOZEN, price=D(13_740_000))
    rule = Rule(pk=1, computation="formula", rounding_step=D(10_000))
    # 1,145,000 lies in the middle of two steps: the tie goes up.
    assert cost(rule, ask=wanted(product=product)) == 1_150_000


def test_extras_chosen_on_the_line_belong_to_the_base():
    rule = Rule(pk=1, computation="percent", percent=D(10))
    assert cost(rule, ask=wanted(extra=D(63_000))) == 1_170_000


def test_the_closest_target_wins_over_the_better_discount():
    product = Rule(pk=1, target="product", product_id=7, fixed_price=D(100))
    category = Rule(pk=2, target="category", path="/1/", fixed_price=D(50))
    everything = Rule(pk=3, fixed_price=D(10))
    variant = Rule(pk=4, target="variant", product_id=7, fixed_price=D(200))

    assert cost(everything, category, product) == 100
    assert cost(everything, category) == 50
    assert cost(everything, category, product, variant) == 200


def test_a_rule_for_the_family_holds_for_its_variants():
    variant = replace(PRODUCT, pk=8, family_id=7)
    rule = Rule(pk=1, target="product", product_id=7, fixed_price=D(100))
    assert cost(rule, ask=wanted(product=variant)) == 100
    assert cost(replace(rule, target="variant"), ask=wanted(product=variant)) != 100


def test_a_higher_minimum_beats_a_lower_one_and_falls_through_when_not_reached():
    one = Rule(pk=1, fixed_price=D(100))
    ten = Rule(pk=2, fixed_price=D(90), min_quantity=D(10))
    hundred = Rule(pk=3, fixed_price=D(80), min_quantity=D(100))
    rules = (hundred, one, ten)

    assert [cost(*rules, ask=wanted(q)) for q in ("9", "10", "99", "100")] == [
        100, 90, 90, 80,
    ]  # fmt: skip


def test_an_unmatched_minimum_of_a_product_falls_to_the_category():
    product = Rule(
        pk=1, target="product", product_id=7, min_quantity=D(5), fixed_price=D(1)
    )
    category = Rule(pk=2, target="category", path="/1/4/", fixed_price=D(2))
    assert cost(product, category, ask=wanted("4")) == 2


def test_the_deeper_category_wins_and_a_higher_minimum_before_it():
    deep = Rule(pk=1, target="category", path="/1/4/", fixed_price=D(1))
    high = Rule(pk=2, target="category", path="/1/", fixed_price=D(2))
    assert cost(deep, high) == 1
    assert cost(deep, replace(high, min_quantity=D(1))) == 2
    assert cost(replace(deep, path="/1/9/"), high) == 2
    # "/1/4" is no part of "/1/40/".
    other = replace(PRODUCT, path="/1/40/")
    assert cost(deep, high, ask=wanted(product=other)) == 2


def test_the_newest_of_equals_wins():
    old, new = Rule(pk=1, fixed_price=D(1)), Rule(pk=2, fixed_price=D(2))
    assert cost(new, old) == cost(old, new) == 2


def test_the_minimum_is_counted_in_the_products_unit():
    rule = Rule(pk=1, fixed_price=D(10), min_quantity=D(24))
    assert cost(rule, ask=wanted("2", DOZEN)) == 120
    assert cost(rule, ask=wanted("1", DOZEN)) == 12 * 1_237_000


def test_a_unit_of_another_kind_falls_back_to_the_plain_quantity():
    rule = Rule(pk=1, fixed_price=D(10), min_quantity=D(3))
    assert cost(rule, ask=wanted("3", HOUR)) == 10


def test_nothing_is_priced_like_one():
    rule = Rule(pk=1, fixed_price=D(10), min_quantity=D(1))
    assert cost(rule, ask=wanted("0")) == 10


def test_both_ends_of_the_dates_are_inside():
    second = dt.timedelta(seconds=1)
    rule = Rule(pk=1, fixed_price=D(10), starts_at=AT, ends_at=AT)
    assert cost(rule) == 10
    assert cost(replace(rule, ends_at=None, starts_at=AT + second)) == 1_237_000
    assert cost(replace(rule, starts_at=None, ends_at=AT - second)) == 1_237_000


# --- showing the discount ---------------------------------------------------------


def percent(off, *, on=None, pk=1):
    where = {"base": "pricelist", "base_list": on} if on else {}
    return Rule(pk=pk, computation="percent", percent=D(off), **where)


def test_an_included_discount_leaves_only_the_price():
    sheet = Sheet(1, "IRR", rules=(percent("12"),))
    assert shown(wanted(), sheet, book(sheet), "IRR") == Price(D("1088560"))


def test_a_shown_discount_stands_beside_the_public_price():
    sheet = Sheet(1, "IRR", shows_discount=True, rules=(percent("12"),))
    assert shown(wanted(), sheet, book(sheet), "IRR") == Price(D(1_237_000), D(12))


def test_discounts_of_a_chain_that_shows_them_accumulate():
    below = Sheet(2, "IRR", shows_discount=True, rules=(percent("12"),))
    sheet = Sheet(1, "IRR", shows_discount=True, rules=(percent("5", on=2),))

    found = shown(wanted(), sheet, book(sheet, below), "IRR")

    assert found == Price(D(1_237_000), D("16.4"))


def test_a_list_that_hides_its_discount_ends_the_chain():
    below = Sheet(2, "IRR", rules=(percent("12"),))
    sheet = Sheet(1, "IRR", shows_discount=True, rules=(percent("5", on=2),))

    found = shown(wanted(), sheet, book(sheet, below), "IRR")

    assert found == Price(D("1088560"), D(5))


def test_a_chain_that_ends_without_a_rule_starts_at_the_sales_price():
    below = Sheet(2, "IRR", shows_discount=True)
    sheet = Sheet(1, "IRR", shows_discount=True, rules=(percent("5", on=2),))
    assert shown(wanted(), sheet, book(sheet, below), "IRR").discount == 5


def test_a_mark_up_shows_the_higher_price_and_no_discount():
    sheet = Sheet(1, "IRR", shows_discount=True, rules=(percent("-10"),))
    found = shown(wanted(), sheet, book(sheet), "IRR")
    assert found == Price(D("1360700"), D(0))


def test_a_negative_price_may_show_a_negative_discount():
    credit = replace(PRODUCT, price=D(-100))
    sheet = Sheet(1, "IRR", shows_discount=True, rules=(percent("-20"),))
    found = shown(wanted(product=credit), sheet, book(sheet), "IRR")
    assert found == Price(D(-100), D(-20))


def test_a_discount_keeps_two_places():
    product = replace(PRODUCT, price=D(70))
    rule = Rule(pk=1, computation="formula", surcharge=D(-10))
    sheet = Sheet(1, "IRR", shows_discount=True, rules=(rule,))
    found = shown(wanted(product=product), sheet, book(sheet), "IRR")
    assert found == Price(D(70), D("14.29"))


def test_currencies_are_exchanged_between_company_lists_and_document():
    in_rials = {"IRR": D(1), "USD": D(500_000), "EUR": D(625_000)}
    below = Sheet(2, "USD", rules=(Rule(pk=1, fixed_price=D("2.5")),))
    sheet = Sheet(1, "EUR", rules=(percent("10", on=2),))
    listed = book(
        sheet,
        below,
        exchange=lambda source, target: in_rials[source] / in_rials[target],
    )

    assert price(wanted(), sheet, listed) == D("1.8")
    assert shown(wanted(), sheet, listed, "IRR") == Price(D(1_125_000))
    assert price(wanted(), Sheet(3, "USD"), listed) == D("2.474")


# --- bounds -----------------------------------------------------------------------

amounts = st.decimals(0, 10**12, places=4)
percents = st.decimals(-100, 100, places=2)


@given(
    amounts, percents, st.sampled_from(["0", "0.05", "10", "5000"]), amounts, amounts
)
def test_a_formula_stays_within_its_margins(base, percent, step, one, other):
    low, high = sorted((one, other))
    rule = Rule(
        pk=1, computation="formula", percent=percent, rounding_step=D(step),
        min_margin=low, max_margin=high,
    )  # fmt: skip
    found = cost(rule, ask=wanted(product=replace(PRODUCT, price=base)))
    assert base + low <= found <= base + high


@given(amounts, percents, st.sampled_from(["0.05", "10", "990", "5000"]))
def test_rounding_hits_a_step_at_most_half_a_step_away(base, percent, step):
    rule = Rule(pk=1, computation="formula", percent=percent, rounding_step=D(step))
    plain = cost(
        replace(rule, rounding_step=D(0)),
        ask=wanted(product=replace(PRODUCT, price=base)),
    )
    found = cost(rule, ask=wanted(product=replace(PRODUCT, price=base)))
    assert found % D(step) == 0
    assert abs(found - plain) * 2 <= D(step)


@given(amounts, percents)
def test_shown_discount_and_price_give_the_included_price(base, percent):
    ask = wanted(product=replace(PRODUCT, price=base))
    rule = Rule(pk=1, computation="percent", percent=percent)
    open_sheet = Sheet(1, "IRR", shows_discount=True, rules=(rule,))
    quiet = replace(open_sheet, shows_discount=False)

    found = shown(ask, open_sheet, book(open_sheet), "IRR")
    final = shown(ask, quiet, book(quiet), "IRR").unit_price

    assert 0 <= found.discount <= 100
    assert abs(found.unit_price * (1 - found.discount / 100) - final) <= (
        D("0.0001") + base * D("0.00005")
    )


rule_lists = st.lists(
    st.builds(
        Rule,
        pk=st.integers(1, 10**6),
        target=st.sampled_from(["variant", "product", "category", "all"]),
        product_id=st.sampled_from([7, 8]),
        path=st.sampled_from(["/1/", "/1/4/", "/2/"]),
        min_quantity=st.sampled_from([D(0), D(1), D(5), D(10)]),
    ),
    unique_by=lambda rule: rule.pk,
    max_size=12,
)


@given(rule_lists, st.sampled_from(["1", "5", "7", "10"]))
def test_the_order_of_the_rules_does_not_matter(rules, quantity):
    forward = chosen(rules, wanted(quantity), AT)
    assert forward == chosen(rules[::-1], wanted(quantity), AT)
    if forward:
        assert forward.min_quantity <= D(quantity)


@pytest.mark.parametrize("extreme", ["0", "0.0001", "999999999999"])
def test_extreme_prices_pass(extreme):
    product = replace(PRODUCT, price=D(extreme))
    assert cost(ask=wanted(product=product)) == D(extreme)
