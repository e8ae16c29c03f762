"""Triggers that keep the counts and sums of the board."""

from django.db import migrations

from sarnakh.crm.tally import triggers


def create(apps, schema_editor):
    for statement in triggers.statements(schema_editor.connection.vendor):
        schema_editor.execute(statement)


def drop(apps, schema_editor):
    on_table = " ON crm_lead" if schema_editor.connection.vendor == "postgresql" else ""
    for event in ("insert", "update", "delete"):
        schema_editor.execute(f"DROP TRIGGER lead_tally_{event}{on_table}")
        if on_table:
            schema_editor.execute(f"DROP FUNCTION lead_tally_{event}()")


class Migration(migrations.Migration):
    dependencies = [("crm", "0001_initial")]
    operations = [migrations.RunPython(create, drop)]
