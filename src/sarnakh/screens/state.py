"""What the address of a screen says: the URL is the state.

view=board            the page
q=text:chair          typed search (field:text), q=customer#12 (identity)
f=mine                a ready-made filter
d=created:month:1404-4    a period: month, quarter, year (of a calendar),
                      a relative preset, or range:FROM..TO
c=[["priority","=",2]]    a custom condition
g=stage  g=created_at:month   grouping, outermost first
o=-expected_revenue   sorting       p=3   page
lane=12:overdue       a segment of one lane of the board
"""

import dataclasses
import json
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict

MAX_FACETS = 40


@dataclass(frozen=True)
class Typed:
    """A search facet: a search field with a text, or with a record."""

    search: str
    text: str = ""
    pk: int | None = None


@dataclass(frozen=True)
class PeriodPick:
    """A period chosen in a period filter: kind and value as in the address."""

    filter: str
    kind: str
    value: str = ""

    @property
    def text(self) -> str:
        """As it stands in the address."""
        return f"{self.filter}:{self.kind}" + (f":{self.value}" if self.value else "")


@dataclass(frozen=True)
class SearchState:
    """The parsed address; every change gives a new one."""

    view: str = ""
    typed: tuple[Typed, ...] = ()
    filters: tuple[str, ...] = ()
    periods: tuple[PeriodPick, ...] = ()
    custom: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    order: str = ""
    page: int = 1
    lane: str = ""
    favourite: int | None = None

    def query(self) -> str:
        """The query string, always naming the view so that it counts as chosen."""
        return self._query

    @cached_property
    def _query(self) -> str:
        pairs: list[tuple[str, Any]] = [("view", self.view)]
        for typed in self.typed:
            value = f"#{typed.pk}" if typed.pk else f":{typed.text}"
            pairs.append(("q", f"{typed.search}{value}"))
        pairs += [("f", name) for name in self.filters]
        pairs += [("d", pick.text) for pick in self.periods]
        pairs += [("c", text) for text in self.custom]
        pairs += [("g", group) for group in self.groups]
        if self.order:
            pairs.append(("o", self.order))
        if self.page > 1:
            pairs.append(("p", self.page))
        if self.lane:
            pairs.append(("lane", self.lane))
        if self.favourite:
            pairs.append(("fav", self.favourite))
        return urlencode(pairs)

    def but(self, **changes: Any) -> "SearchState":
        """The state with changes; other rows mean the first page again."""
        if changes.keys() & {"typed", "filters", "periods", "custom", "groups"}:
            changes.setdefault("page", 1)
            changes.setdefault("lane", "")
            changes.setdefault("favourite", None)
        return dataclasses.replace(self, **changes)

    def toggled(self, slot: str, value: Any) -> "SearchState":
        """With a filter, period or group ticked or unticked."""
        present = getattr(self, slot)
        rest = tuple(found for found in present if found != value)
        return self.but(**{slot: rest if value in present else (*present, value)})


def read(query: QueryDict) -> SearchState:
    """The state an address stands for; what makes no sense is left out."""
    return SearchState(
        view=query.get("view", ""),
        typed=tuple(
            found for text in query.getlist("q")[:MAX_FACETS] if (found := _typed(text))
        ),
        filters=_unique(query.getlist("f")),
        periods=tuple(
            pick for text in query.getlist("d")[:MAX_FACETS] if (pick := _period(text))
        ),
        custom=tuple(
            text for text in query.getlist("c")[:MAX_FACETS] if _is_condition(text)
        ),
        groups=_unique(query.getlist("g"))[:6],
        order=query.get("o", "")[:100],
        page=max(1, _number(query.get("p", "1"), 1)),
        lane=query.get("lane", "")[:60],
        favourite=_number(query.get("fav", ""), 0) or None,
    )


def _typed(text: str) -> Typed | None:
    for sign in ("#", ":"):
        name, found, value = text.partition(sign)
        if found and name.replace("_", "").isalnum() and value.strip():
            if sign == "#":
                return Typed(name, pk=int(value)) if _is_number(value) else None
            return Typed(name, text=value.strip()[:500])
    return None


def _period(text: str) -> PeriodPick | None:
    name, _sign, rest = text.partition(":")
    kind, _sign, value = rest.partition(":")
    return PeriodPick(name[:40], kind[:30], value[:60]) if kind else None


def _is_condition(text: str) -> bool:
    try:
        return isinstance(json.loads(text), list) and len(text) < 20_000
    except ValueError:
        return False


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 19


def _number(text: str, fallback: int) -> int:
    return int(text) if _is_number(text) else fallback


def _unique(values: list[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(value[:100] for value in values[:MAX_FACETS]))
