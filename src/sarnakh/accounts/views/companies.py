"""Pages for settings managers: companies."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from sarnakh.accounts import actions, identifiers, interrupted, queries
from sarnakh.accounts.forms.companies import CompanyForm
from sarnakh.accounts.models import Company
from sarnakh.accounts.views.guards import acting, manager_needed
from sarnakh.lib.errors import Refused


@manager_needed
@require_GET
def companies(request: HttpRequest) -> HttpResponse:
    """Companies that the user works in."""
    rows = queries.companies_of(acting(request))
    return render(request, "accounts/companies.html", {"companies": rows})


@manager_needed
def new_company(request: HttpRequest) -> HttpResponse:
    """Add a company."""
    return _form(request, None)


@manager_needed
def company(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a company."""
    rows = queries.companies_of(acting(request))
    return _form(request, get_object_or_404(rows, pk=pk))


def _form(request: HttpRequest, company: Company | None) -> HttpResponse:
    by = acting(request)
    posted = request.POST if request.method == "POST" else None
    kept = interrupted.take(request, request.path) if posted is None else None
    start = Company.objects.get(pk=company.pk) if company else _like(by.company)
    form = CompanyForm(
        posted or kept, instance=start, companies=queries.companies_of(by)
    )
    if posted is not None and form.is_valid():
        try:
            if company is None:
                company = actions.create_company(form.values(), by=by)
            else:
                company = actions.change_company(
                    company, form.values(), seen=form.cleaned_data["version"], by=by
                )
        except Refused as refusal:
            form.add_error(None, refusal.message)
        else:
            messages.success(request, _("Saved."))
            for text in identifiers.doubts(company, is_company=True).values():
                messages.warning(request, text)
            return redirect("accounts:companies")
    wrong = posted is not None and form.errors
    return render(
        request,
        "accounts/company.html",
        {
            "form": form,
            "company": company,
            "logo_url": reverse("company-logo", args=[company.pk]) if company else "",
        },
        status=422 if wrong else 200,
    )


def _like(company: Company) -> Company:
    """A new company starts with currency and profile of the present one."""
    same = (*actions.PROFILE, "currency", "shows_toman", "country")
    return Company(**{name: getattr(company, name) for name in same})
