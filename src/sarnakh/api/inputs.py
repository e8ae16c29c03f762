"""Values from a request, on their way to the writers of a type.

Names are checked here, links of many records at once, everything else by
`records.values`; nothing is written before all of it fits.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db.backends.base.operations import BaseDatabaseOperations
from django.utils.translation import gettext as _

from sarnakh.accounts.actor import Actor
from sarnakh.api.errors import ApiError, unprocessable
from sarnakh.records import rows, values
from sarnakh.records.errors import InvalidValues
from sarnakh.records.kinds import Kind
from sarnakh.records.types import Field, RecordType, by_name
from sarnakh.records.types.record_type import Values

LINKS_LIMIT = 1_000
# SQLite takes a limited number of values in one statement.
CHUNK = 5_000
RANGES = BaseDatabaseOperations.integer_field_ranges
EDITS = frozenset({"set", "add", "remove"})
PLAIN = frozenset({Kind.TEXT, Kind.LONG_TEXT, Kind.INTEGER, Kind.DECIMAL, Kind.MONEY})


@dataclass(frozen=True)
class LinkEdit:
    """What happens to many links: `{"set": […]}`, or `add` to and `remove` some."""

    add: list[int] = field(default_factory=list)
    remove: list[int] = field(default_factory=list)
    set: list[int] | None = None

    def result(self, current: Sequence[int]) -> list[int]:
        """The ids afterwards."""
        kept = [*(current if self.set is None else self.set), *self.add]
        return [pk for pk in dict.fromkeys(kept) if pk not in self.remove]


@dataclass
class _Item:
    """One record's values while they are being read."""

    values: Values = field(default_factory=dict)
    links: dict[str, LinkEdit] = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)


def read(
    record_type: RecordType,
    given: Sequence[dict[str, Any]],
    actor: Actor,
    *,
    currencies: Sequence[str],
    is_list: bool = False,
) -> list[Values]:
    """Values as writers take them, one mapping for each given object.

    Many links that are edited (`add`, `remove`) come out as `LinkEdit`. Raises 400
    for unknown names and 422 for values that do not fit, naming every one of them;
    in a list as `2.email`, counted from 0.
    """
    items = [_Item() for _one in given]
    _refuse_unknown(record_type, given, actor, is_list)
    for item, one, currency in zip(items, given, currencies, strict=True):
        _read(record_type, one, item, actor, currency)
    _check_links(record_type, items, actor)
    if found := _named((item.errors for item in items), is_list):
        raise unprocessable(" ".join(dict.fromkeys(found.values())), found)
    return [{**item.values, **_links(record_type, item)} for item in items]


def currencies(
    record_type: RecordType, given: Sequence[dict[str, Any]], actor: Actor
) -> list[str]:
    """The currency that each new record's amounts are in.

    It follows the company that is given with the record, else the acting one.
    """
    usual = actor.company.currency
    link, _point, name = record_type.currency.partition(".")
    keys = {key for one in given if (key := _key(one.get(link))) is not None}
    if not name or not keys:
        return [usual] * len(given)
    owners = rows.visible(by_name(record_type.fields[link].target), actor)
    found = {owner.pk: getattr(owner, name) for owner in owners.filter(pk__in=keys)}
    return [found.get(_key(one.get(link)), usual) for one in given]


def _refuse_unknown(
    record_type: RecordType,
    given: Sequence[dict[str, Any]],
    actor: Actor,
    is_list: bool,
) -> None:
    fields = record_type.readable_fields(actor)
    message = _("There is no such field.")
    unknown = [{name: message for name in one if name not in fields} for one in given]
    if found := _named(unknown, is_list):
        raise ApiError(400, "unknown-field", message, fields=found)


def _read(
    record_type: RecordType,
    given: dict[str, Any],
    item: _Item,
    actor: Actor,
    currency: str,
) -> None:
    rest: dict[str, Any] = {}
    for name, value in given.items():
        found = record_type.fields[name]
        if value is None and found.kind == Kind.BOOLEAN:
            item.errors[name] = _("This must be true or false.")
        elif found.editable and found.kind.is_link and value not in (None, "", []):
            try:
                item.links[name] = _link_edit(found, value)
            except ValueError as error:
                item.errors[name] = str(error)
        else:
            rest[name] = _plain(value) if found.kind == Kind.PROPERTIES else value
    try:
        item.values = values.checked(record_type, rest, actor, currency=currency)
    except InvalidValues as error:
        item.errors.update(error.errors)
        return
    for name, value in item.values.items():
        _check_column(record_type, record_type.fields[name], value, item)


def _link_edit(found: Field, value: Any) -> LinkEdit:
    if found.kind == Kind.LINK:
        return LinkEdit(set=_keys([value]))
    if not isinstance(value, dict):
        return LinkEdit(set=_keys(value))
    if not value or value.keys() - EDITS:
        raise ValueError(_("Links are changed by “set”, “add” and “remove”."))
    return LinkEdit(**{name: _keys(ids) for name, ids in value.items()})


def _keys(given: Any) -> list[int]:
    if not isinstance(given, list) or len(given) > LINKS_LIMIT:
        raise ValueError(_("Links are given as a list of numbers."))
    found = [_key(one) for one in given]
    if None in found:
        raise ValueError(_("A link is given by the number of the record."))
    return [one for one in found if one is not None]


def _key(given: Any) -> int | None:
    """The id in `7` or `{"id": 7, "name": …}`; None for anything else."""
    if isinstance(given, dict):
        given = given.get("id")
    return given if type(given) is int and 0 < given < 2**63 else None


def _check_links(record_type: RecordType, items: Sequence[_Item], actor: Actor) -> None:
    """A statement for each linked field and some thousand ids, not for each record."""
    names = dict.fromkeys(name for item in items for name in item.links)
    for name in names:
        found = record_type.fields[name]
        edits = [item.links[name] for item in items if name in item.links]
        wanted = list(dict.fromkeys(_wanted(edits)))
        try:
            for start in range(0, len(wanted), CHUNK):
                values.linked_ids(found, wanted[start : start + CHUNK], actor)
        except ValueError:
            _blame(found, items, actor)


def _blame(found: Field, items: Sequence[_Item], actor: Actor) -> None:
    for item in items:
        if found.name in item.links:
            try:
                values.linked_ids(found, _wanted([item.links[found.name]]), actor)
            except ValueError as error:
                item.errors[found.name] = str(error)


def _wanted(edits: Iterable[LinkEdit]) -> list[int]:
    """Ids that become links; whoever removes one need not see it."""
    return [pk for edit in edits for pk in [*(edit.set or ()), *edit.add]]


def _links(record_type: RecordType, item: _Item) -> Values:
    """Links as writers take them, but for those that depend on the present ones."""
    found: Values = {}
    for name, edit in item.links.items():
        if record_type.fields[name].kind == Kind.LINK:
            found[name] = edit.result([])[0]
        else:
            found[name] = edit.result([]) if edit.set is not None else edit
    return found


def _check_column(
    record_type: RecordType, found: Field, value: Any, item: _Item
) -> None:
    """Lengths and ranges that the column itself declares, whatever the database."""
    if value is None or found.kind not in PLAIN:
        return
    source: Any = record_type.model._meta.get_field(found.column)
    try:
        source.run_validators(value)
    except ValidationError as error:
        item.errors[found.name] = " ".join(error.messages)
    # SQLite would store what other databases refuse.
    least, most = RANGES.get(source.get_internal_type(), (value, value))
    if not least <= value <= most:
        item.errors[found.name] = _("This number is too large.")


def _plain(value: Any) -> Any:
    """JSON that can be stored as it is: decimals as numbers."""
    if isinstance(value, Decimal):
        return float(value)
    if isinstance(value, dict):
        return {name: _plain(one) for name, one in value.items()}
    if isinstance(value, list):
        return [_plain(one) for one in value]
    return value


def _named(errors: Iterable[dict[str, str]], is_list: bool) -> dict[str, str]:
    return {
        f"{number}.{name}" if is_list else name: message
        for number, found in enumerate(errors)
        for name, message in found.items()
    }
