"""What rewards take off, with the numbers of the specification; no database."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sarnakh.money.taxes.engine import TaxRule, line_amounts
from sarnakh.sales.promotions.amounts import Basket, NothingThere
from sarnakh.sales.promotions.eligibility import earned, missing, times
from sarnakh.sales.promotions.facts import (
    Filter,
    Line,
    Money,
    RewardFacts,
    RuleFacts,
)

VAT, DUTY, FEE, INCLUDED = 1, 2, 3, 4
RULES = {
    VAT: TaxRule(VAT, amount=Decimal(10)),
    DUTY: TaxRule(DUTY, amount=Decimal(3)),
    FEE: TaxRule(FEE, kind="fixed", amount=Decimal(1_000)),
    INCLUDED: TaxRule(INCLUDED, amount=Decimal(9), is_included=True),
}
MONEY = Money(RULES)


def line(price, quantity=1, *taxes, discount=0, money=MONEY, **values) -> Line:
    """A line that was bought."""
    price, quantity, discount = (Decimal(str(x)) for x in (price, quantity, discount))
    amounts = line_amounts(
        price,
        quantity,
        discount,
        money.rules_of(taxes),
        decimals=money.decimals,
        per_document=money.per_document,
    )
    return Line(price, quantity, amounts, discount, taxes, **values)


def basket(*lines: Line, money: Money = MONEY) -> Basket:
    return Basket(money, list(lines))


def give(found: Basket, reward: RewardFacts, points: object = 1, **values):
    given_ = {"program": 1, "by_code": False, **values}
    return found.give(reward, Decimal(str(points)), **given_)


def percent(number: object, **values) -> RewardFacts:
    return RewardFacts(percent=Decimal(str(number)), **values)


def the_order() -> Basket:
    """3 × 2,000,000 with 10 % and 1 × 1,000,000 exempt: 7,600,000."""
    return basket(line(2_000_000, 3, VAT), line(1_000_000))


def sums(found: Basket) -> tuple[int, int, int]:
    return (
        sum(one.amounts.subtotal for one in found.lines),
        sum(one.amounts.tax for one in found.lines),
        found.total,
    )


def test_15_per_cent_of_the_order_is_6_460_000():
    found = the_order()

    outcome = give(found, percent(15))

    assert [(one.unit_price, one.taxes) for one in outcome.lines] == [
        (Decimal("-900000.00"), (VAT,)),
        (Decimal("-150000.00"), ()),
    ]
    assert sums(found) == (5_950_000, 510_000, 6_460_000)


def test_15_per_cent_but_at_most_500_000_is_7_100_000_exactly():
    found = the_order()

    give(found, percent(15, max_amount=500_000))

    assert [one.amounts.total for one in found.lines[2:]] == [-434_211, -65_789]
    assert [one.amounts.subtotal for one in found.lines[2:]] == [-394_737, -65_789]
    assert found.total == 7_100_000


def test_700_000_per_order_is_6_900_000():
    found = the_order()

    give(found, RewardFacts(mode="order", amount=700_000))

    assert found.total == 6_900_000


def test_25_per_cent_on_a_product_after_10_on_the_order_takes_25_of_90():
    found = basket(line(1_000_000, 1, product=7), line(500_000, 1, product=8))
    give(found, percent(10))

    give(found, percent(25, scope="specific", filter=Filter(frozenset({7}))))

    assert found.lines[-1].amounts.total == -225_000
    assert found.total == 1_350_000 - 225_000


def test_two_discounts_on_one_product_go_one_after_the_other():
    found = basket(line(1_000_000, product=7))
    only = Filter(frozenset({7}))

    give(found, percent(50, scope="specific", filter=only))
    give(found, percent(50, scope="specific", filter=only))

    assert found.total == 250_000


def test_a_product_discount_never_goes_below_zero():
    found = basket(line(100_000, product=7), line(900_000, product=8))

    give(found, RewardFacts(mode="order", scope="specific", amount=500_000,
                            filter=Filter(frozenset({7}))))  # fmt: skip

    assert found.total == 900_000


def test_an_order_discount_is_never_more_than_the_order():
    found = basket(line(100_000, 1, VAT))

    give(found, RewardFacts(mode="order", amount=5_000_000))

    assert found.total == 0


def test_the_cheapest_is_one_unit_of_the_lowest_price():
    found = basket(line(300, 5, VAT), line(200, 3, VAT), line(0, 1), line(50, 0))

    give(found, percent(100, scope="cheapest"))

    assert found.lines[-1].amounts.total == -220


def test_fixed_taxes_are_not_discounted():
    found = basket(line(100_000, 1, VAT, FEE))
    assert found.total == 111_000

    outcome = give(found, percent(10))

    assert outcome.lines[0].taxes == (VAT,)
    assert found.total == 100_000


def test_prices_that_include_their_tax_are_lowered_with_it():
    found = basket(line(1_090_000, 1, INCLUDED))

    give(found, percent(10))

    assert sums(found) == (900_000, 81_000, 981_000)


def test_sending_is_left_out_of_order_discounts():
    found = basket(line(1_000), line(500, is_delivery=True, is_bought=False))

    give(found, percent(10))

    assert found.total == 1_400


def test_free_shipping_takes_the_price_of_sending_with_its_taxes():
    found = basket(line(1_000), line(500, 1, VAT, is_delivery=True, is_bought=False))

    give(found, RewardFacts(kind="shipping"))

    assert found.total == 1_000


def test_free_shipping_up_to_an_amount_and_before_there_is_any():
    found = basket(line(1_000), line(500, is_delivery=True, is_bought=False))
    assert give(found, RewardFacts(kind="shipping", max_amount=300)).lines[
        0
    ].unit_price == Decimal(-300)

    early = basket(line(1_000))
    outcome = give(early, RewardFacts(kind="shipping"))
    assert outcome.lines[0].unit_price == 0
    assert early.total == 1_000


def test_a_gift_card_pays_everything_and_has_no_tax():
    found = basket(line(1_000, 1, VAT), line(100, is_delivery=True, is_bought=False))
    card = RewardFacts(mode="point", amount=1, is_payment=True)

    outcome = give(found, card, points=5_000)

    assert outcome.lines[0].taxes == ()
    assert (outcome.spent, found.total) == (Decimal(1_200), 0)


def test_an_amount_per_point_takes_whole_rounds_of_points():
    found = basket(line(1_000_000))
    reward = RewardFacts(mode="point", amount=1_000, required=Decimal(200))

    outcome = give(found, reward, points=450)

    assert (outcome.spent, found.total) == (Decimal(400), 600_000)


@pytest.mark.parametrize(("points", "free"), [(1, 0), (2, 1), (5, 2), (6, 3)])
def test_buy_two_get_one(points: int, free: int):
    reward = RewardFacts(kind="product", required=Decimal(2))
    if not free:
        with pytest.raises(NothingThere):
            give(basket(line(10)), reward, points=points)
        return

    outcome = give(basket(line(10)), reward, points=points)

    assert (outcome.quantity, outcome.spent) == (free, free * 2)


def test_clearing_all_points_gives_once():
    reward = RewardFacts(kind="product", required=Decimal(2), clears=True)

    outcome = give(basket(line(10)), reward, points=9)

    assert (outcome.quantity, outcome.spent) == (1, 9)


def test_nothing_to_discount():
    with pytest.raises(NothingThere):
        give(basket(), percent(10))
    with pytest.raises(NothingThere):
        give(
            basket(line(5)), percent(5, scope="specific", filter=Filter(frozenset({9})))
        )


# --- eligibility ----------------------------------------------------------------


def lacking(rule: RuleFacts, *lines: Line, program: int = 1) -> str:
    return missing(rule, lines, program=program)


def test_the_minimum_purchase_counts_with_or_without_tax():
    bought = line(1_000, 1, VAT)

    assert lacking(RuleFacts(minimum_amount=1_100), bought) == ""
    assert lacking(RuleFacts(minimum_amount=1_101), bought) == "amount"
    without = RuleFacts(minimum_amount=1_001, includes_tax=False)
    assert lacking(without, bought) == "amount"


def test_sending_and_automatic_discounts_do_not_count_but_codes_of_others_do():
    rule = RuleFacts(minimum_amount=1_000)
    bought = line(1_000)
    off = {"is_bought": False, "reward_kind": "discount"}

    def with_(*extra: Line) -> str:
        return lacking(rule, bought, *extra)

    sending = line(900, is_delivery=True, is_bought=False)
    assert lacking(rule, line(999), sending) == "amount"
    assert with_(line(-100, program=2, **off)) == ""
    assert with_(line(-100, program=1, is_by_code=True, **off)) == ""
    assert with_(line(-100, program=2, is_by_code=True, **off)) == "amount"


def test_products_families_and_categories_are_meant():
    rule = RuleFacts(filter=Filter(frozenset({7}), ("/1/2/",)))

    assert lacking(rule, line(1, product=7)) == ""
    assert lacking(rule, line(1, product=70, family=7)) == ""
    assert lacking(rule, line(1, product=9, path="/1/2/5/")) == ""
    assert lacking(rule, line(1, product=9, path="/1/3/")) == "products"


def test_free_units_and_sending_are_not_bought_units():
    rule = RuleFacts(minimum_quantity=Decimal(3))
    free = line(5, 1, is_bought=False, reward_kind="product")

    assert lacking(rule, line(5, 2), free) == "quantity"
    assert lacking(rule, line(5, 3)) == ""


def test_points_for_money_are_of_what_is_paid_rounded_down():
    rule = RuleFacts(points=Decimal("0.5"), per="money")
    off = {"is_bought": False, "reward_kind": "discount", "program": 2}
    lines = [
        line(1_001, 1, VAT),
        line(-100, **off),
        line(-500, is_from_card=True, **off),
        line(300, is_delivery=True, is_bought=False),
    ]

    assert earned(rule, lines, program=1, unit=Decimal(1)) == Decimal("500.50")
    assert earned(rule, lines, program=1, unit=Decimal(3)) == Decimal("166.83")


def test_points_for_units_and_for_the_order():
    lines = [line(5, 2), line(5, 3)]

    per_unit = RuleFacts(points=Decimal(2), per="unit")
    assert earned(per_unit, lines, program=1, unit=Decimal(1)) == 10
    per_order = RuleFacts(points=Decimal(3))
    assert earned(per_order, lines, program=1, unit=Decimal(1)) == 3


def test_how_often_points_pay():
    assert times(RewardFacts(required=Decimal(200)), Decimal("199.99")) == 0
    assert times(RewardFacts(required=Decimal(200)), Decimal(599)) == 2


# --- invariants -----------------------------------------------------------------

SETS = [(), (VAT,), (DUTY,), (VAT, DUTY), (INCLUDED,)]
LINES = st.lists(
    st.tuples(
        st.integers(1, 10**8),
        st.integers(1, 50),
        st.sampled_from(SETS),
        st.sampled_from([0, 5, 12, 33]),
    ),
    min_size=1,
    max_size=6,
)


@given(LINES, st.integers(1, 10**9), st.booleans(), st.booleans())
def test_a_capped_or_fixed_discount_lowers_the_total_by_its_amount(
    lines, amount, is_capped, per_document
):
    money = Money(RULES, per_document=per_document)
    found = basket(
        *(line(p, q, *taxes, discount=d, money=money) for p, q, taxes, d in lines),
        money=money,
    )
    before = found.total
    if is_capped:
        reward = percent(100, max_amount=amount)
    else:
        reward = RewardFacts(mode="order", amount=amount)

    outcome = give(found, reward)

    wanted = min(amount, before)
    sets = len({one.taxes for one in outcome.lines})
    assert abs((before - found.total) - wanted) <= max(sets, 1)
    if any(not one.taxes for one in outcome.lines):
        assert before - found.total == wanted


@given(LINES, st.integers(1, 100))
def test_a_percentage_lowers_every_tax_set_by_that_percentage(lines, number):
    found = basket(*(line(p, q, *taxes, discount=d) for p, q, taxes, d in lines))
    before = found.total

    outcome = give(found, percent(number))

    off = before - found.total
    assert abs(off - before * number / 100) <= 2 * len(lines) + len(outcome.lines)
    assert found.total >= -len(outcome.lines)
