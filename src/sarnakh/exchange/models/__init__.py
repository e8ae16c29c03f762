"""What the exchange of files keeps: imports, their rows, mappings, exports."""

from sarnakh.exchange.models.batch import ImportBatch
from sarnakh.exchange.models.export_file import ExportFile
from sarnakh.exchange.models.export_list import ExportList
from sarnakh.exchange.models.imported_row import ImportedRow
from sarnakh.exchange.models.remembered import RememberedMapping

__all__ = [
    "ExportFile",
    "ExportList",
    "ImportBatch",
    "ImportedRow",
    "RememberedMapping",
]
