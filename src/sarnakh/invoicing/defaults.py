"""What a new document takes over from its customer.

Agreements with customers belong to a room above: it registers who knows them.
"""

from collections.abc import Callable
from typing import Any

from sarnakh.accounts.actor import Actor
from sarnakh.invoicing.models import Invoice
from sarnakh.money.models import TradeSettings
from sarnakh.money.taxes import queries as taxes
from sarnakh.teams.models import Team
from sarnakh.teams.queries import default_team, team_facts

# Given contact and company: payment_term, fiscal_position, salesperson, team,
# pricelist, as far as something was agreed.
Agreements = Callable[..., dict[str, Any]]
_KNOWN: list[Agreements] = []


def register(known: Agreements) -> None:
    """Ask this function as well."""
    if known not in _KNOWN:
        _KNOWN.append(known)


def agreed(contact: Any, company: Any) -> dict[str, Any]:
    """Everything that was agreed with the customer."""
    found: dict[str, Any] = {}
    for known in _KNOWN:
        found |= {k: v for k, v in known(contact, company).items() if v is not None}
    return found


def complete(invoice: Invoice, *, given: set[str], by: Actor) -> None:
    """Fill what was not given: terms, taxes' position, team, rounding."""
    known = agreed(invoice.customer, invoice.company)
    for name in ("payment_term", "fiscal_position", "salesperson", "team"):
        if name not in given and name in known:
            setattr(invoice, name, known[name])
    if "fiscal_position" not in given and not invoice.fiscal_position_id:
        invoice.fiscal_position = taxes.position_for(
            invoice.customer, invoice.delivery_address, invoice.company
        )
    if "team" not in given and not invoice.team_id:
        invoice.team = team_of(invoice)
    if "cash_rounding" not in given:
        invoice.cash_rounding = TradeSettings.of(invoice.company).cash_rounding


def team_of(invoice: Invoice) -> Team | None:
    """The salesperson's team, one of the company's or everybody's."""
    if not invoice.salesperson_id:
        return None
    found = default_team(
        team_facts(),
        invoice.salesperson_id,
        is_lead=False,
        company_ids=[invoice.company_id],
        main_team=None,
    )
    return Team.objects.get(pk=found) if found else None
