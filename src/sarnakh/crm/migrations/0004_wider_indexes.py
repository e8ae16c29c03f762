"""Indexes that answer alone: with the company, with what breaks ties, for any value."""

from django.db import migrations, models

WIDER = {
    "lead_activity": models.Index(
        fields=[
            "kind",
            "active",
            "stage",
            "activity_overdue_from",
            "activity_today_from",
            "salesperson",
            "company",
        ],
        name="lead_activity",
        condition=models.Q(activity_today_from__isnull=False),
    ),
    "lead_list": models.Index(
        fields=["kind", "active", "-priority", "-id", "company"], name="lead_list"
    ),
    "lead_by_revenue": models.Index(
        fields=["kind", "active", "-expected_revenue", "-priority", "-id"],
        name="lead_by_revenue",
    ),
    "lead_by_name": models.Index(
        fields=["kind", "active", "sort_key", "-priority", "-id"], name="lead_by_name"
    ),
    "lead_email": models.Index(fields=["email_normalized"], name="lead_email"),
    "lead_domain": models.Index(fields=["email_domain_criterion"], name="lead_domain"),
    "lead_phone": models.Index(fields=["phone_e164"], name="lead_phone"),
}


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0001_initial"),
        ("crm", "0003_search_index"),
    ]
    operations = [
        operation
        for name, index in WIDER.items()
        for operation in (
            migrations.RemoveIndex("lead", name),
            migrations.AddIndex("lead", index),
        )
    ]
