"""The logo that stands on papers, letters and pages of a company."""

from collections.abc import Iterable

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from sarnakh.accounts import audit
from sarnakh.accounts.actor import Actor
from sarnakh.accounts.models import Company
from sarnakh.accounts.queries import companies_of
from sarnakh.accounts.views.guards import acting, manager_needed
from sarnakh.discussion import files as kept
from sarnakh.lib.errors import Refused
from sarnakh.lib.pictures import PictureError, cleaned
from sarnakh.records.whole import whole


class NoPicture(Refused):
    """What was sent is no logo that we take."""

    def __init__(self, code: str) -> None:
        words = {
            "too-large": _("The picture may have at most 1 MB."),
            "too-many-pixels": _("The picture has too many pixels."),
        }
        text = words.get(code, _("Send a PNG or JPEG picture."))
        super().__init__(text, f"picture-{code}")


class LogoForm(forms.Form):
    """One picture."""

    logo = forms.FileField(label=_("Logo"))


@whole
def set_logo(company: Company, data: bytes, *, by: Actor) -> Company:
    """Give the company a logo; empty bytes take it away."""
    digest = ""
    if data:
        try:
            digest = kept.keep_bytes(cleaned(data).data)
        except PictureError as error:
            raise NoPicture(error.code) from error
    Company.objects.filter(pk=company.pk).update(logo_digest=digest)
    audit.record(
        audit.Event.SETTINGS, by=by, subject=company.name, field="logo", new=digest[:12]
    )
    company.logo_digest = digest
    return company


def logo_of(company: Company) -> bytes:
    """The bytes of the logo; none when there is none."""
    if not company.logo_digest:
        return b""
    try:
        return kept.read_bytes(company.logo_digest)
    except FileNotFoundError:
        return b""


def logo_digests() -> Iterable[str]:
    """Hashes of all logos."""
    return Company.objects.exclude(logo_digest="").values_list("logo_digest", flat=True)


def media_type(data: bytes) -> str:
    """PNG or JPEG: nothing else was taken."""
    return "image/png" if data.startswith(b"\x89PNG") else "image/jpeg"


@manager_needed
@require_http_methods(["GET", "POST"])
def page(request: HttpRequest, pk: int) -> HttpResponse:
    """Settings: the logo of a company."""
    by = acting(request)
    company = get_object_or_404(companies_of(by), pk=pk)
    error = ""
    if request.method == "POST":
        sent = request.FILES.get("logo")
        try:
            if "remove" in request.POST:
                set_logo(company, b"", by=by)
            elif sent is None:
                raise NoPicture("broken")
            else:
                set_logo(company, sent.read(1024 * 1024 + 1), by=by)
        except Refused as refusal:
            error = refusal.message
        else:
            messages.success(request, _("Saved."))
            return redirect("portal:branding", pk=pk)
    return render(
        request,
        "portal/branding.html",
        {"company": company, "error": error},
        status=422 if error else 200,
    )


@manager_needed
@require_GET
def picture(request: HttpRequest, pk: int) -> HttpResponse:
    """The logo for that page."""
    from sarnakh.portal.common import logo_response

    company = get_object_or_404(companies_of(acting(request)), pk=pk)
    if not company.logo_digest:
        raise Http404
    return logo_response(company.logo_digest)
