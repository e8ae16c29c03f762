"""Trigrams of the search text, so that "contains" needs no scan."""

from django.db import migrations

from sarnakh.records.search_index import add_search_index


class Migration(migrations.Migration):
    dependencies = [
        ("invoicing", "0002_posting_and_reminders"),
    ]

    operations = [add_search_index("invoicing_invoice")]
