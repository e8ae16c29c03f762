"""The records that one record links to, with as much as their names take."""

from collections.abc import Iterable
from typing import Any

from django.db import connection, models

from sarnakh.accounts.actor import Actor
from sarnakh.records.kinds import Kind
from sarnakh.records.types import Field, by_name


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
