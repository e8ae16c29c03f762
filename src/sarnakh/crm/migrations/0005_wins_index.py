"""The best deals of a team in the last days, from an index alone."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("crm", "0004_wider_indexes")]
    operations = [
        migrations.AddIndex(
            "lead",
            models.Index(
                fields=[
                    "team",
                    "probability",
                    "date_closed",
                    "active",
                    "expected_revenue",
                ],
                name="lead_wins",
            ),
        ),
    ]
