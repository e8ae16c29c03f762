"""A small sales company whose people import and export."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.utils import translation

from sarnakh.accounts.actor import Actor
from sarnakh.accounts.models import Company
from sarnakh.accounts.tests.factories import make_company
from sarnakh.crm.tests.factories import make_stages, manager


@pytest.fixture(autouse=True)
def own_files(settings: LazySettings, tmp_path: Path) -> None:
    """Uploads of a test stay with the test."""
    settings.DATA = tmp_path / "data"


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    """Outside of requests, words are those of the code."""
    with translation.override("en"):
        yield


@pytest.fixture
def company(db: None) -> Company:
    """A company of dollars, with stages."""
    found = make_company(currency="USD", language="en", calendar="gregorian")
    make_stages()
    return found


@pytest.fixture
def boss(company: Company) -> Actor:
    """The sales administrator."""
    return manager(company=company, calendar="gregorian", timezone="UTC")
