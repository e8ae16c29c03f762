"""Keeping the tally small."""

from django.db import connection, transaction

from sarnakh.crm.models import LeadTally
from sarnakh.crm.tally.triggers import INTO, KEYS, SUMS

FOLDED = (
    f"SELECT {', '.join(KEYS)}, SUM(records), "
    f"{', '.join(f'SUM({name})' for name in SUMS)} FROM %s "
    f"GROUP BY {', '.join(KEYS)} "
    f"HAVING SUM(records) <> 0 OR {' OR '.join(f'SUM({n}) <> 0' for n in SUMS)}"
)


@transaction.atomic
def fold() -> None:
    """Put the rows of one combination together.

    On PostgreSQL rows are taken out and put back in one statement: whatever
    others append meanwhile is either in its snapshot or left alone. SQLite has
    one writer at a time, so two statements do.
    """
    newest = LeadTally.objects.order_by("-pk").values_list("pk", flat=True).first()
    if newest is None:
        return
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            # Two folds at once would take turns on the same rows.
            cursor.execute("SELECT pg_advisory_xact_lock(5311)")
            cursor.execute(
                "WITH gone AS (DELETE FROM crm_leadtally WHERE id <= %s RETURNING *) "
                f"{INTO} {FOLDED % 'gone'}",
                [newest],
            )
        else:
            part = "(SELECT * FROM crm_leadtally WHERE id <= %s)"
            cursor.execute(f"{INTO} {FOLDED % part}", [newest])
            cursor.execute("DELETE FROM crm_leadtally WHERE id <= %s", [newest])
