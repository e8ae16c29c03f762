"""User-defined fields: typed values inside one JSON column.

A property holds text, a number, yes or no, an ISO day or instant, a choice or
id, or a list of choices or ids. Absent, null, empty and "no" are all not set.
"""

import json
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import BooleanField, FloatField, Func, TextField
from django.db.models.sql.compiler import SQLCompiler

from sarnakh.records.conditions.predicates import Stored

Sql = tuple[str, tuple[Any, ...]]
DAY_LENGTH = 10


def stored_form(value: Stored) -> str | int | float | bool:
    """How a value stands in JSON."""
    if isinstance(value, datetime):
        return f"{value.astimezone(UTC):%Y-%m-%dT%H:%M:%S}Z"
    if isinstance(value, date):
        return value.isoformat()
    return float(value) if isinstance(value, Decimal) else value


class _Property(Func):
    """A question about one key; the templates stand below per database.

    `{value}` is the JSON value on PostgreSQL; SQLite works with `{column}` and
    `{path}`. Keys have passed `places.PROPERTY_KEY`.
    """

    arity = 1
    on_sqlite = ""
    on_postgresql = ""

    def __init__(self, expression: Any, key: str) -> None:
        super().__init__(expression)
        self.key = key

    def as_sqlite(
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **_: Any
    ) -> Sql:
        """With the functions of SQLite's JSON extension."""
        column, params = compiler.compile(self.source_expressions[0])
        parts = {"column": column, "path": f"'$.\"{self.key}\"'"}
        return _filled(self.on_sqlite, parts, tuple(params))

    def as_postgresql(
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **_: Any
    ) -> Sql:
        """With the operators of jsonb."""
        column, params = compiler.compile(self.source_expressions[0])
        parts = {"value": f"({column} -> '{self.key}')"}
        return _filled(self.on_postgresql, parts, tuple(params))


def _filled(template: str, parts: dict[str, str], params: tuple[Any, ...]) -> Sql:
    # A column has no parameters of its own, an annotation may have some.
    uses = template.count("{column}") + template.count("{value}")
    return f"({template.format(**parts)})", params * uses


class PropertyText(_Property):
    """The text of a property; NULL when it holds anything else."""

    output_field = TextField()
    on_sqlite = (
        "CASE WHEN JSON_TYPE({column}, {path}) = 'text' "
        "THEN JSON_EXTRACT({column}, {path}) END"
    )
    on_postgresql = (
        # Days and instants compare as plain text, whatever the database's language.
        "CASE WHEN JSONB_TYPEOF({value}) = 'string' THEN {value} #>> '{{}}' END "
        'COLLATE "C"'
    )


class PropertyNumber(_Property):
    """The number of a property; NULL when it holds anything else."""

    output_field = FloatField()
    on_sqlite = (
        "CASE WHEN JSON_TYPE({column}, {path}) IN ('integer', 'real') "
        "THEN JSON_EXTRACT({column}, {path}) END"
    )
    on_postgresql = (
        "CASE WHEN JSONB_TYPEOF({value}) = 'number' "
        "THEN ({value} #>> '{{}}')::double precision END"
    )


class PropertyIsSet(_Property):
    """Whether a property has a value; never NULL."""

    output_field = BooleanField()
    on_sqlite = (
        "CASE COALESCE(JSON_TYPE({column}, {path}), 'null') "
        "WHEN 'null' THEN 0 WHEN 'false' THEN 0 "
        "WHEN 'text' THEN JSON_EXTRACT({column}, {path}) <> '' "
        "WHEN 'array' THEN JSON_ARRAY_LENGTH({column}, {path}) > 0 ELSE 1 END"
    )
    on_postgresql = (
        "CASE COALESCE(JSONB_TYPEOF({value}), 'null') "
        "WHEN 'null' THEN FALSE WHEN 'boolean' THEN {value} = 'true'::jsonb "
        "WHEN 'string' THEN {value} <> '\"\"'::jsonb "
        "WHEN 'array' THEN JSONB_ARRAY_LENGTH({value}) > 0 ELSE TRUE END"
    )


class PropertyHolds(_Property):
    """Whether a property is, or its list contains, one of the values; never NULL."""

    output_field = BooleanField()

    def __init__(self, expression: Any, key: str, values: tuple[Stored, ...]) -> None:
        super().__init__(expression, key)
        self.values = [stored_form(value) for value in values]

    def as_sqlite(
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **_: Any
    ) -> Sql:
        """Each member of the list, or the single value, by its own type."""
        column, params = compiler.compile(self.source_expressions[0])
        texts = [value for value in self.values if isinstance(value, str)]
        numbers = [value for value in self.values if _is_number(value)]
        asked = []
        if texts:
            asked.append(f"item.type = 'text' AND item.atom IN ({_marks(texts)})")
        if numbers:
            asked.append(
                f"item.type IN ('integer', 'real') AND item.atom IN ({_marks(numbers)})"
            )
        if True in [value for value in self.values if isinstance(value, bool)]:
            asked.append("item.type = 'true'")
        # Nothing from outside: the column is ours and the key has passed its pattern.
        sql = (
            f"EXISTS (SELECT 1 FROM JSON_EACH({column}, '$.\"{self.key}\"') AS item "
            f"WHERE {' OR '.join(asked) or '0'})"
        )
        return sql, (*params, *texts, *numbers)

    def as_postgresql(
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **_: Any
    ) -> Sql:
        """A list contains its members, a single value contains itself."""
        column, params = compiler.compile(self.source_expressions[0])
        value = f"({column} -> '{self.key}')"
        asked = " OR ".join(f"{value} @> %s::jsonb" for _value in self.values)
        wanted = [json.dumps(value) for value in self.values]
        found = [param for one in wanted for param in (*params, one)]
        return f"COALESCE({asked}, FALSE)", tuple(found)


def _marks(values: list[Any]) -> str:
    return ", ".join(["%s"] * len(values))


def _is_number(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def is_set(value: Any) -> bool:
    """Whether a stored property counts as a value."""
    return value is not None and value is not False and value != "" and value != []


def holds(value: Any, wanted: tuple[Stored, ...]) -> bool:
    """Whether a stored property is, or its list contains, one of the values."""
    members = value if isinstance(value, list) else [value]
    forms = [stored_form(one) for one in wanted]
    return any(
        member == form and isinstance(member, bool) == isinstance(form, bool)
        for member in members
        for form in forms
    )
