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
from sarnakh.screens.selection import Count
from sarnakh.screens.state import SearchState, Typed

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


@pytest.mark.parametrize(
    "order", ["", "name", "-customer", "customer", "-expected_revenue", "stage"]
)
def test_counting_and_sorting_at_once_gives_the_same_page(by, order, settings):
    buyer = make_contact(by, name="Bahar").pk
    for number in range(7):
        make_lead(
            by,
            name=f"Deal {number}",
            priority=number % 2,
            customer=buyer if number % 3 else None,
            expected_revenue=number % 4 * 100,
        )
    make_lead(by, name="Other")
    typed = Typed("text", "deal")
    seen = Look(PIPELINE, SearchState(view="list", order=order, typed=(typed,)), by)
    rows = seen.selection.rows

    count, keys = sorting.counted_keys(seen, 2, 3)
    assert count == Count(7)
    assert keys == sorting.page_keys(seen, rows, 2, 3)
    assert sorting.counted_keys(seen, 40, 3) == (Count(7), [])

    settings.COUNT_LIMIT = 6
    assert sorting.counted_keys(seen, 0, 3) == (Count(6, is_more=True), None)
    walked = seen.selection.walked
    assert sorting.page_keys(seen, walked, 0, 3) == sorting.page_keys(seen, rows, 0, 3)
