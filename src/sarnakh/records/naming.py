"""Records and those they link to, with as much of them as is shown."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection, models

from sarnakh.accounts.actor import Actor
from sarnakh.records.kinds import Kind
from sarnakh.records.types import Field, RecordType, by_name


def name_links(record: Any, fields: Iterable[Field], actor: Actor) -> None:
    """Give a record those that it links to, all in one statement.

    They hold their number and title; the rest is read when somebody asks for it.
    Joining a dozen tables takes a database longer to plan than to do, and most
    links of most records are not set.
    """
    known: dict[tuple[Any, int], Any] = {
        (type(one), one.pk): one for one in (actor.user, actor.company) if one
    }
    set_links = [
        (relation, (relation.related_model, number), by_name(field.target).title)
        for field in fields
        if field.kind == Kind.LINK
        for relation in [record._meta.get_field(field.column)]
        if (number := getattr(record, relation.attname)) is not None
        and not relation.is_cached(record)
    ]
    titles = {key: title for _relation, key, title in set_links if key not in known}
    known |= _named({k: t for k, t in titles.items() if _is_plain(k[0], t)})
    for relation, key, _title in set_links:
        if key in known:
            relation.set_cached_value(record, known[key])


@dataclass(frozen=True)
class Joined:
    """A link that is read along: its relation, and the columns of the linked record."""

    relation: Any
    columns: tuple[str, ...]

    @property
    def paths(self) -> list[str]:
        """The same columns as seen from the record."""
        return [f"{self.relation.name}__{name}" for name in self.columns]


def brief(
    record_type: RecordType,
    keys: Sequence[int],
    fields: Iterable[Field],
    needs: Iterable[str] = (),
) -> dict[int, Any] | None:
    """Records by number, with the fields that are shown and the names of their links.

    One statement for plain rows; a record that many link to is made once. Fields that
    nobody has named are read when somebody asks. None where names are not plain texts
    or fields not plain columns.
    """
    model: Any = record_type.model
    columns = {f.name: f for f in model._meta.concrete_fields}
    shown = [field for field in fields if field.kind != Kind.LINKS]
    owner, _point, currency = record_type.currency.rpartition(".")
    own = {model._meta.pk.name, record_type.title, *(f.column for f in shown), *needs}
    links = {f.column: (by_name(f.target).title,) for f in shown if f.kind == Kind.LINK}
    if owner:
        own.add(owner)
        links[owner] = (*links.get(owner, ()), currency)
    elif currency:
        own.add(currency)
    if not own <= columns.keys() or not _is_plain(model, record_type.title):
        return None
    joined = [_joined(columns[name], titles) for name, titles in links.items()]
    if not all(joined):
        return None
    names = [f.attname for f in model._meta.concrete_fields if f.name in own]
    return _read(model, keys, names, [one for one in joined if one])


def _joined(relation: Any, titles: Iterable[str]) -> Joined | None:
    linked = relation.related_model
    if linked is None or not all(_is_plain(linked, title) for title in titles):
        return None
    wanted = {linked._meta.pk.name, *titles}
    # A model takes its values in the order of its fields.
    columns = (f.attname for f in linked._meta.concrete_fields if f.name in wanted)
    return Joined(relation, tuple(columns))


def _read(
    model: Any, keys: Sequence[int], names: list[str], joined: list[Joined]
) -> dict[int, Any]:
    paths = [path for one in joined for path in one.paths]
    rows = model._default_manager.filter(pk__in=keys).order_by()
    found: dict[int, Any] = {}
    known: dict[tuple[Any, int], Any] = {}
    for row in rows.values_list(*names, *paths):
        record = model.from_db(connection.alias, names, row[: len(names)])
        place = len(names)
        for one in joined:
            values = row[place : place + len(one.columns)]
            place += len(one.columns)
            number = getattr(record, one.relation.attname)
            linked = None
            if number is not None:
                key = (one.relation, number)
                linked = known.get(key)
                if linked is None:
                    linked = known[key] = one.relation.related_model.from_db(
                        connection.alias, one.columns, values
                    )
            one.relation.set_cached_value(record, linked)
        found[record.pk] = record
    return found


def _named(titles: dict[tuple[Any, int], str]) -> dict[tuple[Any, int], Any]:
    """Records by model and number, read with the field of their title alone."""
    if not titles:
        return {}
    quote = connection.ops.quote_name
    parts, numbers, wanted = [], [], list(titles)
    for place, (model, number) in enumerate(wanted):
        meta = model._meta
        title = meta.get_field(titles[model, number]).column
        parts.append(
            f"SELECT {place}, {quote(meta.pk.column)}, {quote(title)} "
            f"FROM {quote(meta.db_table)} WHERE {quote(meta.pk.column)} = %s"
        )
        numbers.append(number)
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(parts), numbers)
        found = cursor.fetchall()
    return {
        wanted[place]: wanted[place][0].from_db(
            connection.alias,
            [wanted[place][0]._meta.pk.attname, titles[wanted[place]]],
            [number, title],
        )
        for place, number, title in found
    }


def _is_plain(model: type[models.Model], title: str) -> bool:
    """Whether the title is a text of the model's own table."""
    field = model._meta.get_field(title)
    return isinstance(field, (models.CharField, models.TextField))
