"""What every page offers: a question, being seen, the logo."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from sarnakh.accounts import limits
from sarnakh.accounts.models import User
from sarnakh.discussion import actions as discussion
from sarnakh.discussion import files as kept
from sarnakh.discussion.entries import clean_html
from sarnakh.discussion.models import Message
from sarnakh.lib.errors import Refused
from sarnakh.portal.models import PageView
from sarnakh.portal.pages import Visit
from sarnakh.records.types import by_name

LONGEST = 5_000
SHOWN = 50


def address(visit: Visit, action: str = "") -> str:
    """A path below the visited page."""
    if not action:
        return reverse("portal:page", args=[visit.token])
    return reverse("portal:action", args=[visit.token, action])


def frame(visit: Visit, **more: Any) -> dict[str, Any]:
    """What `portal/base.html` needs."""
    return {
        "visit": visit,
        "company": visit.company,
        "profile": visit.profile,
        "language": visit.profile.language,
        "direction": "rtl" if visit.profile.language in {"fa", "ar"} else "ltr",
        "theme": "auto",
        "conversation": conversation(visit),
        "base": address(visit),
        **more,
    }


def conversation(visit: Visit) -> list[dict[str, Any]]:
    """What was said aloud: messages, never notes or history."""
    messages = (
        Message.objects.filter(
            record_type=visit.page.record_type,
            record_id=visit.record.pk,
            kind=Message.Kind.MESSAGE,
            is_removed=False,
        )
        .select_related("author")
        .order_by("-id")[:SHOWN]
    )
    return [
        {
            "name": one.author.name if one.author else one.author_name,
            "is_customer": one.author is None and bool(one.author_name),
            "at": one.at,
            "body": clean_html(one.body),
        }
        for one in messages
    ]


def ask(request: HttpRequest, visit: Visit) -> HttpResponse:
    """A question of the customer lands in the conversation of the record."""
    if not limits.is_within(request, "portal_post"):
        return limits.too_many_requests(request)
    text = request.POST.get("question", "")
    record_type = by_name(visit.page.record_type)
    try:
        if len(text) > LONGEST:
            raise discussion.TooLong
        discussion.post_for_stranger(
            visit.record,
            record_type,
            text,
            visit.customer,
            tell=visit.page.listeners(visit.record),
            by=visit.by,
        )
    except Refused as refusal:
        return again(
            request,
            visit,
            question_error=refusal.message,
            question=text[: 2 * LONGEST],
        )
    return done(request, visit, _("Thank you. We have received your message."))


def seen(request: HttpRequest, visit: Visit) -> HttpResponse:
    """The page was really looked at: once a day that is told."""
    if not visit.is_ours:
        today = visit.profile.today()
        view, _made = PageView.objects.get_or_create(
            record_type=visit.page.record_type, record_id=visit.record.pk, day=today
        )
        # Whoever turns the mark tells it, so that of two at once only one does.
        if PageView.objects.filter(pk=view.pk, is_told=False).update(is_told=True):
            _tell_seen(visit)
    return HttpResponse(status=204)


def _tell_seen(visit: Visit) -> None:
    with translation.override(visit.company.language):
        text = _("%(name)s has looked at the document online.")
        text %= {"name": visit.customer}
    discussion.log(
        visit.record,
        by_name(visit.page.record_type),
        text,
        name=visit.customer,
        tell=visit.page.listeners(visit.record),
        by=visit.by,
    )


def logo(request: HttpRequest, visit: Visit) -> HttpResponse:
    """The company's logo."""
    return logo_response(visit.company.logo_digest)


def logo_response(digest: str) -> HttpResponse:
    """A stored logo as a picture; 404 without one."""
    from sarnakh.portal.branding import media_type

    try:
        data = kept.read_bytes(digest)
    except FileNotFoundError:
        raise Http404 from None
    response = HttpResponse(data, content_type=media_type(data))
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response


def done(request: HttpRequest, visit: Visit, text: str) -> HttpResponse:
    """Back to the page with a word of thanks."""
    messages.success(request, text)
    target = address(visit)
    if request.headers.get("HX-Request"):
        return HttpResponse(status=204, headers={"HX-Redirect": target})
    return redirect(target)


def again(request: HttpRequest, visit: Visit, **more: Any) -> HttpResponse:
    """The page once more with what was wrong; what was typed is still there."""
    request.portal_again = more  # type: ignore[attr-defined]
    response = visit.page.show(request, visit)
    response.status_code = 422
    response._has_been_logged = True  # type: ignore[attr-defined]
    return response


def fault(
    request: HttpRequest, visit: Visit, target: str, message: str
) -> HttpResponse:
    """Only the message, for forms whose drawing must stay on the page."""
    if request.headers.get("HX-Request"):
        response = render(
            request, "portal/_fault.html", {"message": message}, status=422
        )
        response._has_been_logged = True  # type: ignore[attr-defined]
        return response
    return again(request, visit, **{target: message})


def listeners_of(*users: User | None) -> list[int]:
    """Ids of those who are somebody."""
    return [user.pk for user in users if user is not None]
