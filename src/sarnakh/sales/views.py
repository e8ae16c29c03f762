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
from sarnakh.sales.promotions import actions as promotions
from sarnakh.sales.promotions.evaluating import title_of
from sarnakh.sales.shipping import showing as shipping
from sarnakh.sales.types import ORDER_OPTIONS, ORDERS


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


@login_needed
@require_GET
def choose_reward(request: HttpRequest, order: int) -> HttpResponse:
    """What a quotation could get, one to be chosen."""
    actor = request.actor  # type: ignore[attr-defined]
    found = rows.find(ORDERS, order, actor, "write")
    choices = []
    for claim in promotions.offers(found):
        title = title_of(claim.reward, str(claim.entry) if claim.entry else "")
        note = claim.reward.program.name
        choices += [
            {
                "value": f"{claim.reward.pk}:{product.pk}",
                "label": f"{title}: {product}",
                "note": note,
            }
            for product in claim.products
        ] or [{"value": str(claim.reward.pk), "label": title, "note": note}]
    context = {
        "order": found,
        "choices": choices,
        "back": reverse("quotations:record", args=[found.pk]),
    }
    return render(request, "sales/promotions/choose.html", context)


@login_needed
@require_GET
def shipping_methods(request: HttpRequest, order: int) -> HttpResponse:
    """Inside the dialog: methods for the delivery address, with their cost."""
    actor = request.actor  # type: ignore[attr-defined]
    found = rows.find(ORDERS, order, actor, "write")
    context = shipping.choices(found, request.GET.get("weight", ""), actor)
    return render(request, "sales/shipping/methods.html", context)
