"""Conversion between units: the numbers of the specification, and round trips."""

import decimal
from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sarnakh.catalog.errors import OtherUnitCategory
from sarnakh.catalog.units import converted, price_converted

D = decimal.Decimal


@dataclass(frozen=True)
class Unit:
    size: str = "reference"
    ratio: D = D(1)
    rounding: D = D("0.01")
    category_id: int = 1


PIECE = Unit()
DOZEN = Unit("bigger", D(12))
PACK = Unit("bigger", D(24))
KILOGRAM = Unit(category_id=2)
GRAM = Unit("smaller", D(1000), category_id=2)
TONNE = Unit("bigger", D(1000), category_id=2)


def test_fifty_pieces_are_2_09_packs_of_24():
    assert converted(D(50), PIECE, PACK) == D("2.09")
    assert converted(D(50), PIECE, PACK, rounding="half-up") == D("2.08")


def test_a_price_of_one_piece_becomes_the_price_of_a_pack():
    assert price_converted(D(18_000), PIECE, PACK) == 432_000
    assert price_converted(D(432_000), PACK, PIECE) == 18_000


def test_dozens_and_packs_go_by_way_of_pieces():
    assert converted(D(3), DOZEN, PIECE) == 36
    assert converted(D(3), DOZEN, PACK) == D("1.5")


def test_kilograms_grams_and_tonnes():
    assert converted(D("2.5"), KILOGRAM, GRAM) == 2_500
    assert converted(D(2_500), GRAM, TONNE, rounding="none") == D("0.0025")
    assert price_converted(D(900_000), KILOGRAM, GRAM) == 900


def test_up_is_away_from_zero_and_half_up_away_from_it_too():
    whole = Unit("bigger", D(10), rounding=D(1))
    assert converted(D(11), PIECE, whole) == 2
    assert converted(D(-11), PIECE, whole) == -2
    assert converted(D(15), PIECE, whole, rounding="half-up") == 2
    assert converted(D(-15), PIECE, whole, rounding="half-up") == -2
    assert converted(D(14), PIECE, whole, rounding="half-up") == 1


def test_a_quantity_that_stays_in_its_unit_is_left_alone():
    assert converted(D("1.23456"), PIECE, PIECE) == D("1.23456")


def test_units_of_different_categories_do_not_convert():
    with pytest.raises(OtherUnitCategory):
        converted(D(1), PIECE, KILOGRAM)
    with pytest.raises(OtherUnitCategory):
        price_converted(D(1), PIECE, KILOGRAM)


units = st.builds(
    Unit,
    size=st.sampled_from(["reference", "bigger", "smaller"]),
    ratio=st.decimals("0.000001", 10_000, places=6),
    rounding=st.sampled_from([D(1), D("0.01"), D("0.001"), D("0.25")]),
)
quantities = st.decimals(-(10**9), 10**9, places=4)


@given(quantities, units, units)
def test_there_and_back_without_rounding_is_the_same_to_the_last_place(
    quantity, one, other
):
    there = converted(quantity, one, other, rounding="none")
    back = converted(there, other, one, rounding="none")
    assert round(back, 8) == round(quantity, 8)


@given(quantities, units, units)
def test_up_never_gives_less_and_at_most_a_step_more(quantity, one, other):
    exact = converted(quantity, one, other, rounding="none")
    up = converted(quantity, one, other)
    if one == other:
        assert up == quantity
        return
    slip = abs(exact) * D("1e-30")
    assert abs(exact) - slip <= abs(up) < abs(exact) + other.rounding + slip
    assert up % other.rounding == 0


@given(quantities, units, units)
def test_half_up_is_at_most_half_a_step_off(quantity, one, other):
    exact = converted(quantity, one, other, rounding="none")
    found = converted(quantity, one, other, rounding="half-up")
    if one != other:
        assert abs(found - exact) * 2 <= other.rounding + abs(exact) * D("1e-30")


@given(quantities, units, units)
def test_the_value_of_goods_does_not_change_with_the_unit(quantity, one, other):
    price = D("187500")
    value = quantity * price
    there = converted(quantity, one, other, rounding="none")
    assert abs(there * price_converted(price, one, other) - value) <= max(
        abs(value) * D("1e-20"), D("1e-12")
    )
