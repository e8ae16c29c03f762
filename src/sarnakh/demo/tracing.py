"""Finding and deleting whatever hangs on companies, in rooms known and to come.

Which rows those are follows from the tables themselves: a row with a company, and
every row that may not be without one of them. So a new room is removed as well
without being named here.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Any

from django.apps import apps
from django.db import models
from django.db.models import CASCADE, PROTECT, Model

from sarnakh.accounts.models import Company, User
from sarnakh.discussion import actions as discussion
from sarnakh.records.types import all_types

BATCH = 500
Keys = dict[type[Model], set[int]]
BINDING = (CASCADE, PROTECT)


def hanging_on(companies: Sequence[int], besides: Collection[type[Model]]) -> Keys:
    """Rows of the companies and what hangs on those, but for some models."""
    found: Keys = defaultdict(set)
    for model in apps.get_models(include_auto_created=True):
        link = _company_link(model)
        if link is not None and model not in besides:
            rows = model._default_manager.filter(**{f"{link}__in": companies})
            found[model] |= set(rows.values_list("pk", flat=True))
    return with_dependents(found, besides)


def with_dependents(start: Keys, besides: Collection[type[Model]] = ()) -> Keys:
    """Those rows and all that cannot be without one of them."""
    found: Keys = defaultdict(set, {model: set(keys) for model, keys in start.items()})
    waiting = [(model, set(keys)) for model, keys in start.items() if keys]
    while waiting:
        model, keys = waiting.pop()
        for relation in _relations(model, BINDING):
            other = relation.related_model
            if other in besides:
                continue
            more = _referring(relation, keys) - found[other]
            if more:
                found[other] |= more
                waiting.append((other, more))
    return found


def held(model: type[Model], keys: set[int], gone: Keys) -> set[int]:
    """Of these rows the ones that something which stays cannot be without."""
    kept: set[int] = set()
    for relation in _relations(model, (PROTECT,)):
        other, column = relation.related_model, relation.field.attname
        for part in _parts(keys):
            rows = other._default_manager.filter(**{f"{column}__in": part})
            for pk, target in rows.values_list("pk", column):
                if pk not in gone.get(other, ()):
                    kept.add(target)
    return kept


def delete(found: Keys) -> None:
    """Delete the rows with everything that only names them; links elsewhere are
    emptied. The database looks at foreign keys when the transaction ends, so the
    order does not matter."""
    names = {one.model: one.name for one in all_types().values()}
    for model, keys in found.items():
        for relation in _relations(model, None):
            if relation.on_delete not in BINDING and relation.field.null:
                for part in _parts(keys):
                    rows = relation.related_model._default_manager.filter(
                        **{f"{relation.field.attname}__in": part}
                    )
                    rows.update(**{relation.field.name: None})
        if model in names:
            forget(names[model], keys)
    for model, keys in found.items():
        for part in _parts(keys):
            rows = model._default_manager.filter(pk__in=part)
            rows._raw_delete(rows.db)


def forget(name: str, keys: Iterable[int]) -> None:
    """Delete what names records by type and number: talk, history, files, views."""
    for part in _parts(set(keys)):
        discussion.forget(name, part)
        for model in apps.get_models():
            columns = {field.name for field in model._meta.concrete_fields}
            if {"record_type", "record_id"} <= columns:
                model._default_manager.filter(
                    record_type=name, record_id__in=part
                ).delete()


def _company_link(model: type[Model]) -> str | None:
    if model._meta.proxy or not model._meta.managed or model in {Company, User}:
        return None
    for field in model._meta.concrete_fields:
        if (
            isinstance(field, models.ForeignKey)
            and field.name == "company"
            and field.remote_field.on_delete in BINDING
        ):
            return field.attname
    return None


def _relations(model: type[Model], rules: Collection[Any] | None) -> Iterator[Any]:
    """Foreign keys to a model from elsewhere, hidden ones too."""
    for relation in model._meta.get_fields(include_hidden=True):
        if (
            relation.auto_created
            and not relation.concrete
            and (relation.one_to_many or relation.one_to_one)
            and relation.related_model._meta.managed  # type: ignore[union-attr]
        ):
            rule = relation.on_delete  # type: ignore[union-attr]
            if rules is None or rule in rules:
                yield relation


def _referring(relation: Any, keys: set[int]) -> set[int]:
    found: set[int] = set()
    for part in _parts(keys):
        rows = relation.related_model._default_manager.filter(
            **{f"{relation.field.attname}__in": part}
        )
        found |= set(rows.values_list("pk", flat=True))
    return found


def _parts(keys: Collection[int]) -> Iterator[list[int]]:
    ordered = sorted(keys)
    for start in range(0, len(ordered), BATCH):
        yield ordered[start : start + BATCH]
