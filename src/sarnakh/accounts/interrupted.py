"""A form sent after the session had ended: nothing typed is lost.

What was posted waits in the anonymous session, goes through the log-in with it, and
is handed back once to the page of the form. Passwords, tokens and files are not kept.
"""

import re
import time
from collections.abc import Callable
from functools import wraps
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import resolve_url
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from sarnakh.accounts import limits

View = Callable[..., HttpResponse]

KEY = "interrupted"
LARGEST = 200 * 1024
KEPT_FOR = 12 * 3600
_SECRET = re.compile("password|secret|token", re.IGNORECASE)


def login_needed(view: View) -> View:
    """Let a view answer only people who are logged in; others log in first.

    They come back to where they were, and a form they sent comes back filled in.
    """

    @wraps(view)
    def guarded(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        if getattr(request, "actor", None) is None:
            return _to_login(request)
        return view(request, *args, **kwargs)

    guarded.login_needed = True  # type: ignore[attr-defined]
    return guarded


def take(request: HttpRequest, path: str) -> QueryDict | None:
    """What was posted from the page `path` before the log-in; only once."""
    waiting = request.session.get(KEY)
    if not waiting or waiting["path"] != path:
        return None
    del request.session[KEY]
    if time.time() - waiting["at"] > KEPT_FOR:
        return None
    return QueryDict(waiting["data"])


def _to_login(request: HttpRequest) -> HttpResponse:
    page = _page(request)
    if request.method == "POST" and _keep(request, urlsplit(page).path):
        messages.info(
            request,
            _("Your session had ended. After the log-in, what you typed is back."),
        )
    address = f"{resolve_url(settings.LOGIN_URL)}?{urlencode({'next': page})}"
    if request.headers.get("HX-Request"):
        # A fragment of a page cannot show the log-in; the whole page goes there.
        return HttpResponse(headers={"HX-Redirect": address})
    return HttpResponseRedirect(address)


def _page(request: HttpRequest) -> str:
    """The page to come back to: for a form sent, the one that shows it."""
    if request.method == "GET" and not request.headers.get("HX-Request"):
        return request.get_full_path()
    for header in ("HX-Current-URL", "Referer"):
        shown = request.headers.get(header, "")
        if shown and url_has_allowed_host_and_scheme(shown, {request.get_host()}):
            parts = urlsplit(shown)
            return parts.path + (f"?{parts.query}" if parts.query else "")
    return request.path


def _keep(request: HttpRequest, path: str) -> bool:
    fields = request.POST.copy()
    for name in list(fields):
        if _SECRET.search(name):
            del fields[name]
    data = fields.urlencode()
    if not fields or len(data) > LARGEST or not limits.is_within(request, KEY):
        return False
    request.session[KEY] = {"path": path, "data": data, "at": int(time.time())}
    return True
