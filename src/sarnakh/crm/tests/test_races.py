"""Two people at the same card in the same moment, on two connections."""

import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection

from sarnakh.crm.leads import actions as leads
from sarnakh.crm.leads.errors import AlreadyClosed
from sarnakh.crm.models import Lead
from sarnakh.crm.tally.queries import differences
from sarnakh.crm.tests.factories import make_lead, make_stages, manager
from sarnakh.records.models import Change

pytestmark = pytest.mark.django_db(transaction=True)


def together(*acts: Callable[[], Any]) -> list[Any]:
    """Run all at once; what each gave or raised."""
    start = threading.Barrier(len(acts))
    results: list[Any] = [None] * len(acts)

    def run(place: int, act: Callable[[], Any]) -> None:
        start.wait()
        try:
            results[place] = act()
        except Exception as error:
            results[place] = error
        finally:
            connection.close()

    threads = [
        threading.Thread(target=run, args=(place, act))
        for place, act in enumerate(acts)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


def test_two_people_win_the_same_lead_once():
    make_stages()
    first, second = manager(), manager()
    lead = make_lead(first, expected_revenue=10)

    results = together(
        lambda: leads.mark_won(Lead.objects.get(pk=lead.pk), by=first),
        lambda: leads.mark_won(Lead.objects.get(pk=lead.pk), by=second),
    )

    (refused,) = [r for r in results if isinstance(r, Exception)]
    assert isinstance(refused, AlreadyClosed)
    assert Change.objects.filter(record_id=lead.pk, event="won").count() == 1
    assert Lead.objects.get(pk=lead.pk).is_won
    assert differences() == []


def test_two_people_move_the_same_card_and_one_place_remains():
    stages = make_stages()
    first, second = manager(), manager()
    lead = make_lead(first)

    together(
        lambda: leads.move(lead, stage=stages[1].pk, by=first),
        lambda: leads.move(lead, stage=stages[2].pk, by=second),
    )

    assert Lead.objects.get(pk=lead.pk).stage in stages[1:3]
    versions = list(
        Change.objects.filter(record_id=lead.pk).values_list("version", flat=True)
    )
    assert len(versions) == len(set(versions))
    assert differences() == []


def test_many_writers_leave_the_tally_exact():
    stages = make_stages()
    people = [manager() for _number in range(4)]
    found = [make_lead(people[0], expected_revenue=n) for n in range(8)]

    def churn(number: int) -> None:
        for lead in found[number::4]:
            leads.move(lead, stage=stages[number % 3].pk, by=people[number])
            leads.change(lead, {"expected_revenue": 7}, by=people[number])

    results = together(*[lambda number=n: churn(number) for n in range(4)])

    assert [r for r in results if isinstance(r, Exception)] == []
    assert differences() == []
