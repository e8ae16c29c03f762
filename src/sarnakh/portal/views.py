"""Every visit begins here: limits, token, record, language, headers."""

from typing import Any
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone, translation
from django.views.decorators.csrf import csrf_exempt

from sarnakh.accounts import limits
from sarnakh.accounts.actor import system_actor
from sarnakh.accounts.roles import Role
from sarnakh.portal import common, links
from sarnakh.portal.pages import PAGES, Page, View, Visit, profile_of

COMMON_ACTS = {"ask": common.ask, "seen": common.seen}
COMMON_VIEWS = {"logo": common.logo}


@csrf_exempt
def page(request: HttpRequest, token: str, action: str = "") -> HttpResponse:
    """A page behind a secret link, or one polite answer for all that is not.

    The token in the address is the right, no cookie is: whoever could forge a form
    knows the token already. Browsers hide the origin of pages without a referrer,
    so the usual check would refuse everybody.
    """
    if not limits.is_within(request, "portal"):
        return quiet(limits.too_many_requests(request))
    visit = visited(request, token)
    view = view_of(request, visit, action) if visit else None
    if visit is None or view is None:
        if not limits.is_within(request, "portal_wrong"):
            return quiet(limits.too_many_requests(request))
        return unavailable(request)
    with (
        translation.override(visit.profile.language),
        timezone.override(ZoneInfo(visit.profile.tz.key)),
    ):
        request.LANGUAGE_CODE = visit.profile.language
        response = view(request, visit)
    response.headers.setdefault("Content-Language", visit.profile.language)
    return quiet(response)


def visited(request: HttpRequest, token: str) -> Visit | None:
    """Who visits what; None for every reason why not, after the same work."""
    opened = links.open(token)
    shown = PAGES.get(opened.purpose) if opened else None
    # A token that is wrong costs a look into the table like one that expired.
    asked = shown or next(iter(PAGES.values()), None)
    record = asked.find(opened.pk if opened and shown else 0) if asked else None
    if record is None or shown is None or opened is None:
        return None
    if opened.record_type != shown.record_type:
        return None
    if record.link_generation != opened.generation or not shown.is_open(record):
        return None
    return visit_of(shown, record, token, request)


def visit_of(shown: Page, record: Any, token: str, request: HttpRequest) -> Visit:
    """A visit to a record that is open."""
    company = shown.company(record)
    actor = getattr(request, "actor", None)
    return Visit(
        page=shown,
        record=record,
        company=company,
        profile=profile_of(shown, record),
        token=token,
        # Reason: the token is the right; it opens this record and nothing else.
        by=system_actor(company),
        is_ours=actor is not None and actor.has(Role.INTERNAL),
    )


def view_of(request: HttpRequest, visit: Visit, action: str) -> View | None:
    """What answers: GET shows, POST acts; None for anything else."""
    page = visit.page
    if request.method in {"GET", "HEAD"}:
        if not action:
            return page.show
        return page.views.get(action) or COMMON_VIEWS.get(action)
    if request.method == "POST":
        return page.acts.get(action) or COMMON_ACTS.get(action)
    return None


def unavailable(request: HttpRequest) -> HttpResponse:
    """The one answer to wrong, expired, revoked and deleted: it tells nothing."""
    response = render(request, "portal/unavailable.html", status=404)
    # Django would log the path, and with it the token.
    response._has_been_logged = True  # type: ignore[attr-defined]
    return quiet(response)


def quiet(response: HttpResponse) -> HttpResponse:
    """Headers of every page with a token in its address."""
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    response.headers["Cache-Control"] = "no-store, private"
    return response


@csrf_exempt
def returned(request: HttpRequest, opaque: str) -> HttpResponse:
    """A payment provider sends the customer back, by GET or POST.

    Another host posts here, so no form token can come with it: nothing it says is
    believed before the provider itself confirms it.
    """
    from sarnakh.portal.payments import pages as payment_pages

    if not limits.is_within(request, "portal"):
        return quiet(limits.too_many_requests(request))
    found = payment_pages.returned(request, opaque)
    if found is None:
        limits.is_within(request, "portal_wrong")
        return unavailable(request)
    return quiet(found)


@csrf_exempt
def demo_bank(request: HttpRequest, opaque: str) -> HttpResponse:
    """The invented bank of the demo provider."""
    from sarnakh.portal.payments import pages as payment_pages

    found = payment_pages.demo_bank(request, opaque)
    return unavailable(request) if found is None else quiet(found)
