"""Columns of a lead that follow from others."""

import datetime as dt
from decimal import ROUND_HALF_UP, Decimal

from sarnakh.crm.models import Lead
from sarnakh.lib import email, phone, text
from sarnakh.lib.free_mail import FREE_MAIL_DOMAINS


def derive(lead: Lead, *, company_country: str = "IR") -> None:
    """Fill everything computed: quality of contact data, shares, search text."""
    lead.name = lead.name or default_name(lead)
    if lead.website and "://" not in lead.website:
        lead.website = f"http://{lead.website}"
    derive_contact_data(lead, company_country)
    derive_amounts(lead)
    lead.is_won = lead.probability >= 100
    lead.days_to_assign = _days_between(lead, lead.date_open)
    lead.days_to_close = _days_between(lead, lead.date_closed)
    lead.sort_key = text.sort_key(lead.name)[:300]
    lead.search_text = text.search_text(
        lead.name,
        lead.customer.name if lead.customer else "",
        lead.company_name,
        lead.contact_name,
        lead.email,
        phone.search_digits(lead.phone, lead.country or company_country),
        phone.search_digits(lead.mobile, lead.country or company_country),
    )


def derive_contact_data(lead: Lead, company_country: str) -> None:
    """Normal forms and quality of e-mail and phone (specification: crm, 1.4)."""
    lead.email_normalized = email.normalize(lead.email)[:254]
    lead.email_quality = email.quality(lead.email)
    lead.email_domain_criterion = email.domain_criterion(lead.email, FREE_MAIL_DOMAINS)[
        :254
    ]
    country = lead.country or company_country
    lead.phone_e164 = phone.normalize(lead.mobile, country) or phone.normalize(
        lead.phone, country
    )
    lead.phone_quality = phone.quality(lead.phone, country)


def derive_amounts(lead: Lead) -> None:
    """Shares by probability, in whole smallest units."""
    share = Decimal(str(lead.probability)) / 100
    lead.prorated_revenue = _rounded(lead.expected_revenue * share)
    months = lead.recurring_plan.months if lead.recurring_plan else 1
    lead.recurring_revenue_monthly = _rounded(
        Decimal(lead.recurring_revenue) / (months or 1)
    )


def default_name(lead: Lead) -> str:
    """A name for a record that was given none: the customer's opportunity."""
    from django.utils.translation import gettext as _

    who = lead.customer.name if lead.customer else ""
    who = who or lead.company_name or lead.contact_name or lead.email
    return _("%(customer)s's opportunity") % {"customer": who} if who else ""


def _days_between(lead: Lead, moment: dt.datetime | None) -> int | None:
    return abs((moment - lead.created_at).days) if moment else None


def _rounded(amount: Decimal) -> int:
    return int(amount.quantize(Decimal(1), ROUND_HALF_UP))
