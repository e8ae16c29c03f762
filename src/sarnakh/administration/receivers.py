"""What follows when an installation gets its first company."""

from typing import Any

from django.apps import apps
from django.db import connections
from django.db.migrations.executor import MigrationExecutor
from django.db.models.signals import post_migrate
from django.dispatch import receiver

from sarnakh.accounts.events import company_created, company_set_up
from sarnakh.accounts.models import Company
from sarnakh.administration.seed import seed, seed_companies, seed_company


@receiver(company_set_up)
def bring_reference_data(sender: Any, company: Company, **_rest: Any) -> None:
    """Nobody starts with an empty pipeline."""
    seed(company)


@receiver(company_created)
def bring_company_data(sender: Any, company: Company, **_rest: Any) -> None:
    """No company starts without taxes and terms."""
    seed_company(company)


@receiver(post_migrate)
def bring_older_companies_up(sender: Any, using: str, **_rest: Any) -> None:
    """After an upgrade older companies get what newer ones begin with."""
    # Told once for each app with tables, after all of them have been changed.
    if sender is not apps.get_app_config("accounts"):
        return
    connection = connections[using]
    table = Company._meta.db_table
    if using != "default" or table not in connection.introspection.table_names():
        return
    if not Company.objects.values("pk").exists():
        return
    # Somebody may have stopped halfway, where tables are not yet what models say.
    executor = MigrationExecutor(connection)
    if not executor.migration_plan(executor.loader.graph.leaf_nodes()):
        seed_companies()
