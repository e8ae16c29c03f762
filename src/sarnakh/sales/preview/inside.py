"""For people of the house: the PDF, and the way to the customer's page."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import translation
from django.views.decorators.http import require_GET

from sarnakh.accounts.interrupted import login_needed
from sarnakh.invoicing.papers import parts
from sarnakh.portal import links
from sarnakh.records import rows
from sarnakh.sales.papers.orders import file_name, order_pdf
from sarnakh.sales.preview.views import pdf_response
from sarnakh.sales.types import ORDERS


@login_needed
@require_GET
def printed(request: HttpRequest, pk: int) -> HttpResponse:
    """The PDF of an order that the person may read."""
    order = rows.find(ORDERS, pk, request.actor)  # type: ignore[attr-defined]
    is_pro_forma = "pro-forma" in request.GET
    data = order_pdf(order, is_pro_forma=is_pro_forma)
    with translation.override(parts.language_of(order.customer, order.company)):
        name = file_name(order, is_pro_forma=is_pro_forma)
    return pdf_response(data, name)


@login_needed
@require_GET
def preview(request: HttpRequest, pk: int) -> HttpResponse:
    """To the page that the customer sees; the link never stands in our pages' logs."""
    order = rows.find(ORDERS, pk, request.actor, "write")  # type: ignore[attr-defined]
    response = redirect(links.url("order", order, "orders"))
    response["Referrer-Policy"] = "no-referrer"
    return response
