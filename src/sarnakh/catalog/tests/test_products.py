"""Products, their variants, and what may not change any more."""

from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from sarnakh.accounts.actor import Actor
from sarnakh.accounts.roles import Role
from sarnakh.accounts.tests.factories import make_actor, make_company
from sarnakh.catalog import usage
from sarnakh.catalog.errors import (
    AttributeInUse,
    KindIsFixed,
    NotSold,
    OfOtherCompany,
    SetOnFamily,
    SoldElsewhere,
    TooManyVariants,
    UnitIsFixed,
)
from sarnakh.catalog.models import AttributeValue, Product
from sarnakh.catalog.products import actions as products
from sarnakh.catalog.products.queries import check_new, line_values, sellable
from sarnakh.catalog.tests.factories import (
    make_attribute,
    make_category,
    make_product,
    make_units,
)
from sarnakh.catalog.types import ATTRIBUTES, PRODUCTS, VALUES
from sarnakh.records import guarded
from sarnakh.records.errors import InUse, InvalidValues

pytestmark = pytest.mark.django_db


@pytest.fixture
def manager() -> Actor:
    return make_actor(Role.SALES_MANAGER)


@pytest.fixture
def sold():
    """Say that products were sold by a company."""
    pairs: list[tuple[int, int]] = []

    def probe(keys):
        return [pair for pair in pairs if pair[0] in keys]

    usage.register(probe)
    yield lambda product, company: pairs.append((product.pk, company.pk))
    usage.unregister(probe)


def found(text: str, by: Actor) -> list[str]:
    from sarnakh.records import conditions, rows

    condition = conditions.compile([["search", "search", text]], PRODUCTS, by)
    return [p.name for p in rows.visible(PRODUCTS, by).filter(condition)]


def test_products_are_found_by_name_reference_and_barcode_in_any_letters(
    manager: Actor,
):
    make_product(manager, name="میز تحریر یک‌نفره", reference="T-100")
    make_product(manager, name="Chair", barcode="6260000000017")

    assert found("ميز تحرير", manager) == ["میز تحریر یک‌نفره"]
    assert found("t-100", manager) == ["میز تحریر یک‌نفره"]
    assert found("۶۲۶۰۰۰۰", manager) == ["Chair"]


def test_many_products_are_made_in_a_fixed_number_of_statements(manager: Actor):
    make_units()

    def statements(count: int) -> int:
        with CaptureQueriesContext(connection) as queries:
            products.create([{"name": f"P{n}"} for n in range(count)], by=manager)
        return len(queries)

    assert statements(2) == statements(20)


def test_numbers_below_zero_are_refused(manager: Actor):
    product = make_product(manager, price=Decimal(5))
    with pytest.raises(InvalidValues) as refused:
        guarded.change(PRODUCTS, product.pk, {"price": -1}, by=manager)
    assert set(refused.value.errors) == {"price"}
    product.refresh_from_db()
    assert product.price == 5


# --- what new lines offer -----------------------------------------------------------


def test_new_lines_offer_what_is_for_sale_in_their_company(manager: Actor):
    offered = make_product(manager)
    make_product(manager, is_sold=False)
    make_product(manager, active=False)
    theirs = make_product(manager, company=make_company().pk)
    red = make_attribute("Colour", "Red")[0]
    family = make_product(manager, name="Shirt", values=[red.pk])
    variant = family.variants.get()

    assert set(sellable(manager, manager.company)) == {offered, variant}
    check_new([offered, variant], manager.company)
    with pytest.raises(NotSold):
        check_new([family], manager.company)
    with pytest.raises(OfOtherCompany):
        check_new([theirs], manager.company)


def test_the_cost_is_hidden_from_those_who_sell_only_their_own(manager: Actor):
    assert "cost" in PRODUCTS.readable_fields(manager)
    assert "cost" not in PRODUCTS.readable_fields(make_actor(Role.SALES_OWN))
    assert "cost" in PRODUCTS.readable_fields(make_actor(Role.SALES_ALL))


# --- once sold ----------------------------------------------------------------------


def test_what_was_sold_keeps_its_type_and_its_kind_of_unit(manager: Actor, sold):
    product = make_product(manager)
    units = make_units()
    guarded.change(PRODUCTS, product.pk, {"kind": "service"}, by=manager)
    sold(product, manager.company)

    with pytest.raises(KindIsFixed):
        guarded.change(PRODUCTS, product.pk, {"kind": "storable"}, by=manager)
    with pytest.raises(UnitIsFixed):
        guarded.change(PRODUCTS, product.pk, {"unit": units["kg"].pk}, by=manager)
    guarded.change(PRODUCTS, product.pk, {"unit": units["Dozen"].pk}, by=manager)

    product.refresh_from_db()
    assert (product.kind, product.unit) == ("service", units["Dozen"])


def test_a_company_cannot_keep_what_another_one_has_sold(manager: Actor, sold):
    product = make_product(manager)
    other = make_company()
    ours = {"company": manager.company.pk}
    sold(product, other)

    with pytest.raises(SoldElsewhere):
        guarded.change(PRODUCTS, product.pk, ours, by=manager)
    product.refresh_from_db()
    assert product.company is None

    free = make_product(manager)
    sold(free, manager.company)
    guarded.change(PRODUCTS, free.pk, ours, by=manager)
    free.refresh_from_db()
    assert free.company == manager.company


def test_a_variant_that_was_sold_counts_for_its_family(manager: Actor, sold):
    red = make_attribute("Colour", "Red")[0]
    family = make_product(manager, values=[red.pk])
    sold(family.variants.get(), make_company())
    with pytest.raises(SoldElsewhere):
        guarded.change(PRODUCTS, family.pk, {"company": manager.company.pk}, by=manager)


# --- variants -------------------------------------------------------------------------


def names(family: Product) -> list[str]:
    return [v.name for v in family.variants.filter(active=True).order_by("pk")]


def test_each_combination_is_a_product_with_its_price(manager: Actor):
    red, blue = make_attribute("Colour", "Red", "Blue+500")
    small, large = make_attribute("Size", "S", "L+20")
    shirt = make_product(
        manager,
        name="Shirt",
        price=Decimal(1_000),
        cost=Decimal(600),
        values=[red.pk, blue.pk, small.pk, large.pk],
    )

    assert shirt.has_variants
    assert names(shirt) == [
        "Shirt (Red, S)", "Shirt (Red, L)", "Shirt (Blue, S)", "Shirt (Blue, L)",
    ]  # fmt: skip
    last = shirt.variants.get(name="Shirt (Blue, L)")
    assert (last.price, last.price_extra, last.cost) == (1_520, 520, 600)
    assert set(last.values.all()) == {blue, large}
    assert last.unit == shirt.unit


def test_values_for_the_line_make_no_variants(manager: Actor):
    engraving = make_attribute("Engraving", "Name+50", makes_variants=False)[0]
    pen = make_product(manager, values=[engraving.pk])
    assert not pen.has_variants
    assert not pen.variants.exists()
    assert list(line_values(pen)) == [engraving]


def test_more_than_five_hundred_variants_are_refused(manager: Actor):
    many = [
        value.pk
        for name in ("A", "B", "C")
        for value in make_attribute(name, *map(str, range(8)))
    ]
    with pytest.raises(TooManyVariants):
        make_product(manager, values=many)
    assert not Product.objects.exists()


def test_variants_follow_their_family_but_keep_what_is_theirs(manager: Actor):
    red, blue = make_attribute("Colour", "Red", "Blue+500")
    shirt = make_product(
        manager, name="Shirt", price=Decimal(1_000), cost=5, values=[red.pk, blue.pk]
    )
    first, second = shirt.variants.order_by("pk")
    guarded.change(PRODUCTS, first.pk, {"cost": 7, "reference": "R1"}, by=manager)
    category = make_category("Clothes")

    guarded.change(
        PRODUCTS,
        shirt.pk,
        {"price": 2_000, "cost": 6, "name": "Blouse", "category": category.pk},
        by=manager,
    )

    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.name, first.price, first.cost) == ("Blouse (Red)", 2_000, 7)
    assert (second.name, second.price, second.cost) == ("Blouse (Blue)", 2_500, 6)
    assert first.reference == "R1"
    assert first.category == second.category == category
    assert found("blouse (red", manager) == ["Blouse (Red)"]


def test_what_variants_share_is_changed_on_the_family(manager: Actor):
    red = make_attribute("Colour", "Red")[0]
    variant = make_product(manager, values=[red.pk]).variants.get()
    with pytest.raises(SetOnFamily):
        guarded.change(PRODUCTS, variant.pk, {"price": 9}, by=manager)
    variant.refresh_from_db()
    assert variant.price == 1


def test_a_value_taken_away_deletes_unused_variants_and_archives_others(
    manager: Actor,
):
    red, blue, green = make_attribute("Colour", "Red", "Blue", "Green")
    shirt = make_product(manager, name="Shirt", values=[red.pk, blue.pk, green.pk])
    used = shirt.variants.get(name="Shirt (Blue)")
    guarded.change(PRODUCTS, shirt.pk, {"values": [red.pk]}, by=manager)
    assert names(shirt) == ["Shirt (Red)"]
    assert not Product.objects.filter(pk=used.pk).exists()

    guarded.change(PRODUCTS, shirt.pk, {"values": [red.pk, blue.pk]}, by=manager)
    assert names(shirt) == ["Shirt (Red)", "Shirt (Blue)"]

    guarded.change(PRODUCTS, shirt.pk, {"values": []}, by=manager)
    shirt.refresh_from_db()
    assert not shirt.has_variants
    assert not shirt.variants.exists()


def test_archiving_a_family_archives_its_variants_and_brings_them_back(
    manager: Actor,
):
    red, blue = make_attribute("Colour", "Red", "Blue")
    shirt = make_product(manager, name="Shirt", values=[red.pk, blue.pk])
    guarded.change(PRODUCTS, shirt.pk, {"active": False}, by=manager)
    assert names(shirt) == []
    guarded.change(PRODUCTS, shirt.pk, {"active": True}, by=manager)
    assert names(shirt) == ["Shirt (Red)", "Shirt (Blue)"]


def test_a_variant_archived_by_hand_stays_so(manager: Actor):
    red, blue = make_attribute("Colour", "Red", "Blue")
    shirt = make_product(manager, name="Shirt", values=[red.pk, blue.pk])
    gone = shirt.variants.get(name="Shirt (Blue)")
    guarded.change(PRODUCTS, gone.pk, {"active": False}, by=manager)
    guarded.change(PRODUCTS, shirt.pk, {"price": 5}, by=manager)
    assert names(shirt) == ["Shirt (Red)"]


def test_a_value_with_another_name_and_price_reaches_its_variants(manager: Actor):
    red, blue = make_attribute("Colour", "Red", "Blue")
    shirt = make_product(
        manager, name="Shirt", price=Decimal(100), values=[red.pk, blue.pk]
    )
    guarded.change(VALUES, blue.pk, {"name": "Navy", "price_extra": "12.5"}, by=manager)
    navy = shirt.variants.get(values=blue)
    assert (navy.name, navy.price) == ("Shirt (Navy)", Decimal("112.5"))
    assert shirt.variants.get(values=red).price == 100


def test_attributes_and_values_in_use_stay(manager: Actor):
    red, blue = make_attribute("Colour", "Red", "Blue")
    make_product(manager, values=[red.pk])
    with pytest.raises(InUse):
        guarded.delete(VALUES, [red.pk], by=manager)
    with pytest.raises(InUse):
        guarded.delete(ATTRIBUTES, [red.attribute_id], by=manager)
    with pytest.raises(AttributeInUse):
        guarded.change(
            ATTRIBUTES, red.attribute_id, {"makes_variants": False}, by=manager
        )
    guarded.delete(VALUES, [blue.pk], by=manager)
    assert list(AttributeValue.objects.all()) == [red]


def test_twenty_variants_cost_as_many_statements_as_two(manager: Actor):
    few = make_attribute("Few", *map(str, range(2)))
    many = make_attribute("Many", *map(str, range(20)))
    make_units()

    def statements(values: list[AttributeValue]) -> tuple[int, int]:
        with CaptureQueriesContext(connection) as making:
            family = make_product(manager, values=[value.pk for value in values])
        with CaptureQueriesContext(connection) as changing:
            products.change(family, {"price": 7}, by=manager)
        return len(making), len(changing)

    assert statements(few) == statements(many)
