"""What is said after a win; specification crm, 2.5."""

import datetime as dt

import pytest
from django.utils import timezone

from sarnakh.crm.leads import actions as leads
from sarnakh.crm.leads.celebration import celebration
from sarnakh.crm.models import Lead
from sarnakh.crm.tests.factories import (
    make_lead,
    make_stages,
    make_team,
    salesperson,
)

pytestmark = pytest.mark.django_db


class LongYear:
    """A calendar whose year began long ago, whatever the day of the test."""

    def start_of(self, *_day: object) -> dt.date:
        return dt.date(2000, 1, 1)


@pytest.fixture
def by(monkeypatch):
    monkeypatch.setattr(
        "sarnakh.crm.leads.celebration.calendar", lambda _name: LongYear()
    )
    make_stages()
    person = salesperson()
    make_team(person.user)
    return person


def win(by, amount: int, days_ago: int = 0) -> Lead:
    won = leads.mark_won(make_lead(by, expected_revenue=amount), by=by)
    if days_ago:
        closed = timezone.now() - dt.timedelta(days=days_ago)
        Lead.objects.filter(pk=won.pk).update(date_closed=closed)
    return won


def reason(lead: Lead, by) -> str:
    found = celebration(lead, by=by)
    return found.reason if found else ""


def test_the_first_deal_of_the_year_is_welcomed(by):
    assert reason(win(by, 0), by) == "first-deal"


def test_the_best_deal_of_the_team_in_30_days_is_praised(by):
    win(by, 100)

    assert reason(win(by, 200), by) == "team-30"


def test_a_deal_of_the_week_may_be_smaller_than_one_of_the_month(by):
    win(by, 900, days_ago=20)
    win(by, 100)

    assert reason(win(by, 200), by) == "team-7"


def test_a_personal_record_is_praised_when_the_team_has_done_better(by):
    colleague = salesperson()
    team = Lead.objects.get(pk=win(by, 100).pk).team
    team.members.create(user=colleague.user)
    leads.mark_won(
        make_lead(colleague, expected_revenue=9_000, team=team.pk), by=colleague
    )

    assert reason(win(by, 200), by) == "own-30"


def test_an_ordinary_deal_passes_without_words(by):
    win(by, 900)

    assert reason(win(by, 200), by) == ""
