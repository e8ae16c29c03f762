"""Pages of sales that are no list or form of their own."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.views.decorators.http import require_GET, require_POST

from sarnakh.accounts.interrupted import login_needed
from sarnakh.accounts.models import Company
from sarnakh.money.models import TradeSettings
from sarnakh.records import rich_text, rows
from sarnakh.sales.options import actions as options
from sarnakh.sales.types import ORDER_OPTIONS


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


@login_needed
@require_POST
def add_option(request: HttpRequest, order: int, option: int) -> HttpResponse:
    """Put an optional product on its order."""
    actor = request.actor  # type: ignore[attr-defined]
    found = rows.find(ORDER_OPTIONS, option, actor, "write")
    if found.order_id != order:
        raise Http404
    options.add_to_order(found, by=actor)
    return redirect(reverse("quotations:record", args=[order]))
