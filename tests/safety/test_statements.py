"""Statements put together quickly are the same as Django's own."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.apps import apps
from django.db import connection
from django.db.backends.postgresql import compiler as of_postgres
from django.db.models import Count, F, ForeignKey, QuerySet
from django.db.models.sql import compiler as of_django

pytestmark = pytest.mark.django_db
MODELS = [
    model for model in apps.get_models() if model.__module__.startswith("sarnakh.")
]


def questions(model: Any) -> Iterator["QuerySet[Any]"]:
    """Ways to ask for rows of a model that the product knows."""
    rows = model._base_manager.all()
    links = [
        field.name
        for field in model._meta.concrete_fields
        if isinstance(field, ForeignKey)
    ]
    names = [field.name for field in model._meta.concrete_fields][:4]
    for asked in (rows, rows.filter(pk=3), rows.filter(pk__in=rows.filter(pk__gt=2))):
        yield asked
        yield asked.order_by()
        yield asked.order_by("-pk")[:5]
        yield asked.order_by(F("pk").desc(nulls_last=True))
        yield asked.values_list(*names).order_by(names[0], "pk")
        yield asked.values(*names).distinct().order_by(*names)
        yield asked.values_list("pk", *names, named=True).order_by("pk")
        yield asked.only(*names)
        yield asked.annotate(many=Count("pk")).order_by("many", "pk")
        yield asked.values(names[-1]).annotate(many=Count("pk")).order_by("-many")
        yield asked.extra(select={"one": "1"}).order_by("one")
        yield asked.order_by().union(asked.order_by()).order_by("pk")
        if links:
            yield asked.select_related(*links)
            yield asked.select_related(*links).order_by(f"-{links[0]}__pk", "pk")
            yield asked.select_related(links[-1]).only(*names, links[-1])
            yield asked.distinct().order_by(links[0])
    if connection.features.has_select_for_update:
        yield rows.filter(pk=3).select_for_update(of=("self",))


def made(of: Any, asked: "QuerySet[Any]") -> tuple[Any, ...]:
    """Text, values, what the rows become, and how their values are converted."""
    compiler = of(asked.query.clone(), connection, "default")
    text, values = compiler.as_sql()
    columns = [one[0] for one in compiler.select[: compiler.col_count]]
    converters = {
        place: ([getattr(one, "__qualname__", one) for one in found], column)
        for place, (found, column) in compiler.get_converters(columns).items()
    }
    known = compiler.klass_info and compiler.klass_info["select_fields"]
    return text, values, known, compiler.annotation_col_map, converters


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)
def test_a_statement_is_the_one_that_django_would_make(model: Any) -> None:
    quick = connection.ops.compiler("SQLCompiler")
    own = of_postgres if connection.vendor == "postgresql" else of_django
    for asked in questions(model):
        # Twice: the second time from memory.
        for _time in range(2):
            with_memory = made(quick, asked)
            assert with_memory == made(own.SQLCompiler, asked)
