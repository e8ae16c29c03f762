"""Lock the audit log against change and removal."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from sarnakh.accounts import audit_triggers


def lock(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    audit_triggers.install(editor.connection)


def unlock(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    audit_triggers.remove(editor.connection)


class Migration(migrations.Migration):
    """After the table itself."""

    dependencies = (("accounts", "0001_initial"),)
    operations = (migrations.RunPython(lock, unlock),)
