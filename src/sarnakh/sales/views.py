"""Pages of sales that are no list or form of their own."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.views.decorators.http import require_GET

from sarnakh.accounts.models import Company
from sarnakh.money.models import TradeSettings
from sarnakh.records import rich_text


@require_GET
def terms(request: HttpRequest, company: int) -> HttpResponse:
    """The terms and conditions of a company: for everybody, where it shows them."""
    owner = Company.objects.filter(pk=company, active=True).first()
    settings = TradeSettings.of(owner) if owner else None
    if owner is None or settings is None or not settings.terms.strip():
        raise Http404
    if settings.terms_mode != TradeSettings.TermsMode.LINK:
        raise Http404
    with translation.override(owner.language):
        context = {"owner": owner, "text": rich_text.sanitized(settings.terms)}
        return render(request, "sales/terms.html", context)
