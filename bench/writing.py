"""Writing prepared rows as fast as each database takes them."""

import itertools
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from typing import Any

from django.db import connection, connections, models

Values = tuple[Any, ...]


def prepared(record: models.Model, *, with_key: bool = True) -> Values:
    """The record's columns as the database driver takes them."""
    return tuple(
        prepare(getattr(record, name), here)
        for name, prepare, here in _preparing(type(record), with_key)
    )


def columns(model: type[models.Model], *, with_key: bool = True) -> list[Any]:
    """The fields that have a column, in the order of `prepared`."""
    return [f for f in model._meta.concrete_fields if with_key or not f.primary_key]


@cache
def _preparing(
    model: type[models.Model], with_key: bool
) -> list[tuple[str, Callable[..., Any], Any]]:
    # The connection itself: its proxy looks it up anew for every value.
    here = connections["default"]
    return [
        (field.attname, field.get_db_prep_save, here)
        for field in columns(model, with_key=with_key)
    ]


def put(
    model: type[models.Model], rows: Sequence[Values], *, with_key: bool = True
) -> None:
    """Append prepared rows; triggers fire as they do for any other writer."""
    if not rows:
        return
    quote = connection.ops.quote_name
    names = ", ".join(quote(f.column) for f in columns(model, with_key=with_key))
    table = quote(model._meta.db_table)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY {table} ({names}) FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)
            return
        signs = ", ".join(["%s"] * len(rows[0]))
        cursor.executemany(f"INSERT INTO {table} ({names}) VALUES ({signs})", rows)


def continue_numbering(*models_: type[models.Model]) -> None:
    """After rows with given keys: let the database go on behind the highest."""
    if connection.vendor != "postgresql":
        return
    with connection.cursor() as cursor:
        for model in models_:
            table = connection.ops.quote_name(model._meta.db_table)
            cursor.execute(
                f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), "
                f"(SELECT MAX(id) FROM {table}))"
            )


@contextmanager
def indexes_at_the_end(*models_: type[models.Model]) -> Iterator[None]:
    """On PostgreSQL: build plain indexes once, after all rows are there."""
    if connection.vendor != "postgresql":
        yield
        return
    tables = [model._meta.db_table for model in models_]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT i.indexname, i.indexdef FROM pg_indexes i "
            "JOIN pg_class c ON c.relname = i.indexname "
            "JOIN pg_index x ON x.indexrelid = c.oid "
            "WHERE i.tablename = ANY(%s) AND NOT x.indisunique",
            [tables],
        )
        found = cursor.fetchall()
        for name, _definition in found:
            cursor.execute(f'DROP INDEX "{name}"')
        yield
        started = time.monotonic()
        # What links say is checked at the end; no index may be built before.
        connection.check_constraints()
        # One build may use as much memory as a person who loads a million gives it.
        cursor.execute("SET LOCAL maintenance_work_mem = '512MB'")
        for _name, definition in found:
            cursor.execute(definition)
    print(f"indexes: {time.monotonic() - started:.1f} s", flush=True)


def batches(rows: Iterator[Any], size: int) -> Iterator[list[Any]]:
    """Lists of so many rows, the last one shorter."""
    while batch := list(itertools.islice(rows, size)):
        yield batch
