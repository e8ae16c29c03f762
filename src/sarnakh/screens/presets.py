"""The presets of a period filter: their names, and the addresses that tick them."""

import datetime as dt
from collections.abc import Sequence
from functools import lru_cache
from urllib.parse import quote_plus

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from sarnakh.lib.calendars import Calendar, periods
from sarnakh.lib.digits import Digits, localize
from sarnakh.lib.profile import Profile
from sarnakh.screens.state import PeriodPick, SearchState

BLOCKS = (periods.MONTHS, periods.QUARTERS, periods.YEARS, periods.RELATIVE)
DATED = frozenset({*periods.MONTHS, *periods.QUARTERS})
WORDS = {
    "today": _("Today"),
    "yesterday": _("Yesterday"),
    "this_week": _("This week"),
    "last_week": _("Last week"),
    "last_7_days": _("Last 7 days"),
    "last_30_days": _("Last 30 days"),
    "next_7_days": _("Next 7 days"),
    "next_30_days": _("Next 30 days"),
}


def labels(profile: Profile) -> dict[str, str]:
    """Presets in words: months and years by their name in the reader's calendar."""
    return _labels(
        profile.cal,
        profile.language,
        profile.digits,
        profile.today(),
        get_language() or "",
    )


def addresses(state: SearchState, name: str, profile: Profile) -> dict[str, str]:
    """The query string that ticks or unticks each preset of a period filter.

    All share their beginning: a menu has dozens of them on every page.
    """
    own = [pick for pick in state.periods if pick.filter == name]
    rest = tuple(pick for pick in state.periods if pick.filter != name)
    base = state.but(periods=rest).query()
    return {
        kind: base
        + "".join(
            f"&d={quote_plus(pick.text)}" for pick in after(own, name, kind, profile)
        )
        for kinds in BLOCKS
        for kind in kinds
    }


def after(
    own: Sequence[PeriodPick], name: str, kind: str, profile: Profile
) -> list[PeriodPick]:
    """What is ticked after a click on a preset.

    Ticking a month brings its year; without years there are no months.
    """
    kinds = [pick.kind for pick in own]
    if kind in kinds:
        kept = [pick for pick in own if pick.kind != kind]
        if kind in periods.YEARS and not any(p.kind in periods.YEARS for p in kept):
            kept = [pick for pick in kept if pick.kind not in DATED]
        return kept
    kept = [*own, PeriodPick(name, kind)]
    if kind in DATED and not any(other in periods.YEARS for other in kinds):
        year = periods.implied_year(kind, profile.today(), profile.cal)
        kept.append(PeriodPick(name, year))
    return kept


@lru_cache(maxsize=100)
def _labels(
    calendar: Calendar, language: str, digits: Digits, today: dt.date, words: str
) -> dict[str, str]:
    """The same for everybody with these preferences, all day long."""
    found = {kind: str(word) for kind, word in WORDS.items()}
    for kind in (*periods.MONTHS, *periods.QUARTERS, *periods.YEARS):
        first = periods.preset(kind, today, calendar).first
        year, month, _day = calendar.parts(first)
        if kind in periods.MONTHS:
            found[kind] = str(calendar.month_name(month, language))
        elif kind in periods.QUARTERS:
            number = periods.QUARTERS.index(kind) + 1
            found[kind] = str(calendar.quarter_name(number, language))
        else:
            found[kind] = localize(str(year), digits)
    return found
