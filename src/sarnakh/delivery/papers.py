"""The slip that goes with the goods."""

from dataclasses import replace
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from sarnakh.accounts.models import Company
from sarnakh.contacts.countries import country_name
from sarnakh.contacts.models import Contact
from sarnakh.delivery.models import Delivery, Move
from sarnakh.lib.digits import Digits
from sarnakh.lib.numbers import format_number
from sarnakh.lib.profile import Profile
from sarnakh.printing.papers import Column, Fact, Paper, Party, Row

DIGITS: dict[str, Digits] = {"fa": "fa", "ar": "ar"}


def slip(delivery: Delivery) -> tuple[Paper, str]:
    """The paper and its language: the customer's, else the company's."""
    language = (delivery.customer.language or delivery.company.language)[:2]
    with translation.override(language):
        return _slip(delivery, profile_for(delivery.company, language)), language


def profile_for(company: Company, language: str) -> Profile:
    """The company's calendar and clock in another language."""
    return replace(
        company.profile(), language=language, digits=DIGITS.get(language, "latin")
    )


def company_party(company: Company) -> Party:
    """Who sends."""
    lines = [company.address, company.city, company.phone]
    return Party(company.name, [line for line in lines if line])


def contact_party(contact: Contact, label: str, language: str) -> Party:
    """Who receives, with the address."""
    place = " ".join(filter(None, (contact.city, contact.state, contact.zip)))
    country = country_name(contact.country, language) if contact.country else ""
    lines = [contact.street, contact.street2, place, country, contact.phone]
    return Party(contact.name, [line for line in lines if line], label)


def _slip(delivery: Delivery, profile: Profile) -> Paper:
    is_out = delivery.direction == Delivery.Direction.OUT
    moves = list(
        Move.objects.filter(delivery=delivery, is_cancelled=False)
        .select_related("product__unit")
        .order_by("sequence", "pk")
    )
    is_done = delivery.state == Delivery.State.DONE
    return Paper(
        title=_("Delivery slip") if is_out else _("Return slip"),
        number=delivery.number,
        company=company_party(delivery.company),
        customer=contact_party(
            delivery.customer, _("Delivery address"), profile.language
        ),
        facts=_facts(delivery, profile),
        columns=[
            Column(_("Product"), weight=1),
            Column(_("Ordered"), is_number=True),
            Column(_("Delivered"), is_number=True),
            Column(_("Unit")),
        ],
        rows=[
            Row(
                cells=(
                    move.description or str(move.product),
                    format_number(move.demand, profile),
                    format_number(move.done, profile) if is_done else "",
                    str(move.product.unit),
                )
            )
            for move in moves
        ],
        signs=[_("Handed over by"), _("Received by")],
        footer=delivery.note,
        digits=profile.digits,
    )


def _facts(delivery: Delivery, profile: Profile) -> list[Fact]:
    moment: Any = delivery.done_at or delivery.scheduled_at
    found = []
    if delivery.origin:
        found.append(Fact(_("Source document"), delivery.origin))
    if moment:
        found.append(Fact(_("Date"), profile.date_text(profile.local(moment).date())))
    if delivery.method:
        found.append(Fact(_("Shipping method"), delivery.method.name))
    if delivery.tracking:
        found.append(Fact(_("Tracking reference"), delivery.tracking))
    return found
