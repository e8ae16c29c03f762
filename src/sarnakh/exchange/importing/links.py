"""Finding the records that cells name, and making those that are missing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from sarnakh.accounts.actor import Actor
from sarnakh.exchange.importing.draft import Draft, Pending
from sarnakh.exchange.importing.identity import full_key, known_ids
from sarnakh.exchange.importing.making import make
from sarnakh.exchange.mapping import EXTERNAL_ID
from sarnakh.exchange.options import CREATE, EMPTY, SKIP_ROW
from sarnakh.exchange.synonyms import header_key
from sarnakh.exchange.traits import ImportTraits, Special
from sarnakh.lib.text import letters, searchable
from sarnakh.records import rows
from sarnakh.records.kinds import Kind
from sarnakh.records.types import RecordType, by_name

_FORMS: tuple[Callable[[str], str], ...] = (letters, searchable, header_key)


@dataclass(frozen=True)
class Found:
    """The record behind a name; `count` when several have it, `title` when it is
    written otherwise."""

    pk: int
    count: int = 1
    title: str = ""


@dataclass
class Names:
    """The records of a type by their names, as one person sees them.

    Names are compared by their letters first, then in search form. Words of short
    lists (tags, stages, sources) are found over different spacing as well.
    """

    type: RecordType
    actor: Actor
    made: dict[str, int] = field(default_factory=dict)
    refused: dict[str, str] = field(default_factory=dict)

    @cached_property
    def _index(self) -> tuple[dict[str, list[int]], ...]:
        index: tuple[dict[str, list[int]], ...] = ({}, {}, {})
        self._titles: dict[int, str] = {}
        column = self.type.fields[self.type.title].column
        order: list[Any] = list(self.type.order)
        if self.type.active:
            order.insert(0, f"-{self.type.active}")
        found = rows.visible(self.type, self.actor).order_by(*order)
        if is_short_list(self.type):
            for record in found:
                for title in _titles(record, column):
                    self._put(index, record.pk, title)
        else:
            pairs = found.values_list("pk", column)
            for pk, title in pairs.iterator(chunk_size=5_000):
                self._put(index, pk, str(title))
        return index

    def find(self, name: str) -> Found | None:
        """The first record of that name in the order of its type."""
        by_letters, by_search, by_signs = self._index
        found = by_letters.get(letters(name)) or by_search.get(searchable(name))
        if found:
            return Found(found[0], len(found))
        signs = header_key(name)
        close = by_signs.get(signs) if signs else None
        if close and is_short_list(self.type):
            return Found(close[0], len(close), self._titles[close[0]])
        return None

    def add(self, pk: int, title: str) -> None:
        """A record that was made meanwhile."""
        self._put(self._index, pk, title)

    def _put(
        self, index: tuple[dict[str, list[int]], ...], pk: int, title: str
    ) -> None:
        self._titles[pk] = title
        for keys, form in zip(index, _FORMS, strict=True):
            known = keys.setdefault(form(title), [])
            if pk not in known:
                known.append(pk)


def is_short_list(record_type: RecordType) -> bool:
    """Words such as tags and stages, unlike contacts that people talk about."""
    return not record_type.has_discussion


def _titles(record: Any, column: str) -> Iterator[str]:
    """What a record is called: as stored, and in every language that has a word."""
    yield str(getattr(record, column, record))
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            yield str(record)


@dataclass(frozen=True)
class _New:
    """A record to make: its name, the row that named it first, what it gets."""

    name: str
    row: int
    extra: dict[str, Any]


class Links:
    """Finds and makes linked records for the rows of one run."""

    def __init__(self, actor: Actor, traits: ImportTraits) -> None:
        self.actor = actor
        self.specials = traits.specials
        self.passed_on = traits.passed_on
        self._names: dict[str, Names] = {}
        self.fresh: list[tuple[int, str, Any]] = []

    def names_of(self, type_name: str) -> Names:
        """The names of a type, read once."""
        if type_name not in self._names:
            self._names[type_name] = Names(by_name(type_name), self.actor)
        return self._names[type_name]

    def note(self, type_name: str, records: Sequence[Any]) -> None:
        """Records made meanwhile, for rows that name them; unasked names stay unread."""
        if type_name in self._names:
            for record in records:
                self._names[type_name].add(record.pk, str(record))

    def resolve(self, drafts: Sequence[Draft]) -> None:
        """Turn what the drafts name into numbers; make what is to be made.

        Records made on the fly are in `fresh` as (row, type name, record).
        """
        self.fresh = []
        good = [draft for draft in drafts if draft.is_good and draft.pending]
        self._make_missing(good)
        by_key = self._external(good)
        by_number = self._own(good)
        for draft in good:
            for pending in draft.pending:
                if pending.how == "":
                    self._by_name(draft, pending)
                elif pending.how == EXTERNAL_ID:
                    self._by_id(draft, pending, by_key[pending.field.target], full_key)
                else:
                    self._by_id(draft, pending, by_number[pending.field.target], str)

    # --- by name ---------------------------------------------------------------

    def _make_missing(self, drafts: Iterable[Draft]) -> None:
        wanted: dict[str, dict[str, _New]] = {}
        for draft in drafts:
            for pending in draft.pending:
                if pending.how or pending.column.missing != CREATE:
                    continue
                names = self.names_of(pending.field.target)
                for name in pending.names:
                    key = searchable(name)
                    if self._special(pending, name) is None and not (
                        key in names.refused or names.find(name)
                    ):
                        extra = {
                            one: draft.values[one]
                            for one in self.passed_on.get(pending.field.name, ())
                            if draft.values.get(one)
                        }
                        wanted.setdefault(pending.field.target, {}).setdefault(
                            self._spelling(names, key), _New(name, draft.row, extra)
                        )
        for type_name, new in wanted.items():
            self._make(self.names_of(type_name), list(new.values()))

    def _spelling(self, names: Names, key: str) -> str:
        """GTXPro and GTX Pro are made once, where spacing does not count."""
        loose = header_key(key)
        return loose if loose and is_short_list(names.type) else key

    def _make(self, names: Names, new: Sequence[_New]) -> None:
        quick = names.type.quick_values
        if quick is None or not rows.may(names.type, self.actor, "create"):
            text = _("“%(name)s” is not there, and you may not make it.")
            for one in new:
                names.refused[searchable(one.name)] = text % {"name": one.name}
            return
        values = [{**quick(one.name, self.actor), **one.extra} for one in new]
        done = make(names.type, values, by=self.actor)
        for one, made in zip(new, done, strict=True):
            if isinstance(made, str):
                names.refused[searchable(one.name)] = made
            else:
                names.add(made.pk, one.name)
                self.fresh.append((one.row, names.type.name, made))

    def _by_name(self, draft: Draft, pending: Pending) -> None:
        names = self.names_of(pending.field.target)
        keys: list[int] = []
        for name in pending.names:
            special = self._special(pending, name)
            if special is not None:
                draft.values.update(special.values(self.actor))
                continue
            found = names.find(name)
            if found is None:
                self._miss(draft, pending, name, names.refused.get(searchable(name)))
                continue
            keys.append(found.pk)
            self._remark(draft, pending, name, found)
        _put(draft, pending, keys)

    def _special(self, pending: Pending, name: str) -> Special | None:
        """A special word, unless a record has this very name."""
        specials = self.specials.get(pending.field.name, ())
        if not specials or self.names_of(pending.field.target).find(name):
            return None
        word = searchable(name)
        return next(
            (one for one in specials if word in map(searchable, one.words)), None
        )

    def _remark(self, draft: Draft, pending: Pending, name: str, found: Found) -> None:
        if found.title:
            text = _("“%(name)s” was taken for “%(title)s”.")
            params: dict[str, Any] = {"name": name, "title": found.title}
        elif found.count > 1:
            text = _("%(count)s records are called “%(name)s”; the first was taken.")
            params = {"count": found.count, "name": name}
        else:
            return
        draft.warnings.append((pending.column.header, text % params))

    # --- by number -------------------------------------------------------------

    def _external(self, drafts: Iterable[Draft]) -> dict[str, dict[str, int]]:
        wanted: dict[str, set[str]] = {}
        for draft in drafts:
            for pending in draft.pending:
                if pending.how == EXTERNAL_ID:
                    wanted.setdefault(pending.field.target, set()).update(
                        map(full_key, pending.names)
                    )
        return {
            name: _visible(by_name(name), known_ids(keys, name), self.actor)
            for name, keys in wanted.items()
        }

    def _own(self, drafts: Iterable[Draft]) -> dict[str, dict[str, int]]:
        wanted: dict[str, dict[str, int]] = {}
        for draft in drafts:
            for pending in draft.pending:
                if pending.how and pending.how != EXTERNAL_ID:
                    known = wanted.setdefault(pending.field.target, {})
                    for text in pending.names:
                        if text.isascii() and text.isdigit() and len(text) < 19:
                            known[text] = int(text)
        return {
            name: _visible(by_name(name), keys, self.actor)
            for name, keys in wanted.items()
        }

    def _by_id(
        self, draft: Draft, pending: Pending, known: dict[str, int], key: Any
    ) -> None:
        keys = []
        for text in pending.names:
            found = known.get(key(text))
            if found is None:
                self._miss(draft, pending, text, None)
            else:
                keys.append(found)
        _put(draft, pending, keys)

    def _miss(self, draft: Draft, pending: Pending, name: str, why: str | None) -> None:
        text = why or _("There is no “%(name)s”.") % {"name": name}
        policy = pending.column.missing
        if policy == SKIP_ROW:
            draft.is_skipped = True
        elif policy == EMPTY:
            draft.warnings.append((pending.column.header, text))
        else:
            draft.errors.append((pending.column.header, text))


def _visible(
    record_type: RecordType, known: dict[str, int], actor: Actor
) -> dict[str, int]:
    seen = rows.visible(record_type, actor).filter(pk__in=set(known.values()))
    allowed = set(seen.values_list("pk", flat=True))
    return {key: pk for key, pk in known.items() if pk in allowed}


def _put(draft: Draft, pending: Pending, keys: list[int]) -> None:
    name = pending.field.name
    if pending.field.kind == Kind.LINKS:
        before = draft.values.get(name) or []
        draft.values[name] = list(dict.fromkeys([*before, *keys]))
    elif keys:
        draft.values[name] = keys[0]
