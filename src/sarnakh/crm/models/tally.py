"""Counts and sums of leads, kept while they are written.

A board over a million records cannot add them up at every look. Database
triggers (`crm/tally/triggers.py`) append a row here for every lead that comes,
goes or moves; the true figure is the sum over the rows of a combination.
Appending never waits for another writer, and a job folds rows together.
"""

from django.db import models

from sarnakh.records.fields import MoneyField


class LeadTally(models.Model):
    """A share in the count and the sums of one combination of values."""

    kind = models.CharField(max_length=11)
    active = models.BooleanField()
    is_won = models.BooleanField(default=False)
    stage = models.ForeignKey(
        "crm.Stage", models.DO_NOTHING, null=True, db_constraint=False, db_index=False
    )
    team = models.ForeignKey(
        "teams.Team", models.DO_NOTHING, null=True, db_constraint=False, db_index=False
    )
    salesperson = models.ForeignKey(
        "accounts.User",
        models.DO_NOTHING,
        null=True,
        db_constraint=False,
        db_index=False,
    )
    company = models.ForeignKey(
        "accounts.Company",
        models.DO_NOTHING,
        null=True,
        db_constraint=False,
        db_index=False,
    )
    records = models.BigIntegerField()
    expected_revenue = MoneyField()
    recurring_revenue_monthly = MoneyField()

    def __str__(self) -> str:
        return f"{self.records} × stage {self.stage_id}"
