"""Leads and opportunities, and the stages they pass."""

from sarnakh.crm.models.lead import Lead
from sarnakh.crm.models.lost_reason import LostReason
from sarnakh.crm.models.recurring_plan import RecurringPlan
from sarnakh.crm.models.stage import Stage
from sarnakh.crm.models.tally import LeadTally

__all__ = ["Lead", "LeadTally", "LostReason", "RecurringPlan", "Stage"]
