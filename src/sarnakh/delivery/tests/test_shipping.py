"""What sending costs: the worked numbers of the specification."""

from decimal import Decimal

import pytest

from sarnakh.delivery.shipping.price import (
    Basket,
    Margin,
    Rule,
    by_rules,
    is_free,
    reaches,
)

RULES = (
    Rule("weight", "<=", Decimal(5), base=350_000, sequence=1),
    Rule("weight", "<=", Decimal(20), base=150_000, each=42_000, sequence=2),
    Rule("price", ">=", Decimal(50_000_000), sequence=3),
)


@pytest.mark.parametrize(
    ("weight", "price", "expected"),
    [
        ("5", "0", 350_000),
        ("12", "0", 654_000),
        ("26", "61000000", 0),
        ("26", "8000000", None),
    ],
)
def test_the_first_rule_that_holds_makes_the_price(weight, price, expected):
    basket = Basket(weight=Decimal(weight), price=Decimal(price))

    assert by_rules(RULES, basket) == expected


def test_margins_come_on_top_of_rules():
    basket = Basket(weight=Decimal(12))

    assert by_rules(RULES, basket, Margin(Decimal(10), 1_000)) == 720_400


def test_rules_of_one_place_are_tried_from_the_cheapest():
    dear = Rule("quantity", ">", Decimal(0), each=9, factor="quantity")
    cheap = Rule("quantity", ">", Decimal(0), each=2, factor="quantity")

    assert by_rules([dear, cheap], Basket(quantity=Decimal(3))) == 6


def test_weight_times_volume():
    rule = Rule(
        "weight-volume", ">=", Decimal(6), base=10, each=3, factor="weight-volume"
    )

    assert by_rules([rule], Basket(weight=Decimal(2), volume=Decimal(3))) == 28
    assert by_rules([rule], Basket(weight=Decimal(2), volume=Decimal(2))) is None


def test_half_a_smallest_unit_is_rounded_away_from_zero():
    rule = Rule("weight", ">", Decimal(0), each=5)

    assert by_rules([rule], Basket(weight=Decimal("0.5"))) == 3


def test_free_from_the_amount_on():
    assert is_free(Basket(price=Decimal(100)), Decimal(100))
    assert not is_free(Basket(price=Decimal("99.99")), Decimal(100))
    assert not is_free(Basket(price=Decimal(100)), None)


def goes(**limits):
    address = {"country": "IR", "state": "tehran", "code": "1234567890"}
    given = {"countries": [], "states": [], "codes": [], **limits}
    return reaches(**address, **given)


def test_where_a_method_goes():
    assert goes()
    assert goes(countries=["IR"], states=["tehran"], codes=["123"])
    assert not goes(countries=["TR"])
    assert not goes(states=["fars"])
    assert not goes(codes=["99", "123$"])
    assert goes(codes=["99", "1234567890$"])
