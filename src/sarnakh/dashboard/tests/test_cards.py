"""What a team's card counts, and that a click opens exactly that."""

import datetime as dt

import pytest
from django.test import Client
from django.utils import timezone

from sarnakh.accounts.actor import Actor
from sarnakh.accounts.roles import Role
from sarnakh.crm.models import Lead
from sarnakh.crm.tests.factories import make_lead, make_team, salesperson
from sarnakh.dashboard.queries import Card, Figure, dashboard
from sarnakh.dashboard.shown import page
from sarnakh.sales.tests.factories import line, make_order, make_product
from sarnakh.teams.models import Team

pytestmark = pytest.mark.django_db


def card_of(team: Team, by: Actor) -> Card:
    (found,) = [card for card in dashboard(by).cards if card.team.pk == team.pk]
    return found


def test_open_opportunities_are_counted_and_added_up(by: Actor, team: Team) -> None:
    make_lead(by, team=team.pk, expected_revenue=1_000)
    make_lead(by, team=team.pk, expected_revenue=500)
    won = make_lead(by, team=team.pk, expected_revenue=70)
    Lead.objects.filter(pk=won.pk).update(probability=100)
    lost = make_lead(by, team=team.pk, expected_revenue=9)
    Lead.objects.filter(pk=lost.pk).update(active=False, probability=0)

    assert card_of(team, by).open == Figure(2, 1_500)


def test_a_stage_that_is_won_does_not_hide_a_smaller_probability(
    by: Actor, team: Team
) -> None:
    lead = make_lead(by, team=team.pk, expected_revenue=1_000)
    Lead.objects.filter(pk=lead.pk).update(is_won=True, probability=40)

    assert card_of(team, by).open == Figure(1, 1_000)


def test_overdue_means_that_its_day_of_closing_has_passed(
    by: Actor, team: Team
) -> None:
    today = by.company.profile().today()
    for days in (-1, 0, 1):
        day = today + dt.timedelta(days=days)
        make_lead(by, team=team.pk, expected_revenue=100, expected_closing=day)

    assert card_of(team, by).overdue == Figure(1, 100)


def test_leads_without_a_salesperson_wait_for_one(by: Actor, team: Team) -> None:
    waiting = make_lead(by, team=team.pk, kind="lead")
    make_lead(by, team=team.pk, kind="lead")
    Lead.objects.filter(pk=waiting.pk).update(salesperson=None)

    assert card_of(team, by).unassigned == Figure(1, 0)


def test_quotations_add_up_with_tax(by: Actor, team: Team) -> None:
    product = make_product(by, 1_000)
    make_order(by, line(product, 2), team=team.pk)
    make_order(by, line(product), team=team.pk)

    assert card_of(team, by).quotations == Figure(2, 3_000)


def test_new_opportunities_fall_into_their_weeks(by: Actor, team: Team) -> None:
    fresh, old = (make_lead(by, team=team.pk) for _ in range(2))
    Lead.objects.filter(pk=old.pk).update(
        created_at=timezone.now() - dt.timedelta(days=60)
    )

    bars = card_of(team, by).bars

    assert fresh.pk
    assert sum(bars) == 1
    assert bars[-1] == 1


def test_every_figure_opens_exactly_what_it_counts(
    by: Actor, team: Team, browser: Client
) -> None:
    today = by.company.profile().today()
    late = today - dt.timedelta(days=3)
    make_lead(by, team=team.pk, expected_revenue=100, expected_closing=late)
    make_lead(by, team=team.pk, expected_revenue=200)
    lead = make_lead(by, team=team.pk, kind="lead")
    Lead.objects.filter(pk=lead.pk).update(salesperson=None)
    other = make_team(by.user, company=by.company)
    make_lead(by, team=other.pk, expected_revenue=300)
    make_order(by, line(make_product(by, 1_000)), team=team.pk)
    found = dashboard(by)
    (shown,) = [
        one for one in page(found, by, "week")["cards"] if one.card.team.pk == team.pk
    ]

    counts = [browser.get(one.url).context["count"].value for one in shown.lines]

    assert counts == [1, 2, 1, 1]
    assert browser.get(shown.bars[-1].url).context["count"].value == 2


def test_a_salesperson_sees_figures_of_own_records_and_no_targets(
    by: Actor, team: Team
) -> None:
    seller = salesperson()
    make_lead(by, team=team.pk, expected_revenue=100)
    make_lead(by, team=team.pk, expected_revenue=7, salesperson=seller.user_id)

    card = card_of(team, seller)

    assert card.open == Figure(1, 7)
    assert card.invoiced is None
    assert not seller.has(Role.SALES_MANAGER)


def test_the_page_takes_as_many_statements_for_twelve_teams_as_for_one(
    by: Actor, team: Team, browser: Client, django_assert_max_num_queries
) -> None:
    for _ in range(11):
        make_lead(by, team=make_team(by.user, company=by.company).pk)
    browser.get("/dashboard/")

    with django_assert_max_num_queries(15):
        browser.get("/dashboard/")


def test_a_target_is_typed_on_the_card(by: Actor, team: Team, browser: Client) -> None:
    browser.post(f"/dashboard/{team.pk}/target", {"target": "۱۰۰٬۰۰۰٬۰۰۰"})

    team.refresh_from_db()
    assert team.invoicing_target == 100_000_000


@pytest.mark.parametrize("typed", ["much", "-5"])
def test_nonsense_is_no_target(team: Team, browser: Client, typed: str) -> None:
    answer = browser.post(
        f"/dashboard/{team.pk}/target", {"target": typed}, follow=True
    )

    team.refresh_from_db()
    assert team.invoicing_target == 0
    assert 'class="toast' in answer.content.decode()


def test_a_salesperson_sets_no_target(team: Team) -> None:
    client = Client()
    client.force_login(salesperson().user, backend="sarnakh.accounts.backend.ByEmail")

    answer = client.post(f"/dashboard/{team.pk}/target", {"target": "5"})

    team.refresh_from_db()
    assert answer.status_code == 403
    assert team.invoicing_target == 0


def test_a_star_puts_a_team_first(by: Actor, team: Team, browser: Client) -> None:
    make_team(by.user, company=by.company, sequence=1)

    browser.post(f"/dashboard/{team.pk}/star")

    first = dashboard(by).cards[0]
    assert first.team.pk == team.pk
    assert first.is_favourite
