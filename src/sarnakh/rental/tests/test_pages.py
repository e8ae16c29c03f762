"""Rentals in the browser: form, dialogs, schedule, and the way from an opportunity."""

import datetime as dt
import re

import pytest
from django.test import Client

from sarnakh.accounts.actor import Actor
from sarnakh.activities import seed as activity_seed
from sarnakh.activities.models import Activity
from sarnakh.crm.tests.factories import make_contact, make_lead, make_stages, manager
from sarnakh.delivery import reminders as delivery_reminders
from sarnakh.rental import reminders
from sarnakh.rental.models import RentalOrder
from sarnakh.rental.orders import actions as rentals
from sarnakh.rental.schedule.layout import Bar, rows
from sarnakh.rental.tests.factories import (
    DAY,
    HOUR,
    START,
    fresh,
    lines_of,
    make_rental,
    make_reserved,
    make_tool,
)
from sarnakh.sales.orders import actions as orders
from sarnakh.sales.tests.factories import line, make_order, make_product

pytestmark = pytest.mark.django_db


def browser(by: Actor) -> Client:
    client = Client()
    client.force_login(by.user)
    return client


def text_of(answer) -> str:
    return re.sub(r"\s+", " ", answer.content.decode())


def test_a_rental_is_made_on_its_form_line_by_line():
    by = manager()
    client = browser(by)
    tool = make_tool(by, name="Drill")
    customer = make_contact(by)

    client.post(
        "/rentals/new",
        {
            "customer": customer.pk,
            "starts_at": "2030/05/01 09:00",
            "returns_at": "2030/05/03 09:00",
        },
    )
    rental = RentalOrder.objects.get()
    client.post(
        f"/rentals/{rental.pk}/lines/lines",
        {"add": "product", "product": tool.pk, "quantity": "۲"},
    )

    assert lines_of(rental)[0].quantity == 2
    page = text_of(client.get(f"/rentals/{rental.pk}"))
    for word in ("Drill", "Rental period", "Confirm", "Quotation", "Sales order"):
        assert word in page


def test_pickup_and_return_from_their_dialogs():
    by = manager()
    client = browser(by)
    rental = make_reserved(by, (make_tool(by, 5), 3))
    (rented,) = lines_of(rental)
    assert "at most 3" in text_of(client.get(f"/rentals/{rental.pk}"))

    client.post(
        f"/rentals/{rental.pk}/press/pick-up",
        {f"quantity-{rented.pk}": "۲", "note": "As new", "seen": rental.version},
    )
    assert lines_of(rental)[0].picked_up == 2

    # The same dialog sent again is about what was before.
    again = client.post(
        f"/rentals/{rental.pk}/press/pick-up",
        {f"quantity-{rented.pk}": "1", "seen": rental.version},
    )
    assert again.status_code == 409
    assert lines_of(rental)[0].picked_up == 2

    client.post(
        f"/rentals/{rental.pk}/press/return",
        {f"quantity-{rented.pk}": "2", "seen": fresh(rental).version},
    )
    assert lines_of(rental)[0].returned == 2


def test_the_order_has_the_same_buttons():
    by = manager()
    client = browser(by)
    rental = make_reserved(by, (make_tool(by, 5), 3))

    page = text_of(client.get(f"/orders/{rental.order_id}"))
    assert "Pickup" in page
    client.post(f"/orders/{rental.order_id}/press/rental-pick-up")

    assert fresh(rental).status == "out"


def test_a_shortage_is_said_before_confirming():
    by = manager()
    rental = make_rental(by, (make_tool(by, 1, name="Drill"), 2))
    client = browser(by)

    assert "Only 1 of “Drill” are free" in text_of(client.get(f"/rentals/{rental.pk}"))
    assert client.post(f"/rentals/{rental.pk}/press/confirm").status_code == 409
    client.post(f"/rentals/{rental.pk}/press/allow-shortage")
    client.post(f"/rentals/{rental.pk}/press/confirm")

    assert fresh(rental).status == "reserved"


def test_from_an_opportunity_without_customer_a_dialog_asks():
    by = manager()
    make_stages()
    lead = make_lead(by, company_name="Aria")
    client = browser(by)
    page = text_of(client.get(f"/pipeline/{lead.pk}"))
    assert "Rental customer" in page
    assert "Do not link to a customer" in page

    answer = client.post(f"/pipeline/{lead.pk}/press/rent-asking", {"how": "create"})

    rental = RentalOrder.objects.get()
    assert answer["Location"] == f"/rentals/{rental.pk}"
    assert (rental.customer.name, rental.opportunity) == ("Aria", lead)
    assert "Rentals" in text_of(client.get(f"/pipeline/{lead.pk}"))


def test_not_linking_opens_a_blank_form():
    by = manager()
    make_stages()
    lead = make_lead(by)

    answer = browser(by).post(
        f"/pipeline/{lead.pk}/press/rent-asking", {"how": "nothing"}
    )

    assert answer["Location"].startswith("/rentals/new")
    assert browser(by).get(answer["Location"]).status_code == 200
    assert not RentalOrder.objects.exists()


@pytest.mark.parametrize("span", ["week", "month"])
@pytest.mark.parametrize("language", ["fa", "en"])
def test_the_schedule_shows_bars_and_what_is_free(span: str, language: str):
    by = manager(
        language=language, calendar="jalali" if language == "fa" else "gregorian"
    )
    rental = make_reserved(by, (make_tool(by, 5, name="Drill"), 3))

    page = text_of(
        browser(by).get("/rental/schedule", {"span": span, "day": "2030-05-01"})
    )

    assert "Drill" in page
    assert f'href="/rentals/{rental.pk}"' in page
    assert 'class="rent reserved' in page


def test_the_schedule_filters_what_is_late():
    by = manager()
    tool = make_tool(by, 5, name="Drill")
    past = dt.datetime.now(dt.UTC) - 3 * DAY
    late = make_reserved(by, (tool, 1), starts_at=past)
    rentals.pick_up(late, by=by)
    make_reserved(by, (tool, 1), starts_at=dt.datetime.now(dt.UTC) + HOUR)

    found = browser(by).get("/rental/schedule", {"only": "late"})

    bars = [
        cell.bar.item
        for row in found.context["products"]
        for lane in row.lanes
        for cell in lane
        if cell.bar
    ]
    assert [(bar.rental_id, bar.status) for bar in bars] == [(late.pk, "late")]


def test_bars_share_a_row_where_there_is_room():
    bars = [Bar(0, 2, "a"), Bar(1, 1, "b"), Bar(3, 4, "c")]

    first, second = rows(bars, 6)

    assert [(cell.span, cell.bar and cell.bar.item) for cell in first] == [
        (3, "a"), (2, "c"), (1, None),
    ]  # fmt: skip
    assert sum(cell.span for cell in second) == 6


def test_the_receipt_is_a_pdf():
    by = manager()
    rental = make_reserved(by, (make_tool(by), 1))

    found = browser(by).get(f"/rental/{rental.pk}/receipt")

    assert found.content.startswith(b"%PDF")


def test_reminders_are_planned_once():
    by = manager()
    activity_seed.seed()
    past = dt.datetime.now(dt.UTC) - 3 * DAY
    late = make_reserved(by, (make_tool(by), 1), starts_at=past, days=1)
    rentals.pick_up(late, by=by)
    make_reserved(by, (make_tool(by), 1), starts_at=START)
    today = by.company.profile().today()

    assert reminders.remind(by.company, today) == 1
    assert reminders.remind(by.company, today) == 0

    planned = Activity.objects.get(record_type="rentals")
    assert (planned.record_id, planned.summary) == (late.pk, "The rental is late")
    assert planned.user == by.user


def test_late_deliveries_are_reminded_of_once():
    by = manager()
    activity_seed.seed()
    order = make_order(by, line(make_product(by), 1))
    orders.confirm(order, by=by)
    later = by.company.profile().today() + 2 * DAY

    assert delivery_reminders.remind(by.company, later) == 1
    assert delivery_reminders.remind(by.company, later) == 0
    assert Activity.objects.get(record_type="deliveries").user == by.user


def test_filters_of_the_list_open():
    by = manager()
    make_reserved(by, (make_tool(by), 1), starts_at=dt.datetime.now(dt.UTC) - HOUR)
    client = browser(by)

    found = {
        name: client.get("/rentals/", {"view": "list", "f": name})
        .context["count"]
        .value
        for name in ("late", "pickups", "returns", "reserved")
    }

    assert (found["late"], found["reserved"], found["returns"]) == (1, 1, 0)
