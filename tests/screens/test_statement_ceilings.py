"""Pages ask the database no more often when there is more to show."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from sarnakh.crm.leads import actions as leads
from sarnakh.sources.models import Tag
from tests.people import World

CEILINGS = {
    "/pipeline/?view=board": 15,
    "/pipeline/?view=board&f=mine": 15,
    "/pipeline/?view=list": 8,
    "/pipeline/?view=list&o=-expected_revenue": 8,
    # Few customers: walking them finds no whole page, so all rows are sorted.
    "/pipeline/?view=list&o=customer": 8,
    "/pipeline/?view=list&q=text:deal": 8,
    # Tags, which are shown here, take one more.
    "/contacts/?view=list": 8,
}


def statements(browser, path: str) -> int:
    """How many statements a page needs once everything is warm."""
    browser.get(path)
    with CaptureQueriesContext(connection) as seen:
        assert browser.get(path).status_code == 200
    return len(seen)


def fill(world: World, number: int) -> None:
    tag = Tag.objects.get(name="Hot")
    leads.create(
        [
            {"name": f"Deal {n}", "kind": "opportunity", "tags": [tag.pk],
             "customer": world.samples["contacts"].pk}
            for n in range(number)
        ],
        by=world.actor("manager"),
    )  # fmt: skip


@pytest.mark.parametrize("path", CEILINGS)
def test_a_page_stays_under_its_ceiling_whatever_the_amount_of_data(
    world: World, path: str
):
    browser = world.client("manager")
    fill(world, 2)
    few = statements(browser, path)
    fill(world, 60)
    many = statements(browser, path)

    assert few == many
    assert many <= CEILINGS[path]


def test_the_form_stays_under_its_ceiling(world: World):
    from sarnakh.crm.types import LEADS
    from sarnakh.discussion import actions as discussion

    browser = world.client("manager")
    lead = world.leads["mine"]
    path = f"/pipeline/{lead.pk}?list=view%3Dlist"
    few = statements(browser, path)
    for number in range(20):
        discussion.post(
            lead, LEADS, "note", f"<p>Note {number}</p>", by=world.actor("own")
        )
    many = statements(browser, path)

    assert many <= 20
    assert few <= 20
