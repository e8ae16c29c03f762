"""A manager with a team, a browser, and a calendar that stands still."""

import pytest
from django.test import Client

from sarnakh.accounts.actor import Actor
from sarnakh.crm.tests.factories import make_team, manager
from sarnakh.teams.models import Team


@pytest.fixture
def by() -> Actor:
    return manager()


@pytest.fixture
def team(by: Actor) -> Team:
    return make_team(by.user, company=by.company, uses_leads=True, uses_quotations=True)


@pytest.fixture
def browser(by: Actor) -> Client:
    client = Client()
    client.force_login(by.user, backend="sarnakh.accounts.backend.ByEmail")
    return client
