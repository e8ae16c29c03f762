"""Taking in one batch of rows: read, look up, make, change, note."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _

from sarnakh.accounts.actor import Actor
from sarnakh.exchange.importing import identity
from sarnakh.exchange.importing.draft import Draft
from sarnakh.exchange.importing.faults import ERROR, WARNING, Faults
from sarnakh.exchange.importing.identity import Identity
from sarnakh.exchange.importing.links import Links
from sarnakh.exchange.importing.making import change, make, quiet
from sarnakh.exchange.importing.reading import Reading
from sarnakh.exchange.models import ImportBatch, ImportedRow
from sarnakh.exchange.reading.rows import Row
from sarnakh.exchange.traits import traits_of
from sarnakh.records import rows as visibility
from sarnakh.records.errors import InvalidValues
from sarnakh.records.kinds import Kind
from sarnakh.records.types import RecordType, by_name


@dataclass
class Tally:
    """How many rows became what."""

    created: int = 0
    updated: int = 0
    unchanged: int = 0
    skipped: int = 0
    failed: int = 0
    linked: int = 0


@dataclass
class Intake:
    """Takes rows in, batch after batch, for one run."""

    batch: ImportBatch
    reading: Reading
    actor: Actor
    faults: Faults
    is_test: bool = False
    tally: Tally = field(default_factory=Tally)

    @cached_property
    def type(self) -> RecordType:
        """The type with the quiet doors."""
        return quiet(self.reading.type)

    @cached_property
    def links(self) -> Links:
        """Names read so far."""
        return Links(self.actor, traits_of(self.reading.type))

    @cached_property
    def identity(self) -> Identity:
        """How rows find their records."""
        traits = traits_of(self.reading.type)
        matcher = traits.matcher(self.reading.options.match)
        return Identity(self.reading.type, self.actor, matcher)

    @cached_property
    def fixed(self) -> dict[str, Any]:
        """Values that all new records get unless their row has its own.

        InvalidValues when one of them does not fit: no row could be right then.
        """
        draft = self.reading.fixed()
        self.links.resolve([draft])
        self._note_links()
        for column, text in draft.errors:
            raise InvalidValues({"": f"{column}: {text}"})
        return draft.values

    def take(self, rows: Sequence[Row]) -> list[Draft]:
        """Take some rows in, inside the caller's transaction; the bad ones return."""
        fixed = self.fixed
        drafts = [self.reading.draft(row) for row in rows]
        self.links.resolve(drafts)
        self._note_links()
        self.identity.find(drafts)
        before = self._versions_of_links(drafts)
        self._make(
            [d for d in drafts if d.is_good and not d.target and not d.twin], fixed
        )
        self._change([d for d in drafts if d.is_good and (d.target or d.twin)])
        self._follow_links(before)
        self._report(drafts)
        return [draft for draft in drafts if draft.errors]

    # --- making ------------------------------------------------------------------

    def _make(self, drafts: Sequence[Draft], fixed: dict[str, Any]) -> None:
        ready = []
        for draft in drafts:
            draft.values = {**fixed, **draft.values}
            for name in draft.clears:
                # Said to be empty: no default stands in for it.
                many = self.type.fields[name].kind == Kind.LINKS
                draft.values.setdefault(name, [] if many else None)
            missing = self._missing(draft)
            if missing:
                draft.errors.append((missing, _("This field is required.")))
            else:
                ready.append(draft)
        made = make(self.type, [draft.values for draft in ready], by=self.actor)
        good = []
        for draft, record in zip(ready, made, strict=True):
            if isinstance(record, str):
                draft.errors.append(("", record))
            else:
                draft.pk = record.pk
                good.append((draft, record))
        identity.remember(
            self.type.name, [(d.external_id, r.pk) for d, r in good if d.external_id]
        )
        self._note(
            [(d.row, self.type.name, r) for d, r in good], created=True, link=False
        )
        self.links.note(self.type.name, [record for _draft, record in good])
        self.tally.created += len(good)

    def _missing(self, draft: Draft) -> str:
        for name, one in self.type.fields.items():
            if one.required and one.editable and draft.values.get(name) in (None, ""):
                return str(one.label)
        return ""

    # --- changing ----------------------------------------------------------------

    def _change(self, drafts: Sequence[Draft]) -> None:
        for draft in drafts:
            if draft.twin:
                draft.target = draft.twin.pk
                if draft.target is None:
                    text = _("The earlier row of this record (%(row)s) is wrong.")
                    draft.errors.append(("", text % {"row": draft.twin.row}))
        good = [draft for draft in drafts if draft.target]
        keys = {draft.target for draft in good}
        many = [
            one.column for one in self.type.fields.values() if one.kind == Kind.LINKS
        ]
        records = (
            visibility.visible(self.type, self.actor, "write")
            .prefetch_related(*many)
            .in_bulk(keys)
        )
        changed = []
        stale: set[int] = set()
        for draft in good:
            target = draft.target or 0
            record = records.get(target)
            if record is None:
                text = _("You are not allowed to change this record.")
                draft.errors.append(("", text))
                continue
            values = self._wanted(draft, record)
            if target not in stale and not self._differs(record, values):
                self.tally.unchanged += 1
                continue
            result = change(self.type, target, values, by=self.actor)
            if isinstance(result, str):
                draft.errors.append(("", result))
                continue
            stale.add(target)
            self.tally.updated += 1
            changed.append((draft.row, self.type.name, result))
        self._note(changed, created=False, link=False)

    def _wanted(self, draft: Draft, record: Any) -> dict[str, Any]:
        values = dict(draft.values)
        for name in draft.clears:
            many = self.type.fields[name].kind == Kind.LINKS
            values.setdefault(name, [] if many else None)
        for name in draft.adds & values.keys():
            values[name] = sorted(
                {*_linked(record, self.type.fields[name]), *values[name]}
            )
        return values

    def _differs(self, record: Any, values: dict[str, Any]) -> bool:
        for name, value in values.items():
            one = self.type.fields[name]
            if one.kind == Kind.LINKS:
                if set(value or ()) != _linked(record, one):
                    return True
            elif one.kind == Kind.LINK:
                if getattr(record, f"{one.column}_id") != value:
                    return True
            elif _plain(getattr(record, one.column)) != _plain(value):
                return True
        return False

    # --- notes -------------------------------------------------------------------

    def _note_links(self) -> None:
        fresh = self.links.fresh
        self.links.fresh = []
        self.tally.linked += len(fresh)
        self._note(fresh, created=True, link=True)

    def _note(
        self, found: Sequence[tuple[int, str, Any]], *, created: bool, link: bool
    ) -> None:
        if self.is_test:
            # Nobody will undo what does not stay.
            return
        ImportedRow.objects.bulk_create(
            [
                ImportedRow(
                    batch=self.batch,
                    row=row,
                    record_type=name,
                    record_id=record.pk,
                    version=getattr(record, "version", 1),
                    was_created=created,
                    is_link=link,
                )
                for row, name, record in found
            ],
            batch_size=1_000,
        )

    def _versions_of_links(self, drafts: Sequence[Draft]) -> dict[str, dict[int, int]]:
        """Versions of linked records that this import made itself."""
        used: dict[str, set[int]] = {}
        for draft in drafts:
            for name, value in draft.values.items():
                one = self.type.fields[name]
                if one.kind == Kind.LINK and isinstance(value, int):
                    used.setdefault(one.target, set()).add(value)
        own: dict[str, dict[int, int]] = {}
        for name, keys in used.items():
            rows = ImportedRow.objects.filter(
                batch=self.batch, record_type=name, is_link=True, record_id__in=keys
            )
            known = dict(rows.values_list("record_id", "version"))
            now = _versions(by_name(name), known)
            own[name] = {pk: v for pk, v in known.items() if now.get(pk) == v}
        return own

    def _follow_links(self, before: dict[str, dict[int, int]]) -> None:
        """A lead's e-mail goes to its new customer: that is our own touch."""
        for name, known in before.items():
            now = _versions(by_name(name), known)
            for pk, version in known.items():
                if now.get(pk, version) != version:
                    ImportedRow.objects.filter(
                        batch=self.batch, record_type=name, is_link=True, record_id=pk
                    ).update(version=now[pk])

    def _report(self, drafts: Sequence[Draft]) -> None:
        for draft in drafts:
            for column, text in draft.errors:
                self.faults.add(ERROR, column, text, draft.row)
            for column, text in draft.warnings:
                self.faults.add(WARNING, column, text, draft.row)
            if draft.errors:
                self.tally.failed += 1
            elif draft.is_skipped:
                self.tally.skipped += 1


def _plain(value: Any) -> Any:
    """A value as files can hold it: instants in whole seconds, one kind of empty."""
    if isinstance(value, dt.datetime):
        return value.replace(microsecond=0)
    return value or None


def _linked(record: Any, field: Any) -> set[int]:
    return {linked.pk for linked in getattr(record, field.column).all()}


def _versions(record_type: RecordType, keys: Any) -> dict[int, int]:
    model = record_type.model
    if not keys or not hasattr(model, "version"):
        return {}
    found = model._default_manager.filter(pk__in=list(keys))
    return dict(found.values_list("pk", "version"))
