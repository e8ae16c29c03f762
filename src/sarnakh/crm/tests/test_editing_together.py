"""Two people at the same record: different fields merge, equal ones clash."""

import pytest

from sarnakh.crm.leads import actions as leads
from sarnakh.crm.models import Lead
from sarnakh.crm.tests.factories import make_lead, make_stages, manager
from sarnakh.records.errors import Conflict
from sarnakh.records.models import Change

pytestmark = pytest.mark.django_db


@pytest.fixture
def two():
    make_stages()
    first, second = manager(), manager()
    return first, second, make_lead(first, expected_revenue=100, phone="021 1111 1111")


def test_edits_of_different_fields_merge(two):
    first, second, lead = two
    seen = lead.version

    leads.change(lead, {"expected_revenue": 200}, seen=seen, by=first)
    merged = leads.change(lead, {"priority": 3}, seen=seen, by=second)

    assert (merged.expected_revenue, merged.priority) == (200, 3)


def test_edits_of_the_same_field_are_refused_with_both_values(two):
    first, second, lead = two
    seen = lead.version
    leads.change(lead, {"expected_revenue": 200}, seen=seen, by=first)

    with pytest.raises(Conflict) as refusal:
        leads.change(lead, {"expected_revenue": 300}, seen=seen, by=second)

    (clash,) = refusal.value.clashes
    assert (clash.field, clash.yours, clash.theirs) == ("expected_revenue", 300, 200)
    assert refusal.value.who == first.user.name
    assert Lead.objects.get(pk=lead.pk).expected_revenue == 200


def test_a_form_that_only_repeats_what_it_saw_does_not_undo_the_others_edit(two):
    first, second, lead = two
    seen = lead.version
    leads.change(lead, {"expected_revenue": 200}, seen=seen, by=first)

    merged = leads.change(
        lead, {"expected_revenue": 100, "priority": 1}, seen=seen, by=second
    )

    assert (merged.expected_revenue, merged.priority) == (200, 1)


def test_both_typing_the_same_value_is_no_conflict(two):
    first, second, lead = two
    seen = lead.version
    leads.change(lead, {"expected_revenue": 200}, seen=seen, by=first)

    assert leads.change(lead, {"expected_revenue": 200}, seen=seen, by=second)


def test_saving_without_a_change_writes_nothing(two):
    first, _second, lead = two
    before = Change.objects.count()

    same = leads.change(lead, {"expected_revenue": 100}, seen=lead.version, by=first)

    assert same.version == lead.version
    assert Change.objects.count() == before
