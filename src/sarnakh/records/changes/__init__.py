"""The history of records: logging writes, merging edits on an old version."""

from sarnakh.records.changes.log import entry, log, log_many
from sarnakh.records.changes.merge import merged
from sarnakh.records.changes.plain import plain

__all__ = ["entry", "log", "log_many", "merged", "plain"]
