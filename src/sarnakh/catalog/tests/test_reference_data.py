"""Categories, units and packagings."""

from dataclasses import dataclass
from decimal import Decimal

import pytest
from django.utils import translation

from sarnakh.accounts.actor import Actor
from sarnakh.accounts.roles import Role
from sarnakh.accounts.tests.factories import make_actor
from sarnakh.catalog import packing
from sarnakh.catalog.errors import (
    CategoryCircle,
    NoReference,
    SecondReference,
    UnitInUse,
)
from sarnakh.catalog.models import ProductCategory, Unit, UnitCategory
from sarnakh.catalog.seed import seed
from sarnakh.catalog.tests.factories import make_product, make_units
from sarnakh.catalog.types import CATEGORIES, PACKAGINGS, UNIT_CATEGORIES, UNITS
from sarnakh.catalog.units import converted
from sarnakh.records import guarded
from sarnakh.records.errors import InUse, InvalidValues

pytestmark = pytest.mark.django_db


@pytest.fixture
def manager() -> Actor:
    return make_actor(Role.SALES_MANAGER)


def make(name: str, by: Actor, parent: ProductCategory | None = None):
    values = {"name": name, "parent": parent.pk if parent else None}
    return guarded.create(CATEGORIES, [values], by=by)[0]


def test_a_category_knows_the_way_from_its_root(manager: Actor):
    one = make("One", manager)
    two = make("Two", manager, one)
    three = make("Three", manager, two)
    assert three.path == f"/{one.pk}/{two.pk}/{three.pk}/"


def test_what_lies_in_a_category_moves_with_it(manager: Actor):
    one, other = make("One", manager), make("Other", manager)
    two = make("Two", manager, one)
    three = make("Three", manager, two)

    guarded.change(CATEGORIES, two.pk, {"parent": other.pk}, by=manager)

    three.refresh_from_db()
    assert three.path == f"/{other.pk}/{two.pk}/{three.pk}/"
    guarded.change(CATEGORIES, two.pk, {"parent": None}, by=manager)
    three.refresh_from_db()
    assert three.path == f"/{two.pk}/{three.pk}/"


def test_a_category_cannot_lie_within_itself(manager: Actor):
    one = make("One", manager)
    two = make("Two", manager, one)
    for inside in (one, two):
        with pytest.raises(CategoryCircle):
            guarded.change(CATEGORIES, one.pk, {"parent": inside.pk}, by=manager)
    one.refresh_from_db()
    assert (one.parent, one.path) == (None, f"/{one.pk}/")


def test_a_category_with_products_stays(manager: Actor):
    one = make("One", manager)
    make_product(manager, category=one.pk)
    with pytest.raises(InUse):
        guarded.delete(CATEGORIES, [one.pk], by=manager)


def test_an_installation_begins_with_units_and_one_category(manager: Actor):
    seed(manager.company)
    seed(manager.company)

    assert [unit.name for unit in Unit.objects.order_by("sequence")] == [
        "عدد", "دوجین", "کیلوگرم", "گرم", "تن", "متر", "سانتی‌متر", "کیلومتر",
        "متر مربع", "لیتر", "متر مکعب", "ساعت", "روز",
    ]  # fmt: skip
    root = ProductCategory.objects.get()
    assert (root.name, root.path) == ("همه", f"/{root.pk}/")
    with translation.override("en"):
        assert str(root) == "All"
        assert str(Unit.objects.get(name="دوجین")) == "Dozen"


def test_a_day_has_eight_hours():
    units = make_units()
    assert converted(Decimal(12), units["Hour"], units["Day"]) == Decimal("1.5")
    assert converted(Decimal(3), units["m³"], units["L"]) == 3_000


def test_a_category_of_units_has_one_reference(manager: Actor):
    made = guarded.create(UNIT_CATEGORIES, [{"name": "Energy"}], by=manager)[0]

    def unit(name: str, size: str, **more: object) -> Unit:
        given = {"name": name, "category": made.pk, "size": size, **more}
        return guarded.create(UNITS, [given], by=manager)[0]

    with pytest.raises(NoReference):
        unit("Wh", "smaller", ratio=1000)
    kwh = unit("kWh", "reference", ratio=5)
    assert kwh.ratio == 1
    unit("Wh", "smaller", ratio=1000)
    with pytest.raises(SecondReference):
        unit("J", "reference")
    with pytest.raises(NoReference):
        guarded.delete(UNITS, [kwh.pk], by=manager)
    with pytest.raises(InvalidValues):
        unit("Zero", "bigger", ratio=0)
    assert made.units.count() == 2


def test_a_unit_that_is_used_keeps_its_size(manager: Actor):
    dozen = make_units()["Dozen"]
    guarded.change(UNITS, dozen.pk, {"ratio": 13}, by=manager)
    make_product(manager, unit=dozen.pk)
    with pytest.raises(UnitInUse):
        guarded.change(UNITS, dozen.pk, {"ratio": 12}, by=manager)
    guarded.change(UNITS, dozen.pk, {"name": "Baker's dozen"}, by=manager)
    dozen.refresh_from_db()
    assert (dozen.name, dozen.ratio) == ("Baker's dozen", 13)


def test_a_category_with_units_stays(manager: Actor):
    make_units()
    weight = UnitCategory.objects.get(name="Weight")
    with pytest.raises(InUse):
        guarded.delete(UNIT_CATEGORIES, [weight.pk], by=manager)


def test_an_empty_packet_is_none(manager: Actor):
    product = make_product(manager)
    with pytest.raises(InvalidValues):
        guarded.create(
            PACKAGINGS,
            [{"name": "Box", "product": product.pk, "quantity": 0}],
            by=manager,
        )


@dataclass(frozen=True)
class Packet:
    quantity: Decimal


def test_the_largest_packet_that_divides_the_quantity_is_suggested():
    six, twelve, twenty = (Packet(Decimal(n)) for n in (6, 12, 20))
    packets = (six, twelve, twenty)
    assert packing.suggested(Decimal(24), packets) == twelve
    assert packing.suggested(Decimal(18), packets) == six
    assert packing.suggested(Decimal(60), packets) == twenty
    assert packing.suggested(Decimal(7), packets) is None
    assert packing.quantity_of(Decimal(3), twelve) == 36
    assert not packing.fills(Decimal(13), twelve)
