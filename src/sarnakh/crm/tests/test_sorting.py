"""The order of lists; specification platform 5 and 10.7."""

import pytest

from sarnakh.config.screens import SCREENS
from sarnakh.crm.models import Lead
from sarnakh.crm.tests.factories import (
    make_contact,
    make_lead,
    make_stages,
    manager,
)
from sarnakh.screens.look import Look
from sarnakh.screens.pages import sorting
from sarnakh.screens.state import SearchState

pytestmark = pytest.mark.django_db

PIPELINE = next(screen for screen in SCREENS if screen.slug == "pipeline")


@pytest.fixture
def by():
    make_stages()
    return manager()


def look(by, order: str) -> Look:
    return Look(PIPELINE, SearchState(view="list", order=order), by)


def names(by, order: str, first: int = 0, size: int = 80) -> list[str]:
    keys = sorting.page_keys(look(by, order), Lead.objects.all(), first, size)
    found = Lead.objects.in_bulk(keys)
    return [found[key].name for key in keys]


def test_sorting_by_customer_puts_leads_without_one_last(by):
    make_lead(by, name="none")
    make_lead(by, name="b", customer=make_contact(by, name="Bahar").pk)
    make_lead(by, name="a", customer=make_contact(by, name="آبان").pk)

    assert names(by, "customer") == ["a", "b", "none"]


def test_sorting_downwards_puts_leads_without_a_customer_first(by):
    make_lead(by, name="none")
    make_lead(by, name="b", customer=make_contact(by, name="Bahar").pk)
    make_lead(by, name="a", customer=make_contact(by, name="Aban").pk)

    assert names(by, "-customer") == ["none", "b", "a"]


def test_ties_follow_the_usual_order(by):
    for name, priority in (("low", 0), ("high", 3), ("middle", 1)):
        make_lead(by, name=name, expected_revenue=500, priority=priority)

    assert names(by, "expected_revenue") == ["high", "middle", "low"]


@pytest.mark.parametrize("order", ["customer", "-customer"])
def test_every_page_is_a_part_of_the_whole_order(by, order):
    # More customers than are walked for a page, so that both ways are taken.
    for number in range(30):
        pk = make_contact(by, name=f"Customer {number % 20:02}").pk
        make_lead(by, name=f"{number}", customer=pk if number % 3 else None)
    whole = [lead.name for lead in sorting.ordered(look(by, order), Lead.objects.all())]

    pages = [names(by, order, first, 4) for first in range(0, 30, 4)]

    assert [name for page in pages for name in page] == whole
