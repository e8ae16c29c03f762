"""Too many requests: the answer, and the counting that all processes share.

Rates stand in the settings (`ACCOUNT_RATE_LIMITS`), counters in the shared cache.
"""

from allauth.core import ratelimit
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.core.internal import ratelimit as counting
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

RETRY_AFTER = 60


def too_many_requests(request: HttpRequest) -> HttpResponse:
    """The translated page with status 429; `handler429` of the log-in pages."""
    response = render(request, "accounts/too_many.html", status=429)
    response["Retry-After"] = str(RETRY_AFTER)
    return response


def is_within(request: HttpRequest, action: str, key: str = "") -> bool:
    """Count one attempt; False when there were too many."""
    # Their public door counts no GET, but secret links are guessed by GET.
    usage = counting.consume(
        request, app="allauth.account", action=action, key=key, limit_get=True
    )
    return bool(usage)


def limit(request: HttpRequest, action: str, key: str = "") -> None:
    """Count one attempt; answer 429 at once when there were too many."""
    if not is_within(request, action, key):
        raise ImmediateHttpResponse(too_many_requests(request))


def forgive(request: HttpRequest, action: str, key: str = "") -> None:
    """Forget the attempts counted so far."""
    ratelimit.clear(request, action=action, key=key)
