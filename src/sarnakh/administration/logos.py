"""The logo of a company: a file like any other, named by its digest."""

from typing import cast

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from sarnakh.accounts import actions, queries
from sarnakh.accounts.actor import Actor
from sarnakh.accounts.interrupted import login_needed
from sarnakh.accounts.models import Company
from sarnakh.accounts.roles import Role
from sarnakh.administration.types import COMPANIES
from sarnakh.discussion import files
from sarnakh.lib.errors import Refused
from sarnakh.records.models import StoredFile

LIMIT = 2 * 1024 * 1024
# What printing can draw.
PICTURES = frozenset({"image/png", "image/jpeg"})


class NoPicture(Refused):
    """A logo has to be drawn on paper."""

    def __init__(self) -> None:
        super().__init__(
            _("Choose a PNG or JPEG picture of at most 2 MB."), "no-picture"
        )


@login_needed
@require_http_methods(["GET", "POST"])
def company_logo(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the logo to people of the company; settings managers change it."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    company = get_object_or_404(queries.companies_of(actor), pk=pk)
    if request.method == "GET":
        # A stream is an answer as well; only their types differ.
        return cast("HttpResponse", files.response(_file(company)))
    if not actor.has(Role.ADMINISTRATOR):
        raise PermissionDenied
    upload = request.FILES.get("logo")
    try:
        if upload is None and "remove" not in request.POST:
            raise NoPicture
        keep(company, None if "remove" in request.POST else upload, by=actor)
    except Refused as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, _("Saved."))
    return redirect("accounts:company", pk=pk)


@transaction.atomic
def keep(company: Company, upload: UploadedFile | None, *, by: Actor) -> None:
    """Keep a new logo, or none; the file of the old one goes."""
    digest = ""
    before = list(_files(company).values_list("pk", flat=True))
    if upload is not None:
        if (upload.size or 0) > LIMIT:
            raise NoPicture
        (file,) = files.keep_all([upload], company, COMPANIES, by=by)
        if file.media_type not in PICTURES:
            raise NoPicture
        digest = file.digest
    actions.change_logo(company, digest, by=by)
    StoredFile.objects.filter(pk__in=before).delete()


def _files(company: Company) -> QuerySet[StoredFile]:
    return StoredFile.objects.filter(
        record_type=COMPANIES.name, record_id=company.pk
    ).order_by("-pk")


def _file(company: Company) -> StoredFile:
    file = _files(company).filter(digest=company.logo_digest).first()
    if not company.logo_digest or file is None:
        raise Http404
    return file
