"""What sales adds to the forms of opportunities and contacts."""

import json
from typing import Any

from django.db.models import Count, Q, Sum
from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sarnakh.accounts.actor import Actor
from sarnakh.contacts.models import Contact
from sarnakh.crm.models import Lead
from sarnakh.lib.money import format_money
from sarnakh.records import conditions, rows
from sarnakh.sales.models import Order
from sarnakh.sales.opportunities import actions
from sarnakh.sales.types import ORDERS
from sarnakh.screens import panels
from sarnakh.screens.screen import Button, SmartButton
from sarnakh.screens.state import SearchState

SALE = Order.State.SALE


def offer() -> None:
    """Register buttons and counts; called once, when the room starts."""
    panels.add_buttons("leads", *LEAD_BUTTONS)
    panels.add_smart_buttons("leads", QUOTATIONS, LEAD_ORDERS)
    panels.add_smart_buttons("contacts", CONTACT_ORDERS)


def may_quote(lead: Lead, actor: Actor) -> bool:
    """Whether a person may make quotations."""
    return rows.may(ORDERS, actor, "create")


def asking(lead: Lead, actor: Actor) -> dict[str, Any]:
    """The dialog's proposal: link where a match is found, else create."""
    found = actions.match(lead, actor)
    return {"match": found, "default": "link" if found else "create"}


def answers(given: QueryDict, actor: Actor) -> dict[str, Any]:
    """How, and which contact."""
    number = given.get("contact", "")
    return {
        "how": given.get("how", ""),
        "contact": int(number) if number.isascii() and number.isdigit() else None,
    }


LEAD_BUTTONS = (
    Button(
        command="quote",
        label=_("New quotation"),
        icon="receipt",
        rank=30,
        is_primary=lambda lead: lead.probability < 100,
        visible=lambda lead: (
            lead.kind == Lead.Kind.OPPORTUNITY
            and lead.active
            and lead.customer_id is not None
        ),
        may=may_quote,
        run=actions.press_quote,
    ),
    Button(
        command="quote-asking",
        label=_("New quotation"),
        icon="receipt",
        rank=30,
        is_primary=lambda lead: lead.probability < 100,
        visible=lambda lead: (
            lead.kind == Lead.Kind.OPPORTUNITY
            and lead.active
            and lead.customer_id is None
        ),
        may=may_quote,
        run=actions.press_quote_for,
        asks="sales/quote.html",
        asking=asking,
        reads=answers,
    ),
)


def of_lead(lead: Lead, actor: Actor) -> Any:
    """The orders of an opportunity that one may see."""
    return rows.visible(ORDERS, actor).filter(opportunity=lead)


def quotations_url(lead: Lead) -> str:
    """Drafts, sent and cancelled ones; a single one at once on its form."""
    keys = list(
        Order.objects.filter(opportunity=lead)
        .exclude(state=SALE)
        .values_list("pk", flat=True)[:2]
    )
    if len(keys) == 1:
        return reverse("quotations:record", args=keys)
    return _list_of(
        "quotations",
        [
            ["opportunity", "=", lead.pk],
            ["state", "in", ["draft", "sent", "cancelled"]],
        ],
    )


def orders_sum(lead: Lead, actor: Actor) -> str:
    """What the confirmed ones come to, untaxed."""
    found = of_lead(lead, actor).filter(state=SALE)
    total = found.aggregate(total=Sum("company_untaxed"))["total"]
    currency = lead.company.currency if lead.company else actor.company.currency
    return format_money(total, currency, actor.profile) if total else ""


def of_family(contact: Contact, actor: Actor) -> Any:
    """The orders of a contact and of everybody under it."""
    condition = [["customer", "child_of", contact.pk]]
    return rows.visible(ORDERS, actor).filter(
        conditions.compile(condition, ORDERS, actor)
    )


def sees_orders(actor: Actor) -> bool:
    """Whether orders exist for this person at all."""
    return rows.may(ORDERS, actor, "read")


QUOTATIONS = SmartButton(
    name="quotations",
    label=_("Quotations"),
    icon="receipt",
    count=lambda lead, actor: _counts(lead, actor)[0],
    url=quotations_url,
    hides_zero=True,
    rank=30,
)
LEAD_ORDERS = SmartButton(
    name="orders",
    label=pgettext_lazy("sales", "Orders"),
    icon="file-invoice",
    count=lambda lead, actor: _counts(lead, actor)[1],
    url=lambda lead: _list_of(
        "orders", [["opportunity", "=", lead.pk], ["state", "=", "sale"]]
    ),
    hides_zero=True,
    note=orders_sum,
    rank=31,
)
CONTACT_ORDERS = SmartButton(
    name="orders",
    label=pgettext_lazy("smart button", "Sales"),
    icon="file-invoice",
    count=lambda contact, actor: (
        of_family(contact, actor).count() if sees_orders(actor) else 0
    ),
    url=lambda contact: _list_of("quotations", [["customer", "child_of", contact.pk]]),
    hides_zero=True,
    rank=31,
)


def _counts(lead: Lead, actor: Actor) -> tuple[int, int]:
    """How many quotations and how many orders, asked once for both buttons."""
    if not sees_orders(actor):
        return 0, 0

    def counted() -> tuple[int, int]:
        found = of_lead(lead, actor).aggregate(
            all=Count("pk"), sold=Count("pk", filter=Q(state=SALE))
        )
        return found["all"] - found["sold"], found["sold"]

    both: tuple[int, int] = actor.once(("orders of", lead.pk), counted)
    return both


def _list_of(slug: str, condition: list[Any]) -> str:
    state = SearchState(view="list", custom=(json.dumps(condition),))
    return f"{reverse(f'{slug}:browse')}?{state.query()}"
