"""Which record a row means: by external id, by number, or by what it holds."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.utils.translation import gettext as _

from sarnakh.accounts.actor import Actor
from sarnakh.exchange.importing.draft import Draft
from sarnakh.exchange.traits import Matcher
from sarnakh.records import rows
from sarnakh.records.models import ExternalId
from sarnakh.records.types import RecordType

NAMESPACE = "import"
LONGEST_KEY = 200
_AT_ONCE = 1_000


def full_key(text: str) -> str:
    """An external id with its namespace; `import` when none is written."""
    text = text.strip()
    return text if "." in text else f"{NAMESPACE}.{text}"


def known_ids(keys: Iterable[str], type_name: str) -> dict[str, int]:
    """Records of a type by their external ids."""
    return {key: pk for key, (name, pk) in _stored(keys).items() if name == type_name}


class Identity:
    """Finds the records that rows mean, earlier rows of the same file included."""

    def __init__(
        self, record_type: RecordType, actor: Actor, matcher: Matcher | None
    ) -> None:
        self.type = record_type
        self.actor = actor
        self.matcher = matcher

    def find(self, drafts: Sequence[Draft]) -> None:
        """Give each good draft its target, its twin, or an error."""
        good = [draft for draft in drafts if draft.is_good]
        self._by_external_id([d for d in good if d.external_id])
        self._by_number([d for d in good if d.database_id])
        self._by_match([d for d in good if not (d.external_id or d.database_id)])

    def _by_external_id(self, drafts: Sequence[Draft]) -> None:
        for draft in drafts:
            draft.external_id = full_key(draft.external_id)
            if len(draft.external_id) > LONGEST_KEY:
                draft.errors.append(("id", _("This id is too long.")))
        stored = _stored(draft.external_id for draft in drafts)
        present = self._present({pk for _name, pk in stored.values()})
        first: dict[str, Draft] = {}
        for draft in drafts:
            type_name, pk = stored.get(draft.external_id, ("", 0))
            if type_name and type_name != self.type.name:
                text = _("The id “%(id)s” belongs to a record of another kind.")
                draft.errors.append(("id", text % {"id": draft.external_id}))
            elif pk in present:
                draft.target = pk
            if draft.errors:
                continue
            twin = first.setdefault(draft.external_id, draft)
            if twin is not draft:
                text = _("The id “%(id)s” occurs again: this row changes the record.")
                draft.warnings.append(("id", text % {"id": draft.external_id}))
                if draft.target is None:
                    draft.twin = twin

    def _by_number(self, drafts: Sequence[Draft]) -> None:
        numbers = {
            draft.database_id: int(draft.database_id)
            for draft in drafts
            if draft.database_id.isascii()
            and draft.database_id.isdigit()
            and len(draft.database_id) < 19
        }
        seen = rows.visible(self.type, self.actor).filter(pk__in=numbers.values())
        visible = set(seen.values_list("pk", flat=True))
        for draft in drafts:
            pk = numbers.get(draft.database_id)
            if pk not in visible:
                text = _("There is no record with number %(number)s.")
                draft.errors.append((".id", text % {"number": draft.database_id}))
            elif draft.target not in (None, pk):
                draft.errors.append((".id", _("The two ids mean different records.")))
            else:
                draft.target = pk

    def _by_match(self, drafts: Sequence[Draft]) -> None:
        matcher = self.matcher
        if matcher is None:
            return
        for draft in drafts:
            text = draft.values.get(matcher.field)
            draft.match_key = matcher.key(str(text)) if text else ""
        keyed = [draft for draft in drafts if draft.match_key]
        known: dict[str, list[int]] = {}
        for keys in _pieces({draft.match_key for draft in keyed}):
            seen = rows.visible(self.type, self.actor).filter(
                **{f"{matcher.column}__in": keys}
            )
            for key, pk in seen.order_by("pk").values_list(matcher.column, "pk"):
                known.setdefault(key, []).append(pk)
        first: dict[str, Draft] = {}
        for draft in keyed:
            found = known.get(draft.match_key, [])
            if len(found) > 1:
                text = _("%(count)s records fit this row.") % {"count": len(found)}
                draft.errors.append((matcher.field, text))
            elif found:
                draft.target = found[0]
            else:
                twin = first.setdefault(draft.match_key, draft)
                draft.twin = twin if twin is not draft else None

    def _present(self, keys: set[int]) -> set[int]:
        """An external id outlives a record that was deleted elsewhere."""
        found: set[int] = set()
        for piece in _pieces(keys):
            found.update(
                self.type.model._default_manager.filter(pk__in=piece).values_list(
                    "pk", flat=True
                )
            )
        return found


def remember(type_name: str, pairs: Sequence[tuple[str, int]]) -> None:
    """Store external ids of records; one whose record is gone moves on."""
    ExternalId.objects.bulk_create(
        [ExternalId(key=key, record_type=type_name, record_id=pk) for key, pk in pairs],
        batch_size=_AT_ONCE,
        update_conflicts=True,
        unique_fields=["key"],
        update_fields=["record_type", "record_id"],
    )


def _stored(keys: Iterable[str]) -> dict[str, tuple[str, int]]:
    found: dict[str, tuple[str, int]] = {}
    for piece in _pieces(set(keys)):
        for key, name, pk in ExternalId.objects.filter(key__in=piece).values_list(
            "key", "record_type", "record_id"
        ):
            found[key] = (name, pk)
    return found


def _pieces(keys: Iterable[Any]) -> Iterable[list[Any]]:
    listed = sorted(keys)
    for start in range(0, len(listed), _AT_ONCE):
        yield listed[start : start + _AT_ONCE]
