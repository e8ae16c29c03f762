"""What a record type is: its fields, access, searches and doors for writing."""

from sarnakh.records.types.catalogue import all_types, by_model, by_name
from sarnakh.records.types.describe import describe
from sarnakh.records.types.field import Field
from sarnakh.records.types.record_type import (
    Filter,
    PeriodFilter,
    RecordType,
    Search,
    Writers,
)

__all__ = [
    "Field",
    "Filter",
    "PeriodFilter",
    "RecordType",
    "Search",
    "Writers",
    "all_types",
    "by_model",
    "by_name",
    "describe",
]
