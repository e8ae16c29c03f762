"""Price lists and rules as people make them."""

import datetime as dt

import pytest

from sarnakh.accounts.actor import Actor
from sarnakh.accounts.roles import Role
from sarnakh.accounts.tests.factories import make_actor, make_company
from sarnakh.catalog.errors import OfOtherCompany
from sarnakh.catalog.tests.factories import make_attribute, make_category, make_product
from sarnakh.pricing.errors import BaseOfOtherCompany, OwnPricelist, PricelistCircle
from sarnakh.pricing.models import Pricelist, PricelistRule
from sarnakh.pricing.seed import seed
from sarnakh.pricing.tests.factories import make_list
from sarnakh.pricing.types import PRICELISTS, RULES
from sarnakh.records import guarded
from sarnakh.records.errors import InUse, InvalidValues

pytestmark = pytest.mark.django_db


@pytest.fixture
def manager() -> Actor:
    return make_actor(Role.SALES_MANAGER)


def add_rule(pricelist: Pricelist, by: Actor, **values: object) -> PricelistRule:
    given = {"pricelist": pricelist.pk, **values}
    return guarded.create(RULES, [given], by=by)[0]


def based_on(base: Pricelist) -> dict[str, object]:
    return {
        "computation": "percent", "base": "pricelist", "base_pricelist": base.pk,
    }  # fmt: skip


def test_what_a_rule_applies_to_follows_from_what_it_names(manager: Actor):
    red = make_attribute("Colour", "Red")[0]
    family = make_product(manager, values=[red.pk])
    on = make_list()

    targets = [
        add_rule(on, manager, product=family.pk).target,
        add_rule(on, manager, product=family.variants.get().pk).target,
        add_rule(on, manager, category=make_category().pk).target,
        add_rule(on, manager).target,
    ]

    assert targets == ["product", "variant", "category", "all"]
    with pytest.raises(InvalidValues):
        add_rule(on, manager, product=family.pk, category=make_category().pk)


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"min_margin": 5, "max_margin": 4}, "max_margin"),
        ({"percent": "100.01"}, "percent"),
        ({"min_quantity": -1}, "min_quantity"),
        ({"rounding_step": -1}, "rounding_step"),
        ({"computation": "percent", "base": "pricelist"}, "base_pricelist"),
        (
            {
                "starts_at": dt.datetime(2026, 3, 21, tzinfo=dt.UTC),
                "ends_at": dt.datetime(2026, 3, 21, tzinfo=dt.UTC),
            },
            "ends_at",
        ),
    ],
)
def test_a_rule_that_makes_no_sense_is_refused(manager: Actor, values, field):
    with pytest.raises(InvalidValues) as refused:
        add_rule(make_list(), manager, **values)
    assert set(refused.value.errors) == {field}
    assert not PricelistRule.objects.exists()


def test_equal_margins_fit(manager: Actor):
    rule = add_rule(make_list(), manager, min_margin=5, max_margin=5)
    assert rule.min_margin == rule.max_margin == 5


def test_a_list_cannot_start_from_itself_not_even_by_way_of_others(manager: Actor):
    one, two, three = make_list(), make_list(), make_list()
    with pytest.raises(OwnPricelist):
        add_rule(one, manager, **based_on(one))
    add_rule(two, manager, **based_on(one))
    rule = add_rule(three, manager, **based_on(two))
    with pytest.raises(PricelistCircle):
        add_rule(one, manager, **based_on(three))
    with pytest.raises(PricelistCircle):
        guarded.change(RULES, rule.pk, {"pricelist": one.pk}, by=manager)
    assert PricelistRule.objects.count() == 2


def test_two_rules_of_one_import_cannot_make_a_circle_either(manager: Actor):
    one, two = make_list(), make_list()
    rules = [
        {"pricelist": one.pk, **based_on(two)},
        {"pricelist": two.pk, **based_on(one)},
    ]
    with pytest.raises(PricelistCircle):
        guarded.create(RULES, rules, by=manager)
    assert not PricelistRule.objects.exists()


def test_a_fixed_price_forgets_the_other_list(manager: Actor):
    one, two = make_list(), make_list()
    rule = add_rule(one, manager, **based_on(two))
    guarded.change(RULES, rule.pk, {"computation": "fixed"}, by=manager)
    rule.refresh_from_db()
    assert rule.base_pricelist is None


def test_a_list_that_others_start_from_cannot_be_deleted(manager: Actor):
    one, two = make_list(), make_list()
    add_rule(two, manager, **based_on(one))
    with pytest.raises(InUse):
        guarded.delete(PRICELISTS, [one.pk], by=manager)
    guarded.delete(PRICELISTS, [two.pk], by=manager)
    guarded.delete(PRICELISTS, [one.pk], by=manager)
    assert not Pricelist.objects.exists()


def test_lists_start_from_lists_of_their_company_and_shared_ones(manager: Actor):
    ours = make_list(company=manager.company)
    shared = make_list()
    theirs = make_list(company=make_company())
    add_rule(ours, manager, **based_on(shared))
    for pricelist, base in ((shared, ours), (ours, theirs)):
        with pytest.raises(BaseOfOtherCompany):
            add_rule(pricelist, manager, **based_on(base))
    with pytest.raises(BaseOfOtherCompany):
        PRICELISTS.writers.change(shared, {"company": theirs.company_id}, by=manager)


def test_products_of_another_company_stay_out(manager: Actor):
    theirs = make_product(manager, company=make_company().pk)
    with pytest.raises(OfOtherCompany):
        add_rule(make_list(company=manager.company), manager, product=theirs.pk)


def test_a_new_default_replaces_the_old_one(manager: Actor):
    seed(manager.company)
    seed(manager.company)
    old = Pricelist.objects.get()
    assert (old.name, old.currency, old.is_company_default) == (
        "لیست قیمت عمومی", "IRR", True,
    )  # fmt: skip

    new = guarded.create(
        PRICELISTS,
        [
            {
                "name": "Retail",
                "company": manager.company.pk,
                "is_company_default": True,
            }
        ],
        by=manager,
    )[0]

    old.refresh_from_db()
    assert (old.is_company_default, new.is_company_default) == (False, True)
    with pytest.raises(InvalidValues):
        guarded.change(PRICELISTS, new.pk, {"company": None}, by=manager)


def test_countries_are_typed_as_names_or_codes(manager: Actor):
    def written(text: str) -> str:
        made = guarded.create(
            PRICELISTS, [{"name": "Gulf", "countries": text}], by=manager
        )
        return made[0].countries

    assert written("امارات متحدهٔ عربی، Qatar, om") == "AE QA OM"
    assert written("sa ae") == "SA AE"
    assert written("") == ""
    with pytest.raises(InvalidValues):
        written("Atlantis")
