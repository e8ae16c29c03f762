"""Pages of rentals that are no list or form."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from sarnakh.accounts.interrupted import login_needed
from sarnakh.printing.rendering import render as render_paper
from sarnakh.records import rows
from sarnakh.rental import papers
from sarnakh.rental.types import RENTALS


@login_needed
@require_GET
def receipt(request: HttpRequest, pk: int) -> HttpResponse:
    """What was handed over and what came back, in the customer's language."""
    rental = rows.find(RENTALS, pk, request.actor)  # type: ignore[attr-defined]
    paper, language = papers.receipt(rental)
    found = render_paper("slip", paper, language=language)
    answer = HttpResponse(found, content_type="application/pdf")
    name = rental.number.replace("/", "-")
    answer.headers["Content-Disposition"] = f'inline; filename="{name}.pdf"'
    return answer
