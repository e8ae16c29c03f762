"""Plain writes that need no rule of their own, and what all writes share.

Values are keyed by field name: links as ids or None, many links as lists of
ids, amounts in whole smallest units, instants as aware datetimes.
"""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.db import IntegrityError, models
from django.db.models import F
from django.db.models.deletion import ProtectedError
from django.utils import timezone
from django.utils.translation import gettext as _

from sarnakh.accounts import audit
from sarnakh.accounts.actor import Actor
from sarnakh.records import changes
from sarnakh.records.database import Among, update_each
from sarnakh.records.errors import InUse, InvalidValues
from sarnakh.records.events import records_deleted
from sarnakh.records.kinds import Kind
from sarnakh.records.models import Change, ExternalId
from sarnakh.records.types import by_model
from sarnakh.records.types.record_type import RecordType, Values, Writers
from sarnakh.records.whole import whole

Derive = Callable[[Any, set[str]], None]


def plain_writers(model: type[models.Model], derive: Derive | None = None) -> Writers:
    """Writers for a type without rules of its own.

    `derive(record, changed)` fills computed columns before each save.
    """

    def create_records(values: Sequence[Values], *, by: Actor) -> list[Any]:
        return [_create(model, one, derive, by=by) for one in values]

    def change_record(
        record: Any, values: Values, *, seen: int | None = None, by: Actor
    ) -> Any:
        return write(record, values, seen=seen, derive=derive, by=by)

    return Writers(create=create_records, change=change_record, delete=delete)


@whole
def _create(
    model: type[models.Model], values: Values, derive: Derive | None, *, by: Actor
) -> Any:
    record_type = by_model(model)
    record = model(**column_values(record_type, values))
    stamp(record, by=by)
    if derive:
        derive(record, set(values))
    _checked(record, record_type)
    try:
        record.save(force_insert=True)
    except IntegrityError as error:
        raise InvalidValues({record_type.title: _taken()}) from error
    write_links(record, record_type, values)
    changes.log(record, record_type, by=by, event="created")
    return record


@whole
def write(
    record: Any,
    values: Values,
    *,
    by: Actor,
    seen: int | None = None,
    derive: Derive | None = None,
    event: str = "edited",
    note: str = "",
    derived: Iterable[str] = (),
    reads: Iterable[str] = (),
    is_locked: bool = False,
) -> Any:
    """Write what really changed, guarded by the version, and log it.

    Edits of other fields since the `seen` version merge; the same field raises
    Conflict. `derived` names columns that `derive` may have filled besides,
    `reads` links that it looks at. `is_locked` says that the caller has just got
    the record from `locked`.
    """
    record_type = by_model(type(record))
    if not is_locked:
        record = locked(record, *reads, *_links_of(record_type, values))
    changed, history = _differences(record, record_type, values, seen)
    if not changed and not note and event == "edited":
        return record
    columns = _set(record, record_type, changed, derive) | set(derived)
    try:
        save_guarded(record, columns, by=by)
    except IntegrityError as error:
        raise InvalidValues({record_type.title: _taken()}) from error
    write_links(record, record_type, {n: values[n] for n in changed})
    changes.log(record, record_type, by=by, event=event, values=history, note=note)
    return record


@whole
def write_many(
    edits: Sequence[tuple[Any, Values]], *, by: Actor, derive: Derive | None = None
) -> list[tuple[Any, set[str]]]:
    """`write` for many records of one type with a fixed number of statements.

    A record may be edited several times, in the order given. Returns the records that
    were written as they are now, each with the names of what was changed. Links to
    many are not for here.
    """
    if not edits:
        return []
    model = type(edits[0][0])
    record_type = by_model(model)
    # Always in one order, so that two who write the same records wait, not block.
    keys = {record.pk for record, _values in edits}
    rows = model._default_manager.select_for_update().filter(Among("pk", keys))
    found = {record.pk: record for record in rows.order_by("pk")}
    if keys - found.keys():
        raise ObjectDoesNotExist
    edited: dict[int, set[str]] = {}
    columns = {"version", "updated_at", "updated_by"}
    log = []
    for asked, values in edits:
        record = found[asked.pk]
        changed, history = _differences(record, record_type, values, None)
        if not changed:
            continue
        columns |= _set(record, record_type, changed, derive)
        record.updated_at, record.updated_by = timezone.now(), by.user
        record.version += 1
        edited.setdefault(record.pk, set()).update(changed)
        log.append(
            changes.entry(record, record_type, by=by, event="edited", values=history)
        )
    written = [found[pk] for pk in edited]
    try:
        update_each(written, columns)
    except IntegrityError as error:
        raise InvalidValues({record_type.title: _taken()}) from error
    changes.log_many(log)
    return [(record, edited[record.pk]) for record in written]


@whole
def delete(records: Sequence[Any], *, by: Actor) -> None:
    """Delete records of one type; InUse when others depend on one of them."""
    if not records:
        return
    record_type = by_model(type(records[0]))
    records = list({record.pk: record for record in records}.values())
    titles = {record.pk: str(record) for record in records}
    for record in records:
        try:
            record.delete()
        except ProtectedError as error:
            raise InUse(titles[record.pk], len(error.protected_objects)) from error
    for record, pk in zip(records, titles, strict=True):
        record.pk = pk
    name, keys = record_type.name, list(titles)
    ExternalId.objects.filter(record_type=name, record_id__in=keys).delete()
    changes.log_many(
        [
            changes.entry(
                record, record_type, by=by, event="deleted", note=titles[record.pk]
            )
            for record in records
        ]
    )
    audit.record_each(
        audit.Event.DELETE,
        [(title, {"type": name, "id": pk}) for pk, title in titles.items()],
        by=by,
    )
    records_deleted.send(record_type.model, record_type_name=name, record_ids=keys)


def delete_many(records: Sequence[Any], *, by: Actor) -> int:
    """Delete records through the door of their type; how many there were."""
    if records:
        by_model(type(records[0])).writers.delete(records, by=by)
    return len(records)


# --- what rooms with rules of their own use as well ------------------------------


def locked(record: Any, *links: str) -> Any:
    """The record as stored now, locked where the database can.

    `links` are wanted in the same statement.
    """
    rows = type(record)._default_manager.select_for_update(of=("self",))
    if links:
        rows = rows.select_related(*links)
    # An order would only cost: there is one such row.
    return rows.order_by().get(pk=record.pk)


def save_guarded(record: Any, columns: Iterable[str], *, by: Actor) -> None:
    """Write the columns if the version is still ours, and raise the version."""
    record.updated_at, record.updated_by = timezone.now(), by.user
    names = {*columns, "updated_at", "updated_by"} - {"version"}
    updated = (
        type(record)
        ._default_manager.filter(pk=record.pk, version=record.version)
        .update(
            **{name: getattr(record, name) for name in names},
            version=F("version") + 1,
        )
    )
    if not updated:
        raise InvalidValues({"": _("The record was changed or deleted meanwhile.")})
    record.version += 1


def stamp(record: Any, *, by: Actor) -> None:
    """Say who makes the record, and when."""
    record.created_by = record.updated_by = by.user
    record.updated_at = timezone.now()


def resolved(record_type: RecordType, values: Values, *, present: Any = None) -> Values:
    """Values as the model holds them: ids of links become records.

    Ids have been checked for visibility where they came in (`records.values`).
    What the `present` record links to already is not read again.
    """
    found: Values = {}
    for name, value in values.items():
        field = record_type.fields[name]
        source: Any = record_type.model._meta.get_field(field.column)
        if field.kind == Kind.LINK and isinstance(value, int):
            related = source.related_model
            stays = present is not None and getattr(present, source.attname) == value
            found[name] = (
                getattr(present, field.column)
                if stays
                else related._default_manager.order_by().get(pk=value)
            )
        elif field.kind == Kind.LINKS:
            related = source.related_model
            keys = [item if isinstance(item, int) else item.pk for item in value or []]
            found[name] = list(
                related._default_manager.filter(pk__in=keys).order_by("pk")
            )
        elif value is None and not source.null:
            if field.kind == Kind.LINK:
                raise InvalidValues({name: _("This field is required.")})
            found[name] = _empty(source)
        else:
            found[name] = value
    return found


def column_values(record_type: RecordType, values: Values) -> Values:
    """Keyword arguments for a new model instance; many links are left out."""
    return {
        record_type.fields[name].column: value
        for name, value in resolved(record_type, values).items()
        if record_type.fields[name].kind != Kind.LINKS
    }


def current_value(record: Any, record_type: RecordType, name: str) -> Any:
    """The stored value; many links as a list in order of their ids."""
    field = record_type.fields[name]
    value = getattr(record, field.column)
    if field.kind == Kind.LINKS:
        return sorted(value.all(), key=lambda linked: linked.pk)
    return value


def write_links(record: Any, record_type: RecordType, values: Values) -> None:
    """Set the many links that were given."""
    for name, value in values.items():
        if record_type.fields[name].kind == Kind.LINKS:
            getattr(record, record_type.fields[name].column).set(value or [])


def history(record: Any, record_type: RecordType) -> "models.QuerySet[Change]":
    """The changes of a record, newest first."""
    return Change.objects.filter(
        record_type=record_type.name, record_id=record.pk
    ).order_by("-id")


def _empty(source: Any) -> Any:
    """What "not set" means in a column that holds no NULL."""
    return source.get_default() if source.has_default() else ""


def _differences(
    record: Any, record_type: RecordType, values: Values, seen: int | None
) -> tuple[Values, dict[str, Any]]:
    """What is to be written, as the model holds it, and as the history tells it."""
    wanted = resolved(record_type, values, present=record)
    current = {name: current_value(record, record_type, name) for name in wanted}
    changed = changes.merged(record, record_type, wanted, current, seen)
    history = {
        name: [
            changes.plain(record_type.fields[name], current[name]),
            changes.plain(record_type.fields[name], value),
        ]
        for name, value in changed.items()
    }
    return changed, history


def _set(
    record: Any, record_type: RecordType, changed: Values, derive: Derive | None
) -> set[str]:
    """Put values into the record, with all that follows; which columns were touched."""
    columns = set()
    for name, value in changed.items():
        if record_type.fields[name].kind != Kind.LINKS:
            setattr(record, record_type.fields[name].column, value)
            columns.add(record_type.fields[name].column)
    before = {f.attname: getattr(record, f.attname) for f in type(record)._meta.fields}
    if derive:
        derive(record, set(changed))
    columns |= {
        f.name
        for f in type(record)._meta.fields
        if getattr(record, f.attname) != before[f.attname]
    }
    _checked(record, record_type, only=columns, found=_links_of(record_type, changed))
    return columns


def _links_of(record_type: RecordType, values: Values) -> list[str]:
    """Columns of the links to one record among the values."""
    fields = (record_type.fields[name] for name in values)
    return [field.column for field in fields if field.kind == Kind.LINK]


def _checked(
    record: Any,
    record_type: RecordType,
    only: set[str] | None = None,
    found: Iterable[str] = (),
) -> None:
    """Run the model's own checks and word the outcome by field.

    Links that were `found` a moment ago are not looked up again.
    """
    names = {source.name for source in type(record)._meta.fields}
    skip = names - only if only is not None else set()
    skip |= {"created_by", "updated_by", *found}
    try:
        record.full_clean(exclude=skip, validate_constraints=only is None)
    except ValidationError as error:
        raise InvalidValues(
            {name: " ".join(texts) for name, texts in error.message_dict.items()}
        ) from error


def _taken() -> str:
    return _("There is one with this name already.")
