"""Log-in sessions: how long they live, who has which, ending them."""

import time
from importlib import import_module
from typing import Any

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.sessions.backends.base import SessionBase
from django.http import HttpRequest
from django.utils import timezone

from sarnakh.accounts.models import User

BEGAN, SEEN, ROLES = "began", "seen", "roles"
IDLE = 7 * 24 * 3600
ABSOLUTE = 30 * 24 * 3600
# "Last seen" is written this often, so that most requests write nothing.
TOUCHED_EVERY = 15 * 60


def begin(session: SessionBase, user: User) -> None:
    """Note when the session began and with which roles."""
    session[BEGAN] = session[SEEN] = int(time.time())
    session[ROLES] = sorted(user.roles)


def is_over(session: SessionBase) -> bool:
    """Whether it was idle for seven days or began thirty days ago."""
    now = time.time()
    began, seen = session.get(BEGAN, 0), session.get(SEEN, 0)
    return bool(now - began > ABSOLUTE or now - seen > IDLE)


def keep(request: HttpRequest, user: User) -> None:
    """Write "last seen" now and then; give a new id when the roles have changed."""
    session = request.session
    if session.get(ROLES) != sorted(user.roles):
        _renew(session, user)
    elif time.time() - session[SEEN] > TOUCHED_EVERY:
        session[SEEN] = int(time.time())
        UserSession.objects.filter(session_key=session.session_key).update(
            last_seen_at=timezone.now()
        )


def of(user: User) -> list[UserSession]:
    """Sessions of the user that are still good, the latest first."""
    sessions = UserSession.objects.purge_and_list(user)
    return sorted(sessions, key=lambda one: one.last_seen_at, reverse=True)


def end(user: User, *, keep: str | None = None) -> int:
    """End all sessions of the user but the one with the key `keep`."""
    rows = UserSession.objects.filter(user=user)
    if keep:
        rows = rows.exclude(session_key=keep)
    keys = list(rows.values_list("session_key", flat=True))
    store = _store()
    for key in keys:
        store.delete(key)
    rows.delete()
    return len(keys)


def device(agent: str) -> str:
    """Browser and system in words people know, from a User-Agent header."""
    browser = next((name for mark, name in BROWSERS if mark in agent), "")
    system = next((name for mark, name in SYSTEMS if mark in agent), "")
    return " · ".join(part for part in (browser, system) if part)


# The first mark that is found counts: several browsers name their ancestors as well.
BROWSERS = (
    ("Edg/", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser/", "Samsung Internet"),
    ("Firefox/", "Firefox"),
    ("FxiOS/", "Firefox"),
    ("Chrome/", "Chrome"),
    ("CriOS/", "Chrome"),
    ("Safari/", "Safari"),
)
SYSTEMS = (
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Mac OS X", "macOS"),
    ("Linux", "Linux"),
)


def _renew(session: SessionBase, user: User) -> None:
    old = session.session_key
    session[ROLES] = sorted(user.roles)
    session.cycle_key()
    UserSession.objects.filter(session_key=old).update(session_key=session.session_key)


def _store() -> Any:
    return import_module(settings.SESSION_ENGINE).SessionStore()
