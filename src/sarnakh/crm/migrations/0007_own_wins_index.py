"""What a person has won in a year, from an index alone."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("crm", "0006_activity_names")]
    operations = [
        migrations.AddIndex(
            "lead",
            models.Index(
                fields=["salesperson", "date_closed", "expected_revenue"],
                condition=models.Q(active=True, is_won=True),
                name="lead_own_wins",
            ),
        ),
    ]
