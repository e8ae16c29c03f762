"""Text comparison inside the database, the same on SQLite and PostgreSQL.

The rules for letters live in `sarnakh.lib.text`. SQLite calls that Python code
directly; PostgreSQL has SQL functions of the same names and meaning.
"""

import json
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from django.db import connections, router
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created
from django.db.models import BooleanField, Func, Model, TextField
from django.db.models.expressions import Value
from django.db.models.sql.compiler import SQLCompiler

from sarnakh.lib import text

MANY = "\ue000"
"""Stands for a run of any characters inside a pattern."""
ONE = "\ue001"
"""Stands for one character inside a pattern."""


class Letters(Func):
    """Text in letter form (level 1): what equality compares."""

    function = "sarnakh_letters"
    arity = 1
    output_field = TextField()


class Searchable(Func):
    """Text in search form (level 2): what `contains` looks through."""

    function = "sarnakh_search"
    arity = 1
    output_field = TextField()


class Compact(Func):
    """Text in compact form (level 3): spaces inside Arabic script dropped."""

    function = "sarnakh_compact"
    arity = 1
    output_field = TextField()


class SortKey(Func):
    """A key that sorts text the way its readers expect."""

    function = "sarnakh_sort"
    arity = 1
    output_field = TextField()


class FitsPattern(Func):
    """Whether a whole text fits a pattern of literals, MANY and ONE.

    SQLite's LIKE ignores the case of Latin letters, so GLOB stands in for it.
    """

    arity = 1
    output_field = BooleanField()

    def __init__(self, expression: Any, pattern: str) -> None:
        super().__init__(expression)
        self.pattern = pattern

    def as_sqlite(
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **_: Any
    ) -> tuple[str, tuple[Any, ...]]:
        """GLOB with its own signs put in brackets."""
        return self._infix(compiler, "GLOB", glob_pattern(self.pattern))

    def as_postgresql(
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **_: Any
    ) -> tuple[str, tuple[Any, ...]]:
        """LIKE with its own signs escaped."""
        return self._infix(compiler, "LIKE", like_pattern(self.pattern))

    def _infix(
        self, compiler: SQLCompiler, operator: str, pattern: str
    ) -> tuple[str, tuple[Any, ...]]:
        left, left_params = compiler.compile(self.source_expressions[0])
        right, right_params = compiler.compile(Value(pattern, TextField()))
        return f"({left} {operator} {right})", (*left_params, *right_params)


class HasText(Func):
    """Whether a search column holds a needle, found through its trigram index.

    Takes the primary key and the column. PostgreSQL's index serves LIKE; on
    SQLite the trigram table (`search_index`) knows the rows, from three letters on.
    """

    arity = 2
    output_field = BooleanField()

    def __init__(self, key: Any, column: Any, needle: str, index: str) -> None:
        super().__init__(key, column)
        self.needle = needle
        self.index = index

    def as_sql(  # type: ignore[override]
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **_: Any
    ) -> tuple[str, tuple[Any, ...]]:
        """LIKE with its own signs escaped."""
        column, parameters = compiler.compile(self.source_expressions[1])
        pattern = like_pattern(f"{MANY}{self.needle}{MANY}")
        return f"({column} LIKE %s ESCAPE '\\')", (*parameters, pattern)

    def as_sqlite(
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **more: Any
    ) -> tuple[str, tuple[Any, ...]]:
        """The trigram table's rows, where there is one and it can help."""
        if not self.index or len(self.needle) < TRIGRAM:
            return self.as_sql(compiler, connection, **more)
        key, parameters = compiler.compile(self.source_expressions[0])
        phrase = '"' + self.needle.replace('"', '""') + '"'
        return (
            f"({key} IN (SELECT rowid FROM {self.index} WHERE {self.index} MATCH %s))",
            (*parameters, phrase),
        )


class Among(Func):
    """Whether a number is one of many: `filter(Among("pk", keys))`.

    The many travel as one value. Each as a parameter of its own, as `pk__in` has it,
    thousands of them take longer to send than their rows take to find.
    """

    arity = 1
    output_field = BooleanField()

    def __init__(self, expression: Any, numbers: Iterable[int]) -> None:
        super().__init__(expression)
        self.numbers = list(numbers)

    def as_sqlite(
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **_: Any
    ) -> tuple[str, tuple[Any, ...]]:
        """The values of a JSON list."""
        column, parameters = compiler.compile(self.source_expressions[0])
        among = f"({column} IN (SELECT value FROM json_each(%s)))"
        return among, (*parameters, json.dumps(self.numbers))

    def as_postgresql(
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **_: Any
    ) -> tuple[str, tuple[Any, ...]]:
        """An array."""
        column, parameters = compiler.compile(self.source_expressions[0])
        return f"({column} = ANY(%s::bigint[]))", (*parameters, self.numbers)


TRIGRAM = 3


def update_each(records: Sequence[Model], columns: Iterable[str]) -> None:
    """Write columns of many records, each with its own values.

    What `bulk_update` does, without its CASE for every value of every column, which
    takes ten times as long to put together.
    """
    if not records:
        return
    meta = type(records[0])._meta
    connection = connections[router.db_for_write(type(records[0]))]
    fields: list[Any] = [meta.get_field(name) for name in sorted(columns)]
    quote = connection.ops.quote_name
    key: Any = meta.pk
    placed = ", ".join(f"{quote(field.column)} = %s" for field in fields)
    rows = [
        [
            field.get_db_prep_save(getattr(record, field.attname), connection)
            for field in (*fields, key)
        ]
        for record in records
    ]
    with connection.cursor() as cursor:
        cursor.executemany(
            f"UPDATE {quote(meta.db_table)} SET {placed} WHERE {quote(key.column)} = %s",
            rows,
        )


def like_pattern(pattern: str) -> str:
    """The LIKE form of a pattern."""
    escaped = pattern.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    return escaped.replace(MANY, "%").replace(ONE, "_")


def glob_pattern(pattern: str) -> str:
    """The GLOB form of a pattern."""
    escaped = "".join(f"[{sign}]" if sign in "*?[" else sign for sign in pattern)
    return escaped.replace(MANY, "*").replace(ONE, "?")


def register() -> None:
    """Give every SQLite connection, present and future, the text functions."""
    connection_created.connect(_add_functions, dispatch_uid="sarnakh_text_functions")


def _add_functions(
    sender: object, connection: BaseDatabaseWrapper, **_: object
) -> None:
    if connection.vendor != "sqlite":
        return
    for name, function in (
        ("sarnakh_letters", text.letters),
        ("sarnakh_search", text.searchable),
        ("sarnakh_compact", text.compact),
        ("sarnakh_sort", text.sort_key),
    ):
        connection.connection.create_function(
            name, 1, _null_safe(function), deterministic=True
        )


def _null_safe(function: Callable[[str], str]) -> Callable[[Any], str | None]:
    def call(value: Any) -> str | None:
        return None if value is None else function(str(value))

    return call
