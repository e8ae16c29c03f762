"""Read fields off a Django model, so that nothing is described twice."""

from collections.abc import Mapping
from typing import Any

from django.db import models

from sarnakh.records.fields import FixedField, MoneyField, RichTextField
from sarnakh.records.kinds import Kind
from sarnakh.records.types.field import Field

KINDS: "tuple[tuple[type[models.Field[Any, Any]], Kind], ...]" = (
    (MoneyField, Kind.MONEY),
    (FixedField, Kind.DECIMAL),
    (RichTextField, Kind.RICH_TEXT),
    (models.ForeignKey, Kind.LINK),
    (models.ManyToManyField, Kind.LINKS),
    (models.BooleanField, Kind.BOOLEAN),
    (models.DateTimeField, Kind.DATETIME),
    (models.DateField, Kind.DATE),
    (models.DecimalField, Kind.DECIMAL),
    (models.FloatField, Kind.DECIMAL),
    (models.IntegerField, Kind.INTEGER),
    (models.TextField, Kind.LONG_TEXT),
    (models.CharField, Kind.TEXT),
    (models.JSONField, Kind.PROPERTIES),
)


def describe(
    model: type[models.Model],
    *names: str,
    targets: Mapping[str, str] | None = None,
    **refined: Mapping[str, Any],
) -> dict[str, Field]:
    """Describe the named model fields, in that order.

    `targets` gives the type name behind each link; keyword arguments refine
    single fields, e.g. `probability={"widget": "percent", "editable": False}`.
    """
    links = targets or {}
    fields = {}
    for name in names:
        source = model._meta.get_field(name)
        if not isinstance(source, models.Field):
            raise TypeError(f"{model.__name__}.{name} is no column")
        values: dict[str, Any] = {
            "name": name,
            "column": name,
            "kind": kind_of(source),
            "label": source.verbose_name,
            "help": source.help_text,
            "required": not (source.blank or source.null or source.has_default()),
            "editable": source.editable,
            "choices": tuple(source.flatchoices),
            "target": links.get(name, ""),
            "max_length": getattr(source, "max_length", None),
            "decimals": getattr(source, "places", None),
        }
        values.update(refined.get(name, {}))
        fields[name] = Field(**values)
    return fields


def kind_of(source: "models.Field[Any, Any]") -> Kind:
    """The kind of a model field; anything with choices is a choice."""
    if source.choices:
        return Kind.CHOICE
    for cls, kind in KINDS:
        if isinstance(source, cls):
            return kind
    raise TypeError(f"{source} is of no described kind")
