"""What the dialogs of invoices and payments ask, and reading what was typed."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from sarnakh.accounts.actor import Actor
from sarnakh.invoicing.invoices import actions as invoices
from sarnakh.invoicing.journals.queries import PAYING
from sarnakh.invoicing.models import Invoice, Journal
from sarnakh.invoicing.payments import actions as payments
from sarnakh.invoicing.payments.registering import Cheque, due_now
from sarnakh.lib import numbers
from sarnakh.lib.calendars import parsing
from sarnakh.lib.money import format_money, parse_money
from sarnakh.records.errors import InvalidValues
from sarnakh.screens import once


def paying(invoice: Invoice, actor: Actor) -> dict[str, Any]:
    """The dialog of one document, with what settles it today."""
    today = invoice.company.profile().today()
    return {
        "journals": journals_for([invoice.company_id]),
        "amount": format_money(
            due_now(invoice, today), invoice.currency, actor.profile, symbol=False
        ),
        "currency": invoice.currency,
        "date": actor.profile.date_text(today),
        "memo": invoice.payment_reference or invoice.number,
        "once": once.token(),
        "is_refund": invoice.kind == Invoice.Kind.CREDIT_NOTE,
    }


def journals_for(companies: Sequence[int]) -> list[Journal]:
    """Where money can come in."""
    return list(
        Journal.objects.filter(
            company__in=companies, active=True, kind__in=PAYING
        ).order_by("company", "sequence", "pk")
    )


def pay_answers(given: QueryDict, actor: Actor) -> dict[str, Any]:
    """What was typed, still as text: amounts wait for their currency."""
    names = (
        "journal", "amount", "date", "memo", "label", "cheque_number", "cheque_due",
        "cheque_bank", "cheque_branch", "sayad_id", "once",
    )  # fmt: skip
    found: dict[str, Any] = {name: given.get(name, "").strip() for name in names}
    found["settles_fully"] = given.get("rest") == "paid"
    found["is_grouped"] = "is_grouped" in given
    return found


def pay(invoice: Invoice, *, by: Actor, **given: Any) -> Invoice:
    """Register what the dialog of one document says."""
    pay_many([invoice], by=by, **given)
    invoice.refresh_from_db()
    return invoice


def pay_many(documents: Sequence[Invoice], *, by: Actor, **given: Any) -> int:
    """Register what the dialog of several documents says; how many payments."""
    if not documents:
        return 0
    first = documents[0]
    key = given["journal"]
    journal = (
        Journal.objects.filter(pk=int(key), company_id=first.company_id).first()
        if key.isascii() and key.isdigit()
        else None
    )
    if journal is None:
        raise InvalidValues({"journal": _("Choose a journal.")})
    amount = given.get("amount") or ""
    made = payments.register(
        documents,
        journal=journal,
        amount=money_of(amount, first.currency, by) if amount else None,
        date=day_of(given.get("date", ""), by),
        memo=given.get("memo", "")[:200],
        settles_fully=given.get("settles_fully", False),
        label=given.get("label", "")[:200],
        is_grouped=given.get("is_grouped", False),
        cheque=Cheque(
            number=given.get("cheque_number", ""),
            due=day_of(given.get("cheque_due", ""), by),
            bank=given.get("cheque_bank", ""),
            branch=given.get("cheque_branch", ""),
            sayad_id=given.get("sayad_id", ""),
        ),
        once=given.get("once", ""),
        by=by,
    )
    return len(made)


def credit_answers(given: QueryDict, actor: Actor) -> dict[str, Any]:
    """Reason, date, and whether a new draft follows."""
    return {
        "reason": given.get("reason", "").strip()[:200],
        "date": day_of(given.get("date", ""), actor),
        "again": given.get("how") == "again",
    }


def crediting(invoice: Invoice, actor: Actor) -> dict[str, Any]:
    """The dialog of a credit note."""
    today = invoice.company.profile().today()
    return {"date": actor.profile.date_text(today)}


def credit(invoice: Invoice, *, by: Actor, **given: Any) -> Invoice:
    """The credit note, or with a new draft that draft."""
    return invoices.credit_by_values(invoice, by=by, **given)


def add_answers(given: QueryDict, actor: Actor) -> dict[str, Any]:
    """Which outstanding credit to add."""
    found = {}
    for name in ("payment", "credit_note"):
        text = given.get(name, "")
        if text.isascii() and text.isdigit():
            found[name] = int(text)
    return found


def money_of(text: str, currency: str, actor: Actor) -> int:
    """An amount as typed."""
    try:
        return parse_money(text, currency, actor.profile)
    except numbers.NumberError:
        raise InvalidValues({"amount": _("This is not an amount.")}) from None


def day_of(text: str, actor: Actor) -> dt.date | None:
    """A day as typed, in the person's calendar; None for nothing."""
    if not text.strip():
        return None
    try:
        return parsing.parse_date(text, actor.profile.cal, actor.profile.today())
    except ValueError:
        raise InvalidValues({"date": _("This is not a date.")}) from None
