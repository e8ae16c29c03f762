"""What the database keeps right by itself is still there after every migration."""

import pytest
from django.db import connection

pytestmark = pytest.mark.django_db


def test_triggers_outlive_migrations_that_build_their_table_anew() -> None:
    catalogue = {
        "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger'",
        "postgresql": "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal",
    }
    with connection.cursor() as cursor:
        cursor.execute(catalogue[connection.vendor])
        names = {name for (name,) in cursor.fetchall()}

    expected = {f"lead_tally_{event}" for event in ("insert", "update", "delete")}
    if connection.vendor == "sqlite":
        expected |= {
            f"{table}_search_{event}"
            for table in ("contacts_contact", "crm_lead")
            for event in ("insert", "update", "delete")
        }
    assert expected <= names
