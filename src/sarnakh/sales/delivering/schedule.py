"""When the goods of an order should leave. Plain Python."""

import datetime as dt
from collections.abc import Iterable


def dates(
    ordered_at: dt.datetime,
    lead_days: Iterable[int],
    *,
    promised_at: dt.datetime | None,
    security_days: int,
    together: bool,
) -> tuple[dt.datetime, dt.datetime]:
    """(scheduled, deadline): the promised date, else order date and lead time, less
    the company's security days; the deadline is without them. As soon as possible
    goes by the earliest line, all together by the latest."""
    leads = list(lead_days) or [0]
    days = max(leads) if together else min(leads)
    deadline = promised_at or ordered_at + dt.timedelta(days=days)
    return deadline - dt.timedelta(days=security_days), deadline
