"""Trigrams of the search text, so that "contains" needs no scan."""

from django.db import migrations

from sarnakh.records.search_index import add_search_index


class Migration(migrations.Migration):
    dependencies = [
        ("recurring", "0001_initial"),
        ("records", "0001_text_functions"),
    ]
    operations = [add_search_index("recurring_subscription")]
