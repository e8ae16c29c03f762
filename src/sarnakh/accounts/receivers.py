"""What happens when the log-in library tells of something."""

from typing import Any

from allauth.account import signals as account
from allauth.core import context
from allauth.mfa import signals as second_factor
from allauth.mfa.models import Authenticator
from django.contrib.auth import signals as auth
from django.http import HttpRequest

from sarnakh.accounts import audit, events, links, sessions
from sarnakh.accounts.audit import Event
from sarnakh.accounts.models import User

SHOWN_LOGIN = 254


def connect() -> None:
    """Listen; called once when the applications are ready."""
    auth.user_logged_in.connect(_begin_session)
    auth.user_login_failed.connect(_log_failure)
    auth.user_logged_out.connect(_log_logout)
    account.user_logged_in.connect(_log_login)
    for signal in (account.password_changed, account.password_set):
        signal.connect(_password_changed)
    second_factor.authenticator_added.connect(_second_factor_added)
    second_factor.authenticator_removed.connect(_second_factor_removed)
    second_factor.authenticator_reset.connect(_second_factor_reset)
    second_factor.authentication_failed.connect(_code_refused)


def _begin_session(request: HttpRequest, user: User, **kwargs: Any) -> None:
    sessions.begin(request.session, user)


def _log_login(user: User, **kwargs: Any) -> None:
    audit.record(Event.LOGIN, by=user)


def _log_failure(credentials: dict[str, Any], **kwargs: Any) -> None:
    # Outside a request nobody logs in: tests and commands may try a password.
    if context.request is not None:
        login = str(credentials.get("email", ""))[:SHOWN_LOGIN]
        audit.record(Event.LOGIN_FAILED, by=None, subject=login)


def _log_logout(user: User | None, **kwargs: Any) -> None:
    if user is not None:
        audit.record(Event.LOGOUT, by=user)


def _password_changed(request: HttpRequest, user: User, **kwargs: Any) -> None:
    """The session that made the change goes on, all others end."""
    sessions.end(user, keep=request.session.session_key)
    links.cancel(user)
    audit.record(Event.PASSWORD, by=user, subject=user.email)
    events.password_changed.send(sender=User, user=user)


def _second_factor_added(
    user: User, authenticator: Authenticator, **kwargs: Any
) -> None:
    _log_second_factor(user, authenticator, "added")


def _second_factor_removed(
    user: User, authenticator: Authenticator, **kwargs: Any
) -> None:
    _log_second_factor(user, authenticator, "removed")


def _second_factor_reset(
    user: User, authenticator: Authenticator, **kwargs: Any
) -> None:
    _log_second_factor(user, authenticator, "made anew")


def _log_second_factor(user: User, authenticator: Authenticator, change: str) -> None:
    audit.record(
        Event.SECOND_FACTOR,
        by=user,
        subject=user.email,
        kind=authenticator.type,
        change=change,
    )


def _code_refused(user: User, **kwargs: Any) -> None:
    audit.record(Event.LOGIN_FAILED, by=user, subject=user.email, step="code")
