"""SQLite knows how its tables are filled, so that lists stay quick."""

import pytest
from django.db import connection

from sarnakh.administration import statistics
from sarnakh.crm.tests.factories import make_contact, manager

pytestmark = pytest.mark.django_db


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL does it itself")
def test_tables_are_looked_at_again() -> None:
    make_contact(manager())

    statistics.gather()

    with connection.cursor() as cursor:
        cursor.execute("SELECT DISTINCT tbl FROM sqlite_stat1")
        looked_at = {name for (name,) in cursor.fetchall()}
    assert "contacts_contact" in looked_at


def test_looking_again_harms_nobody() -> None:
    statistics.refresh()

    statistics.refresh()
