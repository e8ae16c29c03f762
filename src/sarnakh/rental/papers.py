"""The receipt of a pickup and a return."""

from django.utils import translation
from django.utils.translation import gettext as _

from sarnakh.delivery.papers import company_party, contact_party, profile_for
from sarnakh.lib.numbers import format_number
from sarnakh.lib.profile import Profile
from sarnakh.printing.papers import Column, Fact, Paper, Row
from sarnakh.rental.models import RentalLine, RentalOrder
from sarnakh.rental.orders.pricing import moment


def receipt(rental: RentalOrder) -> tuple[Paper, str]:
    """The paper and its language: the customer's, else the company's."""
    language = (rental.customer.language or rental.company.language)[:2]
    with translation.override(language):
        return _receipt(rental, profile_for(rental.company, language)), language


def _receipt(rental: RentalOrder, profile: Profile) -> Paper:
    lines = RentalLine.objects.filter(rental=rental).select_related("product__unit")
    return Paper(
        title=_("Rental receipt"),
        number=rental.number,
        company=company_party(rental.company),
        customer=contact_party(rental.customer, _("Customer"), profile.language),
        facts=[
            Fact(_("Pickup"), moment(rental.starts_at, profile)),
            Fact(_("Return"), moment(rental.returns_at, profile)),
        ],
        columns=[
            Column(_("Product"), weight=1),
            Column(_("Quantity"), is_number=True),
            Column(_("Picked up"), is_number=True),
            Column(_("Returned"), is_number=True),
            Column(_("Unit")),
        ],
        rows=[
            Row(
                cells=(
                    str(line.product),
                    format_number(line.quantity, profile),
                    format_number(line.picked_up, profile),
                    format_number(line.returned, profile),
                    str(line.product.unit),
                )
            )
            for line in lines.order_by("sequence", "pk")
        ],
        signs=[_("Handed over by"), _("Received by")],
        digits=profile.digits,
    )
