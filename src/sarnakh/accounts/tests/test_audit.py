"""The log cannot be changed, and a change would be seen."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction

from sarnakh.accounts import actions, audit, audit_triggers
from sarnakh.accounts.models import AuditEntry
from sarnakh.accounts.models.audit import AppendOnly
from sarnakh.accounts.roles import Role
from sarnakh.accounts.tests.factories import make_actor, make_company, make_user

pytestmark = pytest.mark.django_db


def sql(statement: str) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.mark.parametrize(
    "change",
    [
        lambda entry: entry.save(),
        lambda entry: entry.delete(),
        lambda entry: AuditEntry.objects.update(event="nothing"),
        lambda entry: AuditEntry.objects.all().delete(),
    ],
)
def test_code_can_only_add(change: Callable[[AuditEntry], Any]) -> None:
    entry = audit.record("export", by=make_actor(), rows=3)
    with pytest.raises(AppendOnly):
        change(entry)
    assert AuditEntry.objects.get().event == "export"


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE accounts_auditentry SET event = 'nothing'",
        "DELETE FROM accounts_auditentry",
    ],
)
def test_the_database_itself_refuses_changes(statement: str) -> None:
    audit.record("export", by=make_actor(), rows=3)
    with pytest.raises(DatabaseError):
        sql(statement)
    assert AuditEntry.objects.get().event == "export"


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE accounts_auditentry SET subject = 'Another' WHERE number = 2",
        "UPDATE accounts_auditentry SET at = '2020-01-01 00:00:00+00:00' WHERE number = 1",
        """UPDATE accounts_auditentry SET body = '{"rows": 4}' WHERE number = 3""",
        "DELETE FROM accounts_auditentry WHERE number = 2",
        "DELETE FROM accounts_auditentry WHERE number = 1",
    ],
)
def test_tampering_behind_the_triggers_is_found(statement: str) -> None:
    actor = make_actor()
    for rows in range(3):
        audit.record("export", by=actor, subject="سرنخ‌ها", rows=rows)
    assert list(audit.broken()) == []
    call_command("verify_audit")
    audit_triggers.remove(connection)
    sql(statement)
    assert list(audit.broken())
    with pytest.raises(CommandError):
        call_command("verify_audit")


def test_each_company_has_a_chain_of_its_own() -> None:
    one, other = (make_actor(company=make_company()) for _ in range(2))
    entries = [audit.record("export", by=actor) for actor in (one, other, one)]
    assert [entry.number for entry in entries] == [1, 1, 2]
    assert entries[2].previous == entries[0].digest


def test_details_come_back_as_they_were() -> None:
    details = {"rows": 2, "fields": ["name", "نام"], "filter": {"stage": None}}
    audit.record("export", by=make_actor(), subject="Lead\x00s", **details)
    entry = AuditEntry.objects.get()
    assert entry.details == details
    assert entry.subject == "Leads"


def test_an_act_that_is_rolled_back_leaves_no_entry() -> None:
    manager, user = make_actor(Role.ADMINISTRATOR), make_user()
    with transaction.atomic():
        actions.archive_user(user, by=manager)
        transaction.set_rollback(True)
    user.refresh_from_db()
    assert user.is_active
    assert not AuditEntry.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_flush_empties_the_log_and_locks_it_again() -> None:
    audit.record("export", by=make_actor(company=make_company()))
    call_command("flush", interactive=False, verbosity=0)
    assert not AuditEntry.objects.exists()
    audit.record("export", by=make_actor(company=make_company()))
    with pytest.raises(DatabaseError):
        sql("DELETE FROM accounts_auditentry")
