"""The queue and the clock, as rows."""

from sarnakh.jobs.models.job import Job, State
from sarnakh.jobs.models.scheduled import Scheduled

__all__ = ["Job", "Scheduled", "State"]
