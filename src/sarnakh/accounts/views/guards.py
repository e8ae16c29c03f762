"""Who may open a page of this room."""

from functools import wraps

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse

from sarnakh.accounts.actor import Actor
from sarnakh.accounts.interrupted import View, login_needed
from sarnakh.accounts.roles import Role


def acting(request: HttpRequest) -> Actor:
    """The acting user of a page that needs log-in."""
    actor: Actor | None = getattr(request, "actor", None)
    if actor is None:
        raise PermissionDenied
    return actor


def manager_needed(view: View) -> View:
    """Only for settings managers; others are told so."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        if not acting(request).has(Role.ADMINISTRATOR):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return login_needed(guarded)
