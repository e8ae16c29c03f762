"""Statements of the busiest pages must find their rows in an index."""

import pytest
from django.db import connection

from sarnakh.crm.tests.factories import make_lead, make_stages, manager
from sarnakh.crm.types import LEADS
from sarnakh.records import conditions, rows

pytestmark = pytest.mark.django_db


def plan(condition: list, by, *order: str) -> str:
    """What the database is going to do, in its own words."""
    found = rows.visible(LEADS, by).filter(conditions.compile(condition, LEADS, by))
    return str(found.order_by(*order).values("pk")[:40].explain())


@pytest.fixture
def by():
    make_stages()
    return manager()


@pytest.mark.skipif(
    "connection.vendor != 'sqlite'", reason="PostgreSQL scans small tables"
)
@pytest.mark.parametrize("is_active", [True, False])
def test_a_lane_of_the_board_is_read_from_its_index(by, is_active):
    lead = make_lead(by)
    lane = [
        ["kind", "=", "opportunity"],
        ["active", "=", is_active],
        ["stage", "=", lead.stage_id],
    ]

    found = plan(lane, by, "-priority", "-pk")

    assert "lead_lane (kind=? AND active=? AND stage_id=?)" in found
    assert "TEMP B-TREE" not in found


@pytest.mark.skipif(
    "connection.vendor != 'sqlite'", reason="PostgreSQL scans small tables"
)
@pytest.mark.parametrize("column", ["email_normalized", "phone_e164"])
def test_duplicates_are_looked_up(by, column):
    with connection.cursor() as cursor:
        cursor.execute(
            f"EXPLAIN QUERY PLAN SELECT id FROM crm_lead WHERE {column} = %s",
            ["somebody"],
        )
        steps = " ".join(str(row[-1]) for row in cursor.fetchall())

    assert "SEARCH" in steps
