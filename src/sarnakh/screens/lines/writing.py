"""Adding, changing, removing and ordering lines, as their record's form asks."""

from collections.abc import Collection
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import connection
from django.http import Http404, QueryDict

from sarnakh.accounts.actor import Actor
from sarnakh.records import guarded
from sarnakh.records.errors import InvalidValues
from sarnakh.records.whole import whole
from sarnakh.screens import typed
from sarnakh.screens.lines.table import SEQUENCE, Table
from sarnakh.screens.screen import Add

STEP = 10


@whole
def add(table: Table, name: str, given: QueryDict, *, by: Actor) -> Any:
    """A new line at the end, begun in one of the ways that the table offers."""
    begun = next((one for one in table.adds if one.name == name), None)
    if begun is None:
        raise PermissionDenied
    values = {
        **table.lines.where,
        **begun.values,
        **_said(table, begun, _read(table, given, by)),
        table.lines.parent: table.record.pk,
    }
    known = table.lines.type.fields
    values = {
        name: value
        for name, value in values.items()
        if name in known and value not in (None, [])
    }
    if SEQUENCE in known:
        values[SEQUENCE] = _last(table) + STEP
    return guarded.create(table.lines.type, [typed.made(values, by=by)], by=by)[0]


@whole
def change(
    table: Table,
    pk: int,
    given: QueryDict,
    *,
    known: Collection[int] = (),
    by: Actor,
) -> Any:
    """Write the cells that were sent; Conflict and InvalidValues change nothing.

    `known` are lines that have just been seen in the table.
    """
    if pk not in known:
        _mine(table, pk)
    if not table.may_edit:
        raise PermissionDenied
    seen = given.get("version", "")
    return guarded.change(
        table.lines.type,
        pk,
        typed.made(_read(table, given, by), by=by),
        seen=int(seen) if seen.isdigit() else None,
        by=by,
    )


@whole
def remove(table: Table, pk: int, *, by: Actor) -> None:
    """Delete a line."""
    line = _mine(table, pk)
    if not table.may_edit or not table.lines.may_remove(line, by):
        raise PermissionDenied
    guarded.delete(table.lines.type, [pk], by=by)


@whole
def reorder(table: Table, keys: list[int], *, by: Actor) -> None:
    """Put the lines in the order of the keys; those not named follow."""
    if not table.may_order:
        raise PermissionDenied
    found = {line.pk: line for line in table.found()}
    wanted = [found[key] for key in dict.fromkeys(keys) if key in found]
    wanted += [line for pk, line in found.items() if pk not in set(keys)]
    moved = []
    for place, line in enumerate(wanted, 1):
        if line.sequence != place * STEP:
            line.sequence = place * STEP
            moved.append(line)
    table.lines.type.model._default_manager.bulk_update(moved, [SEQUENCE])


def quoted(name: Any) -> str:
    """A name of the database's own."""
    return connection.ops.quote_name(name)


def state(table: Table) -> dict[int, tuple[Any, ...]]:
    """Every line as it is stored, to see afterwards which ones have changed.

    The rows are compared and thrown away, so their values stay as the database
    gives them.
    """
    meta = table.lines.type.model._meta
    place = [one.column for one in meta.concrete_fields].index(meta.pk.column)
    columns = ", ".join(quoted(one.column) for one in meta.concrete_fields)
    wanted = {**table.lines.where, table.column: table.record.pk}
    tests, values = [], []
    for name, value in wanted.items():
        field: Any = meta.get_field(name)
        tests.append(f"{quoted(field.column)} = %s")
        values.append(field.get_db_prep_value(value, connection))
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {columns} FROM {quoted(meta.db_table)} "
            f"WHERE {' AND '.join(tests)} ORDER BY {quoted(meta.pk.column)}",
            values,
        )
        return {row[place]: tuple(row) for row in cursor.fetchall()}


def _mine(table: Table, pk: int) -> Any:
    line = table.plain().filter(pk=pk).first()
    if line is None:
        raise Http404
    return line


def _read(table: Table, given: QueryDict, actor: Actor) -> dict[str, Any]:
    values: dict[str, Any] = {}
    errors: dict[str, str] = {}
    for field in table.columns:
        if not field.editable:
            continue
        try:
            value = typed.read(field, field.name, given, actor, table.currency)
        except ValueError as error:
            errors[field.name] = str(error)
            continue
        if value is not typed.MISSING:
            values[field.name] = value
    if errors:
        raise InvalidValues(errors)
    return values


def _said(table: Table, begun: Add, values: dict[str, Any]) -> dict[str, Any]:
    """The cells in which something else stands than in the blank row.

    All cells of a new row are sent; those that nobody touched are left to the
    writer, who may know better than the columns' defaults.
    """
    blank = table.blank(begun).line
    fields = table.lines.type.fields
    return {
        name: value
        for name, value in values.items()
        if fields[name].kind.is_link or value != getattr(blank, fields[name].column)
    }


def _last(table: Table) -> int:
    last = table.plain().order_by(f"-{SEQUENCE}").values_list(SEQUENCE, flat=True)
    return int(last.first() or 0)
