"""Start-up refuses settings under which saved data may be lost."""

import pytest
from django.db import connection

from sarnakh.administration import checks

pytestmark = pytest.mark.skipif(
    connection.vendor != "sqlite", reason="about SQLite's settings"
)


@pytest.mark.django_db(transaction=True)
def test_the_settings_of_this_installation_pass():
    assert checks.check_transaction_mode(None) == []
    assert checks.check_pragmas(None, databases=["default"]) == []


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("name", "value"), [("synchronous", "NORMAL"), ("foreign_keys", "OFF")]
)
def test_a_live_pragma_that_is_wrong_is_named(name, value):
    wanted = checks.PRAGMAS[name][1]
    with connection.cursor() as cursor:
        cursor.execute(f"PRAGMA {name}={value}")
        try:
            [fault] = checks.check_pragmas(None, databases=["default"])
        finally:
            cursor.execute(f"PRAGMA {name}={wanted}")
    assert fault.id == "administration.E002"
    assert name in fault.msg


def test_deferred_transactions_are_refused(monkeypatch):
    options = connection.settings_dict["OPTIONS"]
    monkeypatch.setitem(options, "transaction_mode", "DEFERRED")
    [fault] = checks.check_transaction_mode(None)
    assert fault.id == "administration.E001"
