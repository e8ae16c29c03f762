"""What teams have invoiced in a stretch of days."""

import datetime as dt
from collections.abc import Sequence

from django.db.models import Sum

from sarnakh.invoicing.models import Invoice
from sarnakh.money.models import TradeSettings

SETTLED = (
    Invoice.PaymentState.IN_PAYMENT,
    Invoice.PaymentState.PAID,
    Invoice.PaymentState.REVERSED,
)


def invoiced_by_team(
    team_ids: Sequence[int], start: dt.date, end: dt.date, basis: str
) -> dict[int, int]:
    """Untaxed amounts of posted invoices less credit notes, by the id of the team.

    In smallest units of the company's currency; both days count. `basis` says whether
    posting counts or only what is paid (`TradeSettings.target_basis`).
    """
    found = Invoice.objects.filter(
        team__in=team_ids,
        state=Invoice.State.POSTED,
        accounting_date__gte=start,
        accounting_date__lte=end,
    )
    if basis == TradeSettings.TargetBasis.PAID:
        found = found.filter(payment_state__in=SETTLED)
    sums = found.order_by().values_list("team_id").annotate(Sum("company_untaxed"))
    return {team_id: int(amount or 0) for team_id, amount in sums}
