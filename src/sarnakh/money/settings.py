"""Changing how a company trades."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from sarnakh.accounts import audit
from sarnakh.accounts.actor import Actor
from sarnakh.accounts.errors import ChangedMeanwhile
from sarnakh.accounts.models import Company
from sarnakh.accounts.roles import Role
from sarnakh.money.errors import OtherCompany
from sarnakh.money.models import TradeSettings
from sarnakh.records import rich_text
from sarnakh.records.errors import InvalidValues

FIELDS = (
    "validity_days",
    "locks_confirmed",
    "salespeople_make_products",
    "wins_on_confirmation",
    "blocks_over_credit",
    "asks_signature",
    "asks_payment",
    "prepayment_percent",
    "invoices_online_payments",
    "invoice_policy",
    "target_basis",
    "tax_rounding",
    "default_tax",
    "cash_rounding",
    "terms_mode",
    "terms",
    "backorders",
    "reservation",
    "security_days",
    "rental_tolerance_hours",
    "rental_padding_hours",
)


def may_change(actor: Actor) -> bool:
    """Sales managers and accountants decide how the company trades."""
    return actor.has(Role.SALES_MANAGER) or actor.has(Role.ACCOUNTANT)


@transaction.atomic
def change(
    company: Company, values: Mapping[str, Any], *, seen: int | None = None, by: Actor
) -> TradeSettings:
    """Save what differs; ChangedMeanwhile when somebody else did since `seen`."""
    if not may_change(by) or not (by.is_system or company.pk in by.company_ids):
        raise PermissionDenied
    if unknown := set(values) - set(FIELDS):
        raise ValueError(f"No settings: {sorted(unknown)}")
    found, _made = TradeSettings.objects.get_or_create(company=company)
    values = dict(values)
    if "terms" in values:
        values["terms"] = rich_text.sanitized(values["terms"] or "")
    changed = {
        name: value for name, value in values.items() if getattr(found, name) != value
    }
    if not changed:
        return found
    old = {name: str(getattr(found, name)) for name in changed}
    for name, value in changed.items():
        setattr(found, name, value)
    _check(found)
    rows = TradeSettings.objects.filter(pk=found.pk)
    if seen is not None:
        rows = rows.filter(version=seen)
    saved = rows.update(
        **changed,
        version=F("version") + 1,
        updated_at=timezone.now(),
        updated_by=by.user,
    )
    if not saved:
        raise ChangedMeanwhile
    found.refresh_from_db()
    new = {name: str(value) for name, value in changed.items()}
    audit.record(
        audit.Event.SETTINGS, by=by, subject=f"trade: {company.name}", old=old, new=new
    )
    return found


def _check(settings: TradeSettings) -> None:
    share = Decimal(settings.prepayment_percent)
    if not 0 < share <= 100:
        raise InvalidValues(
            {"prepayment_percent": _("This must be more than 0 and at most 100.")}
        )
    for name in ("rental_tolerance_hours", "rental_padding_hours"):
        if getattr(settings, name) < 0:
            raise InvalidValues({name: _("This must not be negative.")})
    tax = settings.default_tax
    if tax is not None and tax.company_id != settings.company_id:
        raise OtherCompany(tax.name)
