"""Team, stage, company and assignment dates; specification crm 1.3, 1.6, 1.9."""

import pytest

from sarnakh.accounts.tests.factories import make_company, make_user
from sarnakh.crm.leads import actions as leads
from sarnakh.crm.leads.errors import OtherCompany, StageGone, WrongStage
from sarnakh.crm.models import Lead, Stage
from sarnakh.crm.tests.factories import (
    make_contact,
    make_lead,
    make_stages,
    make_team,
    manager,
    salesperson,
)

pytestmark = pytest.mark.django_db


def test_a_new_lead_goes_to_the_salespersons_team_and_first_open_stage():
    stages = make_stages()
    by = salesperson()
    make_team(sequence=1)
    own = make_team(by.user, sequence=5)

    lead = make_lead(by)

    assert lead.salesperson == by.user
    assert lead.team == own
    assert lead.stage == stages[0]
    assert lead.date_open is not None


def test_a_folded_stage_is_never_the_first():
    Stage.objects.create(name="Parked", sequence=0, is_folded=True)
    stages = make_stages()

    assert make_lead(salesperson()).stage == stages[0]


def test_changing_the_salesperson_keeps_a_team_that_is_theirs_too():
    make_stages()
    by = manager()
    other = make_user()
    team = make_team(by.user, other)
    lead = make_lead(by, team=team.pk)

    lead = leads.change(lead, {"salesperson": other.pk}, by=by)

    assert lead.team == team


def test_changing_the_salesperson_moves_to_their_team():
    make_stages()
    by = manager()
    other = make_user()
    make_team(by.user)
    theirs = make_team(other)
    lead = make_lead(by)

    lead = leads.change(lead, {"salesperson": other.pk}, by=by)

    assert lead.team == theirs


def test_a_new_team_without_the_stage_moves_the_lead_to_its_first_stage():
    make_stages()
    by = manager()
    first = make_team(by.user)
    second = make_team()
    special = Stage.objects.create(name="Only ours", sequence=2, team=first)
    lead = make_lead(by, team=first.pk, stage=special.pk)

    lead = leads.change(lead, {"team": second.pk}, by=by)

    assert lead.stage.name == "New"


def test_a_won_lead_stays_won_in_its_new_team():
    make_stages()
    by = manager()
    first = make_team(by.user)
    second = make_team()
    Stage.objects.filter(is_won=True).update(team=first)
    theirs = Stage.objects.create(name="Won too", sequence=71, is_won=True, team=second)
    lead = leads.mark_won(make_lead(by, team=first.pk), by=by)

    lead = leads.change(lead, {"team": second.pk}, by=by)

    assert lead.stage == theirs
    assert lead.is_won


def test_a_stage_of_another_team_is_refused():
    make_stages()
    by = manager()
    team, other = make_team(by.user), make_team()
    theirs = Stage.objects.create(name="Theirs", sequence=2, team=other)
    lead = make_lead(by, team=team.pk)

    with pytest.raises(WrongStage):
        leads.move(lead, stage=theirs.pk, by=by)

    lead.refresh_from_db()
    assert lead.stage.name == "New"


def test_a_stage_that_was_deleted_meanwhile_is_refused_in_plain_words():
    stages = make_stages()
    by = manager()
    lead = make_lead(by)
    gone = stages[1].pk
    stages[1].delete()

    with pytest.raises(StageGone):
        leads.move(lead, stage=gone, by=by)


def test_the_assignment_date_follows_the_salesperson():
    make_stages()
    by = manager()
    lead = make_lead(by)

    lead = leads.change(lead, {"salesperson": None}, by=by)
    assert lead.date_open is None

    lead = leads.change(lead, {"salesperson": by.user_id}, by=by)
    assert lead.date_open is not None


def test_a_bulk_change_refreshes_only_leads_whose_salesperson_really_changes():
    make_stages()
    by = manager()
    mine, free = make_lead(by), make_lead(by, salesperson=None)
    before = mine.date_open

    leads.change_many([mine, free], {"salesperson": by.user_id}, by=by)

    assert Lead.objects.get(pk=mine.pk).date_open == before
    assert Lead.objects.get(pk=free.pk).date_open is not None


def test_a_lead_takes_the_company_of_its_team():
    make_stages()
    by = manager()
    company = make_company()
    team = make_team(company=company)

    assert make_lead(by, team=team.pk).company == company


def test_a_customer_of_another_company_is_refused():
    make_stages()
    by = manager()
    elsewhere = make_company()
    customer = make_contact(by, company=elsewhere.pk)

    with pytest.raises(OtherCompany):
        make_lead(by, customer=customer.pk)


def test_creating_many_leads_takes_no_more_statements_than_creating_two():
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    make_stages()
    by = manager()
    make_team(by.user)

    def statements(number: int) -> int:
        with CaptureQueriesContext(connection) as seen:
            leads.create([{"name": f"Deal {n}"} for n in range(number)], by=by)
        return len(seen)

    statements(1)
    assert statements(2) == statements(10)
