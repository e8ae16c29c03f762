"""A database with the made-up records, and people who look at them."""

from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import pytest
from django.apps import AppConfig, apps
from django.db import connection

from sarnakh.accounts.actor import Actor
from sarnakh.accounts.models import Company, User
from sarnakh.accounts.roles import Role, closure
from sarnakh.records.types import catalogue

from . import rows_to_ask
from .sample.models import MODELS

SAMPLE = "sarnakh.records.tests.conditions.sample.apps.SampleConfig"


@pytest.fixture(scope="package")
def sample_tables(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """Install the sample app and its tables for the time of these tests."""
    config = AppConfig.create(SAMPLE)
    config.apps = apps
    config.import_models()
    apps.app_configs[config.label] = config
    apps.clear_cache()
    with django_db_blocker.unblock():
        with connection.schema_editor() as editor:
            for model in MODELS:
                editor.create_model(model)
        yield
        with connection.schema_editor() as editor:
            for model in reversed(MODELS):
                editor.delete_model(model)
    del apps.app_configs[config.label]
    apps.clear_cache()


@pytest.fixture
def described(sample_tables: None, settings: Any, db: None) -> Iterator[None]:
    """The sample types are the only ones there are."""
    settings.RECORD_TYPES = f"{SAMPLE.rpartition('.apps')[0]}.types.TYPES"
    catalogue.all_types.cache_clear()
    catalogue._types_by_model.cache_clear()
    yield
    catalogue.all_types.cache_clear()
    catalogue._types_by_model.cache_clear()


@pytest.fixture
def world(described: None) -> SimpleNamespace:
    """People, and deals of every make; see `rows_to_ask`."""
    company = Company.objects.create(name="شرکت", currency="USD")
    me = User.objects.create(email="me@example.com", name="من", company=company)
    other = User.objects.create(email="o@example.com", name="Other", company=company)
    world = SimpleNamespace(company=company, me=me, other=other)
    world.actor = actor(world)
    rows_to_ask.fill(world)
    return world


def actor(
    world: SimpleNamespace, *roles: Role, teams: tuple[int, ...] = (7, 8)
) -> Actor:
    """The user `me` with roles; by default a salesperson who sees everything."""
    found = Actor(
        user=world.me,
        company=world.company,
        company_ids=(world.company.pk,),
        roles=closure(roles or (Role.SALES_ALL,)),
    )
    found.__dict__["team_ids"] = teams
    return found
