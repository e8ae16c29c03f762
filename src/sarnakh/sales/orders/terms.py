"""Terms and conditions on a document: a text, or a link to the public page."""

from html import escape

from django.conf import settings as django_settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from sarnakh.contacts.models import Contact
from sarnakh.money.models import TradeSettings
from sarnakh.sales.models import Order, QuotationTemplate


def terms_for(
    order: Order,
    customer: Contact,
    settings: TradeSettings,
    template: QuotationTemplate | None,
) -> str:
    """The template's text, else the company's text or link, in the customer's
    language."""
    if template and template.terms.strip():
        return template.terms
    if settings.terms_mode == TradeSettings.TermsMode.TEXT:
        return settings.terms
    if not settings.terms.strip():
        return ""
    address = django_settings.ADDRESS + reverse("sales:terms", args=[order.company_id])
    with translation.override(customer.language or order.company.language):
        words = _("Terms and conditions: %(link)s")
    link = f'<a href="{escape(address)}">{escape(address)}</a>'
    return f"<p>{escape(words) % {'link': link}}</p>"
