"""Winning, losing, restoring; specification crm 2.5, 2.6 and 1.6."""

import pytest

from sarnakh.crm.leads import actions as leads
from sarnakh.crm.leads.errors import AlreadyClosed, NotLost, NoWonStage
from sarnakh.crm.models import LostReason, Stage
from sarnakh.crm.tests.factories import (
    make_lead,
    make_stages,
    make_team,
    salesperson,
)
from sarnakh.records.models import Change

pytestmark = pytest.mark.django_db


def test_winning_moves_to_the_won_stage_with_probability_100():
    stages = make_stages()
    by = salesperson()
    lead = make_lead(by)

    won = leads.mark_won(lead, by=by)

    assert won.stage == stages[-1]
    assert (won.probability, won.automated_probability) == (100, 100)
    assert won.is_won
    assert won.date_closed is not None


def test_winning_takes_the_next_won_stage_of_the_own_team():
    make_stages()
    by = salesperson()
    team = make_team(by.user)
    other = make_team()
    Stage.objects.create(name="Theirs", sequence=10, is_won=True, team=other)
    own = Stage.objects.create(name="Ours", sequence=20, is_won=True, team=team)
    lead = make_lead(by, team=team.pk)

    assert leads.mark_won(lead, by=by).stage == own


def test_a_won_lead_cannot_be_won_again():
    make_stages()
    by = salesperson()
    lead = leads.mark_won(make_lead(by), by=by)
    version = lead.version

    with pytest.raises(AlreadyClosed):
        leads.mark_won(lead, by=by)

    lead.refresh_from_db()
    assert lead.version == version


def test_winning_without_a_won_stage_is_refused():
    Stage.objects.create(name="New", sequence=1)
    by = salesperson()

    with pytest.raises(NoWonStage):
        leads.mark_won(make_lead(by), by=by)


def test_losing_archives_and_keeps_reason_and_note_in_one_entry():
    make_stages()
    by = salesperson()
    reason = LostReason.objects.create(name="Too dear")
    lead = make_lead(by)

    lost = leads.mark_lost(
        lead, reason=reason.pk, note="<p>No budget<script>x</script></p>", by=by
    )

    assert lost.is_lost
    assert lost.lost_reason == reason
    assert lost.date_closed is not None
    entry = Change.objects.get(record_id=lost.pk, event="lost")
    assert entry.note == "<p>No budget</p>"
    assert entry.values["lost_reason"][1]["name"] == "Too dear"


def test_restoring_clears_reason_and_closing_date():
    make_stages()
    by = salesperson()
    reason = LostReason.objects.create(name="Too dear")
    lost = leads.mark_lost(make_lead(by), reason=reason.pk, by=by)

    restored = leads.restore(lost, by=by)

    assert restored.active
    assert restored.lost_reason is None
    assert restored.date_closed is None


def test_only_lost_leads_can_be_restored():
    make_stages()
    by = salesperson()

    with pytest.raises(NotLost):
        leads.restore(make_lead(by), by=by)


def test_archiving_means_losing():
    make_stages()
    by = salesperson()

    lead = leads.change(make_lead(by, probability=40), {"active": False}, by=by)

    assert lead.is_lost
    assert lead.probability == 0


def test_moving_out_of_the_won_stage_reopens():
    stages = make_stages()
    by = salesperson()
    lead = leads.mark_won(make_lead(by), by=by)

    lead = leads.move(lead, stage=stages[1].pk, by=by)

    assert lead.probability < 100
    assert lead.date_closed is None
    assert not lead.is_won


def test_moving_between_two_won_stages_keeps_the_closing_date():
    make_stages()
    second = Stage.objects.create(name="Delivered", sequence=80, is_won=True)
    by = salesperson()
    lead = leads.mark_won(make_lead(by), by=by)
    closed = lead.date_closed

    lead = leads.move(lead, stage=second.pk, by=by)

    assert lead.date_closed == closed


def test_rewriting_the_same_stage_is_no_move():
    stages = make_stages()
    by = salesperson()
    lead = make_lead(by)
    before = lead.date_last_stage_update

    lead = leads.move(lead, stage=stages[0].pk, by=by)

    assert lead.date_last_stage_update == before
    assert not Change.objects.filter(record_id=lead.pk, event="stage").exists()
