"""Database triggers that keep the tally exact whoever writes the leads.

PostgreSQL adds up a whole statement at once; SQLite works row by row. Both
only append, so two people never wait for each other here.
"""

KEYS = ("kind", "active", "is_won", "stage_id", "team_id", "salesperson_id",
        "company_id")  # fmt: skip
SUMS = ("expected_revenue", "recurring_revenue_monthly")
WATCHED = (*KEYS, *SUMS)
INTO = f"INSERT INTO crm_leadtally ({', '.join((*KEYS, 'records', *SUMS))})"


def sqlite() -> list[str]:
    """Statements that create the triggers on SQLite."""

    def row(which: str, sign: str) -> str:
        keys = ", ".join(f"{which}.{key}" for key in KEYS)
        sums = ", ".join(f"{sign}{which}.{name}" for name in SUMS)
        return f"{INTO} VALUES ({keys}, {sign}1, {sums});"

    changed = " OR ".join(f"OLD.{name} IS NOT NEW.{name}" for name in WATCHED)
    return [
        "CREATE TRIGGER lead_tally_insert AFTER INSERT ON crm_lead BEGIN "
        f"{row('NEW', '')} END",
        "CREATE TRIGGER lead_tally_delete AFTER DELETE ON crm_lead BEGIN "
        f"{row('OLD', '-')} END",
        f"CREATE TRIGGER lead_tally_update AFTER UPDATE OF {', '.join(WATCHED)} "
        f"ON crm_lead WHEN {changed} BEGIN {row('OLD', '-')} {row('NEW', '')} END",
    ]


def postgresql() -> list[str]:
    """Statements that create the triggers on PostgreSQL."""

    def rows(table: str, sign: str) -> str:
        keys = ", ".join(KEYS)
        sums = ", ".join(f"{sign}{name} AS {name}" for name in SUMS)
        return f"SELECT {keys}, {sign}1 AS records, {sums} FROM {table}"

    def function(name: str, source: str) -> str:
        keys = ", ".join(KEYS)
        totals = ", ".join(f"SUM({n}) AS {n}" for n in ("records", *SUMS))
        nothing = " AND ".join(f"SUM({n}) = 0" for n in ("records", *SUMS))
        return (
            f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
            f"{INTO} SELECT {keys}, {totals} FROM ({source}) AS moved "
            f"GROUP BY {keys} HAVING NOT ({nothing}); RETURN NULL; END $$"
        )

    both = f"{rows('old_rows', '-')} UNION ALL {rows('new_rows', '')}"
    return [
        function("lead_tally_insert", rows("new_rows", "")),
        function("lead_tally_delete", rows("old_rows", "-")),
        function("lead_tally_update", both),
        "CREATE TRIGGER lead_tally_insert AFTER INSERT ON crm_lead "
        "REFERENCING NEW TABLE AS new_rows "
        "FOR EACH STATEMENT EXECUTE FUNCTION lead_tally_insert()",
        "CREATE TRIGGER lead_tally_delete AFTER DELETE ON crm_lead "
        "REFERENCING OLD TABLE AS old_rows "
        "FOR EACH STATEMENT EXECUTE FUNCTION lead_tally_delete()",
        "CREATE TRIGGER lead_tally_update AFTER UPDATE ON crm_lead "
        "REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows "
        "FOR EACH STATEMENT EXECUTE FUNCTION lead_tally_update()",
    ]


def statements(vendor: str) -> list[str]:
    """The statements for a database: "sqlite" or "postgresql"."""
    return sqlite() if vendor == "sqlite" else postgresql()
