"""Write a letter from a record; look at one, try it again, take it back."""

from typing import Any, cast

from django.contrib import messages
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    QueryDict,
)
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from sarnakh.accounts import interrupted
from sarnakh.accounts.actor import Actor
from sarnakh.accounts.interrupted import login_needed
from sarnakh.accounts.roles import Role
from sarnakh.discussion import addresses as places
from sarnakh.discussion import files as kept
from sarnakh.lib import email as addresses
from sarnakh.lib.errors import Refused
from sarnakh.mail import actions, composing, errors
from sarnakh.mail.models import Letter, LetterFile
from sarnakh.mail.purposes import Recipient
from sarnakh.records import rows
from sarnakh.records.rich_text import sanitized
from sarnakh.records.types import by_name

MOST_TEXT = 1_000_000


@login_needed
@require_http_methods(["GET", "POST"])
def write(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """The page "Send by email": words may be edited before they leave."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    try:
        purpose, record = composing.find(code, pk, actor)
    except KeyError:
        raise Http404 from None
    back = _page_of(purpose.record_type, pk)
    made = composing.draft(record, purpose)
    typed: QueryDict | None = request.POST if request.method == "POST" else None
    typed = typed or interrupted.take(request, request.path)
    context: dict[str, Any] = {
        "purpose": purpose,
        "record": record,
        "back": back,
        "runs": composing.direction_of(made.language),
        "to": ", ".join(_written(one) for one in made.recipients),
        "subject": made.subject,
        "body": made.body,
    }
    if typed is not None:
        context |= {name: typed.get(name, "") for name in ("to", "subject", "body")}
    if request.method == "POST":
        try:
            recipients = read_recipients(request.POST.get("to", ""))
            body = request.POST.get("body", "")[:MOST_TEXT]
            letters = composing.send(
                record,
                purpose,
                recipients=recipients,
                subject=request.POST.get("subject", ""),
                body=body,
                language=made.language,
                attachments=composing.papers(record, purpose, made.language),
                by=actor,
            )
        except Refused as refusal:
            context["error"] = refusal.message
        else:
            text = ngettext(
                "The letter is on its way.", "%(count)s letters are on their way.",
                len(letters),
            )  # fmt: skip
            messages.success(request, text % {"count": len(letters)})
            return redirect(back)
    context["shown"] = mark_safe(sanitized(context["body"]))  # noqa: S308
    status = 422 if "error" in context else 200
    return render(request, "mail/write.html", context, status=status)


@login_needed
@require_GET
def letter(request: HttpRequest, pk: int) -> HttpResponse:
    """A letter as it left, without its secret link."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    found = find_letter(pk, actor, "read")
    return render(
        request,
        "mail/show.html",
        {
            "letter": found,
            "files": found.files.all(),
            "runs": composing.direction_of(found.language),
            "body": mark_safe(sanitized(found.body)),  # noqa: S308
            "back": _page_of(found.record_type, found.record_id),
            "may_write": _may_write(found, actor),
        },
    )


@login_needed
@require_GET
def file(request: HttpRequest, pk: int, file_pk: int) -> HttpResponse:
    """Something attached to a letter."""
    found = find_letter(pk, request.actor, "read")  # type: ignore[attr-defined]
    attached = get_object_or_404(LetterFile, pk=file_pk, letter=found)
    answer = kept.response_of(attached.digest, attached.name, attached.media_type)
    # A stream is no HttpResponse by its class, but answers like one.
    return cast("HttpResponse", answer)


@login_needed
@require_POST
def retry(request: HttpRequest, pk: int) -> HttpResponse:
    """Try a failed letter again."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    found = actions.retry(find_letter(pk, actor, "write"), by=actor)
    messages.success(request, _("The letter is on its way."))
    return redirect(_page_of(found.record_type, found.record_id))


@login_needed
@require_POST
def cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a waiting letter back."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    found = actions.cancel(find_letter(pk, actor, "write"), by=actor)
    messages.success(request, _("The letter will not be sent."))
    return redirect(_page_of(found.record_type, found.record_id))


def find_letter(pk: int, actor: Actor, verb: rows.Verb) -> Letter:
    """A letter of a record that the actor may read or write; else not found.

    Administrators reach all letters of their companies.
    """
    found = Letter.objects.filter(pk=pk).first()
    if found is None:
        raise Http404
    if actor.has(Role.ADMINISTRATOR) and found.company_id in actor.company_ids:
        return found
    if not found.record_type or not found.record_id:
        raise Http404
    rows.find(by_name(found.record_type), found.record_id, actor, verb)
    return found


def read_recipients(text: str) -> list[Recipient]:
    """`Name <address>, address` as typed; what is no address is refused by name."""
    actions.checked_header(text)
    found = []
    for part in text.replace("؛", ",").replace(";", ",").replace("،", ",").split(","):
        if not part.strip():
            continue
        address = addresses.normalize(part)
        if not address:
            raise errors.WrongAddress(part.strip())
        name = addresses.display_name(part)
        found.append(Recipient(address, "" if name == address else name))
    if not found:
        raise errors.NoRecipient
    return found


def _page_of(record_type: str, pk: int | None) -> str:
    return places.address(record_type, pk) if record_type and pk else reverse("home")


def _written(one: Recipient) -> str:
    name = one.name.replace(",", " ").replace("<", " ").replace(">", " ")
    return f"{name} <{one.email}>" if name.strip() else one.email


def _may_write(found: Letter, actor: Actor) -> bool:
    if actor.has(Role.ADMINISTRATOR):
        return True
    record_type = by_name(found.record_type)
    record = rows.visible(record_type, actor, "write").filter(pk=found.record_id)
    return record.exists()
