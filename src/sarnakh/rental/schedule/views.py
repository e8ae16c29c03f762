"""The timeline of rentals: a week or a month, product by product."""

import datetime as dt

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from sarnakh.accounts.interrupted import login_needed
from sarnakh.lib.calendars import Unit
from sarnakh.records import rows
from sarnakh.rental.schedule.queries import LEGEND, columns, timeline
from sarnakh.rental.types import RENTALS

SPANS: dict[str, Unit] = {"week": "week", "month": "month"}


@login_needed
@require_GET
def schedule(request: HttpRequest) -> HttpResponse:
    """The reader's calendar decides where weeks and months begin."""
    actor = request.actor  # type: ignore[attr-defined]
    if not rows.may(RENTALS, actor, "read"):
        raise Http404
    span = request.GET.get("span", "week")
    span = span if span in SPANS else "week"
    only = request.GET.get("only", "")
    only = only if only in {"pickups", "returns", "late"} else ""
    wanted = request.GET.get("text", "").strip()[:100]
    profile = actor.profile
    day = _day(request.GET.get("day", "")) or profile.today()
    unit = SPANS[span]
    first = profile.cal.start_of(day, unit, profile.week_start)
    after = profile.cal.next_start(day, unit, profile.week_start)
    days = [first + dt.timedelta(days=n) for n in range((after - first).days)]

    def address(**changes: str) -> str:
        kept = {"span": span, "day": first.isoformat(), "only": only, "text": wanted}
        given = {name: value for name, value in (kept | changes).items() if value}
        return f"{reverse('rental:schedule')}?{urlencode(given)}"

    context = {
        "days": columns(actor, days),
        "products": timeline(actor, days, only=only, wanted=wanted),
        "legend": LEGEND,
        "span": span,
        "only": only,
        "wanted": wanted,
        "day": first.isoformat(),
        "range": profile.cal.range_label(
            days[0], days[-1], profile.language, profile.digits, with_year=True
        ),
        "previous": address(day=(first - dt.timedelta(days=1)).isoformat()),
        "next": address(day=after.isoformat()),
        "today": address(day=""),
        "spans": [
            ("week", _("Week"), address(span="week")),
            ("month", _("Month"), address(span="month")),
        ],
        "filters": [
            ("", _("All"), address(only="")),
            ("pickups", _("Pickups today"), address(only="pickups")),
            ("returns", _("Returns today"), address(only="returns")),
            ("late", _("Late"), address(only="late")),
        ],
        "may_create": rows.may(RENTALS, actor, "create"),
    }
    return render(request, "rental/schedule.html", context)


def _day(typed: str) -> dt.date | None:
    try:
        found = dt.date.fromisoformat(typed)
    except ValueError:
        return None
    return found if 1900 <= found.year <= 2150 else None
