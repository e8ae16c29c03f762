"""Loading the demo companies and taking them away again."""

import datetime as dt
from collections.abc import Sequence

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone, translation

from sarnakh.accounts import actions as accounts
from sarnakh.accounts import audit
from sarnakh.accounts.actor import Actor
from sarnakh.accounts.models import Company, User
from sarnakh.accounts.roles import Role
from sarnakh.demo import logins, queries, removal
from sarnakh.demo.dating import date_back
from sarnakh.demo.drawing import draw
from sarnakh.demo.errors import (
    NoBeginning,
    NobodyLeft,
    OnlyInDemo,
    Production,
    RealPeople,
)
from sarnakh.demo.logins import Login
from sarnakh.demo.script import Script
from sarnakh.demo.scripts import SCRIPTS
from sarnakh.demo.trading import Trader
from sarnakh.demo.writing import Writer


@transaction.atomic
def load(
    languages: Sequence[str] = tuple(SCRIPTS), *, now: dt.datetime | None = None
) -> list[Login]:
    """Make the demo companies in an empty database; returns and keeps the log-ins.

    Lists that all companies share are in the first language. Twice is once: what is
    loaded stays as people have changed it. Refuses a production system and a database
    in which somebody works.
    """
    if settings.PRODUCTION:
        raise Production
    if queries.is_loaded():
        return logins.kept()
    if User.objects.exists() or Company.objects.exists():
        raise RealPeople
    now = now or timezone.now()
    found: list[Login] = []
    for language in languages:
        found += _load_one(SCRIPTS[language], now, is_first=not found)
    logins.keep(found)
    return found


@transaction.atomic
def remove(*, by: Actor, beginning: removal.Beginning | None = None) -> str | None:
    """Delete the demo companies with everything in them, and the demo users.

    When nothing else is there, `beginning` says which company takes their place; the
    link by which its manager chooses a password is returned. Nothing happens when
    there is no demo.
    """
    if not by.has(Role.ADMINISTRATOR):
        raise PermissionDenied
    if not queries.is_loaded():
        return None
    begins = queries.is_all_there_is()
    if stuck := removal.people_without_company():
        raise OnlyInDemo("، ".join(user.name for user in stuck))
    if begins and beginning is None:
        raise NoBeginning
    names = ", ".join(queries.companies().values_list("name", flat=True))
    audit.record("demo-removed", by=by, subject=names)
    removal.remove_everything(and_lists=begins)
    transaction.on_commit(logins.forget)
    if begins and beginning:
        return accounts.set_up(
            company=beginning.company,
            name=beginning.name,
            email=beginning.email,
            language=beginning.language,
        )
    if not any(
        Role.ADMINISTRATOR in user.role_set
        for user in User.objects.filter(is_active=True)
    ):
        raise NobodyLeft
    return None


def _load_one(script: Script, now: dt.datetime, *, is_first: bool) -> list[Login]:
    passwords = {login: logins.new_password() for login in script.shown_logins}
    with translation.override(script.language):
        writer = Writer(script, draw(script, now), passwords, now)
        writer.write_people()
        writer.write_lists(is_first=is_first)
        writer.write_contacts()
        writer.write_deals()
        date_back(writer)
        Trader(writer).write()
    workers = {worker.login: worker for worker in script.workers}
    return [
        Login(
            language=script.language,
            role=workers[login].role,
            name=workers[login].name,
            email=writer.address(login),
            password=password,
        )
        for login, password in passwords.items()
    ]
