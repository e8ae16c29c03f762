"""Demo companies, loaded once for all tests of this room and taken back afterwards."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from django.test import override_settings

from sarnakh.crm.models import LeadTally
from sarnakh.demo import actions
from sarnakh.demo.logins import Login

HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(scope="module")
def room(tmp_path_factory: Any, django_db_setup: None) -> Iterator[Path]:
    """A data folder of its own, and quick hashes."""
    folder = tmp_path_factory.mktemp("data")
    with override_settings(DATA=folder, PASSWORD_HASHERS=HASHERS, PRODUCTION=False):
        yield folder


@pytest.fixture(scope="module")
def loaded(room: Path, django_db_blocker: Any) -> Iterator[list[Login]]:
    """All demo companies; gone at the end of the module."""
    with django_db_blocker.unblock(), transaction.atomic():
        # Tests that empty tables leave their deductions in the tally.
        LeadTally.objects.all().delete()
        yield actions.load()
        transaction.set_rollback(True)


@pytest.fixture
def demo(loaded: list[Login]) -> Iterator[list[Login]]:
    """The demo for one test, which may change it."""
    with transaction.atomic():
        yield loaded
        transaction.set_rollback(True)
