"""Pages of invoicing that are no list or form."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from sarnakh.accounts.interrupted import login_needed
from sarnakh.accounts.roles import Role
from sarnakh.invoicing import numbering
from sarnakh.invoicing.documents import allocations
from sarnakh.invoicing.journals import actions as journals
from sarnakh.invoicing.journals import queries
from sarnakh.invoicing.payments import actions as payments
from sarnakh.invoicing.types import INVOICES, JOURNALS
from sarnakh.lib.errors import Refused
from sarnakh.lib.numbers import parse_number
from sarnakh.records import rows


@login_needed
@require_POST
def unallocate(request: HttpRequest, pk: int, allocation: int) -> HttpResponse:
    """Take back what settles a document. Twice is once."""
    actor = request.actor  # type: ignore[attr-defined]
    invoice = rows.find(INVOICES, pk, actor, "write")
    found = next((one for one in allocations(invoice) if one.pk == allocation), None)
    if found is not None:
        payments.unallocate(found, by=actor)
        messages.success(request, _("Taken back."))
    return redirect("invoices:record", pk)


@login_needed
@require_GET
def chains(request: HttpRequest) -> HttpResponse:
    """The chains of numbers with what is missing in them."""
    actor = request.actor  # type: ignore[attr-defined]
    if not actor.has(Role.BILLING):
        raise Http404
    context = {
        "profile": actor.profile,
        "chains": queries.chains(actor.company_ids),
        "journals": rows.visible(JOURNALS, actor)
        .filter(kind="sale", active=True)
        .order_by("company", "sequence", "pk"),
        "year": numbering.year_of(actor.company, actor.company.profile().today()),
        "may_choose": actor.has(Role.ACCOUNTANT),
    }
    return render(request, "invoicing/chains.html", context)


@login_needed
@require_POST
def first_number(request: HttpRequest, journal: int) -> HttpResponse:
    """Choose the number that a chain begins with."""
    actor = request.actor  # type: ignore[attr-defined]
    found = rows.find(JOURNALS, journal, actor, "write")
    try:
        journals.set_first_number(
            found,
            year=int(parse_number(request.POST.get("year", ""))),
            number=int(parse_number(request.POST.get("number", ""))),
            is_credit=request.POST.get("kind") == "credit",
            by=actor,
        )
    except Refused as refusal:
        messages.error(request, refusal.message)
    except ValueError:
        messages.error(request, _("Enter a number above zero."))
    else:
        messages.success(request, _("Saved."))
    return redirect("invoicing:chains")
