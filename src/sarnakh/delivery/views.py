"""Pages of deliveries that are no list or form."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET

from sarnakh.accounts.interrupted import login_needed
from sarnakh.delivery import papers
from sarnakh.delivery.models import Delivery, Move
from sarnakh.delivery.queries import default_quantities
from sarnakh.delivery.types import DELIVERIES
from sarnakh.lib.numbers import format_number
from sarnakh.printing.rendering import render as render_paper
from sarnakh.records import rows


@login_needed
@require_GET
def backorder(request: HttpRequest, pk: int) -> HttpResponse:
    """What is not delivered: later, or not at all?"""
    actor = request.actor  # type: ignore[attr-defined]
    delivery: Delivery = rows.find(DELIVERIES, pk, actor, "write")
    back = reverse("deliveries:record", args=[pk])
    moves = list(
        Move.objects.filter(delivery=delivery, is_cancelled=False)
        .select_related("product__unit")
        .order_by("sequence", "pk")
    )
    leaving = default_quantities(moves, is_out=delivery.direction == "out")
    left = [
        (
            move.product,
            format_number(move.demand - leaving[move.pk], actor.profile),
            move.product.unit,
        )
        for move in moves
        if leaving[move.pk] < move.demand
    ]
    if not left or delivery.state in {Delivery.State.DONE, Delivery.State.CANCELLED}:
        return redirect(back)
    context = {
        "delivery": delivery,
        "left": left,
        "back": back,
        "press": reverse("deliveries:press", args=[pk, "validate"]),
    }
    return render(request, "delivery/backorder.html", context)


@login_needed
@require_GET
def slip(request: HttpRequest, pk: int) -> HttpResponse:
    """The slip that goes with the goods, in the customer's language."""
    actor = request.actor  # type: ignore[attr-defined]
    delivery = rows.find(DELIVERIES, pk, actor)
    paper, language = papers.slip(delivery)
    found = render_paper("slip", paper, language=language)
    answer = HttpResponse(found, content_type="application/pdf")
    name = delivery.number.replace("/", "-")
    answer.headers["Content-Disposition"] = f'inline; filename="{name}.pdf"'
    return answer
