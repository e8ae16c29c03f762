"""Kept counts and sums are exact whatever happens to the leads."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sarnakh.crm.leads import actions as leads
from sarnakh.crm.models import Lead, LeadTally
from sarnakh.crm.stages import actions as stages
from sarnakh.crm.tally.actions import fold
from sarnakh.crm.tally.queries import differences
from sarnakh.crm.tests.factories import make_lead, make_stages, make_team, manager
from sarnakh.records import actions as plain

pytestmark = pytest.mark.django_db

STEPS = st.lists(
    st.tuples(
        st.sampled_from(
            [
                "make",
                "move",
                "win",
                "lose",
                "restore",
                "price",
                "delete",
                "fold",
                "bulk",
            ]
        ),
        st.integers(0, 50),
    ),
    min_size=5,
    max_size=25,
)


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(steps=STEPS)
def test_after_any_history_the_tally_equals_the_records(steps, transactional_tally):
    by, columns = transactional_tally
    for step, number in steps:
        found = list(Lead.objects.order_by("pk"))
        lead = found[number % len(found)] if found else None
        if step == "make" or lead is None:
            make_lead(by, expected_revenue=number * 1_000)
        elif step == "move" and lead.active:
            leads.move(lead, stage=columns[number % len(columns)].pk, by=by)
        elif step == "win" and not (lead.active and lead.is_won):
            leads.mark_won(lead, by=by)
        elif step == "lose" and not lead.is_lost:
            leads.mark_lost(lead, by=by)
        elif step == "restore" and lead.is_lost:
            leads.restore(lead, by=by)
        elif step == "price":
            leads.change(lead, {"expected_revenue": number}, by=by)
        elif step == "delete":
            plain.delete([lead], by=by)
        elif step == "fold":
            fold()
        elif step == "bulk":
            Lead.objects.filter(pk__lte=lead.pk).update(expected_revenue=number)

        assert differences() == []


@pytest.fixture
def transactional_tally():
    columns = make_stages()
    by = manager()
    make_team(by.user)
    return by, columns


def test_folding_leaves_one_row_for_each_combination():
    make_stages()
    by = manager()
    for _number in range(10):
        make_lead(by, expected_revenue=5)
    fold()

    assert LeadTally.objects.count() == 1
    row = LeadTally.objects.get()
    assert (row.records, row.expected_revenue) == (10, 50)


def test_amounts_add_up_exactly_at_ten_to_the_eighteen():
    make_stages()
    by = manager()
    make_lead(by, expected_revenue=10**18)
    make_lead(by, expected_revenue=1)

    fold()

    assert LeadTally.objects.get().expected_revenue == 10**18 + 1


def test_a_stage_that_becomes_won_takes_its_cards_along():
    columns = make_stages()
    by = manager()
    make_lead(by)

    stages.change(columns[0], {"is_won": True}, by=by)

    assert Lead.objects.get().is_won
    assert differences() == []
