"""The people of a team on its form, with what each was given in thirty days."""

import datetime as dt

import pytest
from django.utils import timezone

from sarnakh.crm.members import member_cards
from sarnakh.crm.models import Lead
from sarnakh.crm.tests.factories import (
    make_lead,
    make_team,
    manager,
    salesperson,
)

pytestmark = pytest.mark.django_db


def test_a_card_counts_the_leads_of_thirty_days_archived_ones_too() -> None:
    by, seller = manager(), salesperson()
    team = make_team(seller.user)
    fresh, old, archived = (
        make_lead(by, team=team.pk, salesperson=seller.user_id) for _ in range(3)
    )
    Lead.objects.filter(pk=old.pk).update(
        date_open=timezone.now() - dt.timedelta(days=31)
    )
    Lead.objects.filter(pk=archived.pk).update(active=False)

    (card,) = member_cards(team, by)

    assert fresh.date_open is not None
    assert card.assigned == 2
    assert card.member.capacity == 30
    assert card.is_measured
    assert not card.is_over
