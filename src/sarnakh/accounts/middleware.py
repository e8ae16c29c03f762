"""Who is acting, in which language, and for how long."""

from collections.abc import Callable
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.auth.middleware import get_user
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.utils import timezone, translation
from django.utils.cache import patch_vary_headers

from sarnakh.accounts import sessions
from sarnakh.accounts.actor import Actor, actor_for
from sarnakh.accounts.models import User

COMPANIES = "companies"
YEAR = 365 * 24 * 3600


class ActingUser:
    """Sets `request.actor`, and speaks the user's language in the user's zone.

    `request.actor` is None for strangers. Their language is the one they chose
    (`?lang=`, remembered in a cookie), else one that the browser asks for, else
    Persian. Costs no statement beyond session and user with companies.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        user = _user(request)
        request.actor = _actor(request, user) if user else None  # type: ignore[attr-defined]
        language = user.language if user else _language_of_stranger(request)
        request.LANGUAGE_CODE = language
        with translation.override(language), timezone.override(_zone(user)):
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        if user is None:
            patch_vary_headers(response, ("Accept-Language", "Cookie"))
        _remember_language(request, response, language)
        return response


def _user(request: HttpRequest) -> User | None:
    """The user of a session that has not ended; ends it when it should have."""
    # Not the lazy one: every look at it would take a detour, and there are hundreds.
    user = get_user(request)
    if isinstance(user, User):
        request.user = user
        if not sessions.is_over(request.session):
            sessions.keep(request, user)
            return user
        request.session.flush()
    elif request.COOKIES.get(settings.SESSION_COOKIE_NAME) and (
        SESSION_KEY in request.session
    ):
        # The user of this session is archived.
        request.session.flush()
    else:
        return None
    request.user = AnonymousUser()
    return None


def _actor(request: HttpRequest, user: User) -> Actor:
    return actor_for(user, tuple(request.session.get(COMPANIES, ())))


def _language_of_stranger(request: HttpRequest) -> str:
    asked = request.GET.get("lang", "")
    if asked in dict(settings.LANGUAGES):
        return asked
    return translation.get_language_from_request(request)


def _zone(user: User | None) -> ZoneInfo | None:
    try:
        return ZoneInfo(user.timezone) if user else None
    except (ZoneInfoNotFoundError, ValueError):
        return None


def _remember_language(
    request: HttpRequest, response: HttpResponse, language: str
) -> None:
    """Keep the language for the time before the next log-in."""
    is_chosen = request.GET.get("lang") == language
    if not is_chosen and getattr(request, "actor", None) is None:
        return
    if request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME) != language:
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            language,
            max_age=YEAR,
            secure=settings.SESSION_COOKIE_SECURE,
            httponly=True,
            samesite="Lax",
        )
