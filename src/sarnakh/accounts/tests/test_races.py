"""Two at the same moment: one wins."""

from collections.abc import Callable
from threading import Barrier, Thread
from typing import Any

import pytest
from django.db import connection, connections

from sarnakh.accounts import actions, audit, links
from sarnakh.accounts.actor import actor_for
from sarnakh.accounts.errors import LastManager, LinkSpent
from sarnakh.accounts.links import Purpose
from sarnakh.accounts.models import AuditEntry, UsedCode, User
from sarnakh.accounts.roles import Role
from sarnakh.accounts.tests.factories import make_company, make_user

pytestmark = pytest.mark.django_db(transaction=True)


def together(*calls: Callable[[], Any]) -> list[Any]:
    """Run the calls at once, each on its own connection; results or errors."""
    barrier, results = Barrier(len(calls)), [None] * len(calls)

    def run(place: int, call: Callable[[], Any]) -> None:
        barrier.wait()
        try:
            results[place] = call()
        except Exception as error:
            results[place] = error  # type: ignore[call-overload]
        finally:
            connections.close_all()

    threads = [Thread(target=run, args=pair) for pair in enumerate(calls)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


@pytest.fixture(autouse=True)
def _own_connections() -> None:
    if connection.vendor == "sqlite" and connection.is_in_memory_db():  # type: ignore[attr-defined]
        pytest.skip("threads need a database of their own: set SARNAKH_TEST_SQLITE")


def test_a_link_lets_one_of_two_in() -> None:
    user = make_user(company=make_company())
    token = links.issue(user, Purpose.RESET)
    passwords = ("Lantern 9 gravel oboe", "Copper 5 meadow flute")
    results = together(
        *(lambda new=new: actions.reset_password(token, new) for new in passwords)
    )
    refused = [one for one in results if isinstance(one, LinkSpent)]
    assert len(refused) == 1
    user.refresh_from_db()
    winner = passwords[1 - results.index(refused[0])]
    assert user.check_password(winner)


def test_a_code_lets_one_of_two_in() -> None:
    user = make_user(company=make_company())
    results = together(*[lambda: UsedCode.take(user.pk, "123456")] * 2)
    assert sorted(results) == [False, True]


def test_two_managers_cannot_demote_each_other() -> None:
    company = make_company()
    first, second = (make_user(Role.ADMINISTRATOR, company=company) for _ in range(2))
    one, other = actor_for(first), actor_for(second)
    results = together(
        lambda: actions.change_roles(second, [], by=one),
        lambda: actions.change_roles(first, [], by=other),
    )
    assert sum(isinstance(result, LastManager) for result in results) == 1
    left = [user for user in User.objects.all() if Role.ADMINISTRATOR in user.roles]
    assert len(left) == 1


def test_entries_of_one_company_form_one_chain() -> None:
    user = make_user(company=make_company())
    calls = [lambda: audit.record("export", by=user, rows=1)] * 4
    results = together(*calls)
    assert not [one for one in results if isinstance(one, Exception)]
    numbers = AuditEntry.objects.order_by("number").values_list("number", flat=True)
    assert list(numbers) == [1, 2, 3, 4]
    assert list(audit.broken()) == []
