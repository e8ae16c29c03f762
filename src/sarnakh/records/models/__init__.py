"""What every room's records share: history, outside names, files, numbers."""

from sarnakh.records.models.base import Record
from sarnakh.records.models.change import Change
from sarnakh.records.models.counter import Counter
from sarnakh.records.models.external_id import ExternalId
from sarnakh.records.models.file import StoredFile
from sarnakh.records.models.property import PropertyDefinition

__all__ = [
    "Change",
    "Counter",
    "ExternalId",
    "PropertyDefinition",
    "Record",
    "StoredFile",
]
