"""The board: lanes with counts and sums over all their rows, first cards only."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from types import SimpleNamespace
from typing import Any

from django.conf import settings
from django.db import connection
from django.db.models import Case, Count, QuerySet, Sum, Value, When
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from sarnakh.records import conditions, rows
from sarnakh.records.kinds import Kind
from sarnakh.records.types import by_name
from sarnakh.screens.groups import Group, GroupBy, counted, groups, parse
from sarnakh.screens.look import Look

OPEN_LANES = 10
STATES = ("planned", "today", "overdue", "none")
Lanes = Callable[[Look, Sequence[int]], list[Any]]


@dataclass(frozen=True)
class Segment:
    """A piece of a lane's activity bar: where it starts and how long it is,
    in thousandths of the lane."""

    state: str
    count: int
    start: int
    length: int
    query: str
    is_on: bool

    @property
    def drawn(self) -> int:
        """Length of the coloured part: a hair less, so that pieces stand apart."""
        return max(4, self.length - 8)


@dataclass(frozen=True)
class Lane:
    """A column: the group it stands for, its figures, its first cards."""

    group: Group
    cards: tuple[Any, ...]
    segments: tuple[Segment, ...]
    more: int
    is_folded: bool
    shown_count: int

    @property
    def next(self) -> int:
        """Where "load more" goes on."""
        return len(self.cards)


@dataclass(frozen=True, kw_only=True)
class Board:
    """Cards in lanes.

    `lane` is the field that lanes stand for unless another grouping is chosen;
    `card(look, base)` gives a function that draws a card from a plain row; `shows`
    names the columns of that row (`customer__name` for a linked one), `words` its
    many links as (name, colour); `lanes` gives the linked records that
    have a lane even when it is empty; `bar` are the two instants of the
    activity state.
    """

    lane: str
    card: Callable[[Look, str], Callable[[Any], str]]
    shows: tuple[str, ...]
    words: tuple[str, ...] = ()
    total: str = ""
    second_total: str = ""
    lanes: Lanes | None = None
    bar: tuple[str, str] | None = None
    quick: tuple[str, ...] = ()
    quick_template: str = ""
    decorate: Callable[[Look, list[Any]], None] | None = None
    reorder: Callable[..., None] | None = None
    shows_second: Callable[[Look], bool] = lambda look: True
    name: str = "board"
    label: str | Promise = _("Board")
    icon: str = "layout-kanban"
    template: str = "screens/board.html"

    def context(self, look: Look) -> dict[str, Any]:
        """Lanes with their first cards, in a fixed number of statements."""
        by = self.grouping(look)
        return self.context_of(look, by, self.build(look, by))

    def context_of(
        self, look: Look, by: GroupBy, lanes: list["Lane"]
    ) -> dict[str, Any]:
        """What the templates of board and lane need beside the lanes."""
        return {
            "lanes": lanes,
            "board": self,
            "by": by,
            "is_staged": by.field.name == self.lane,
            "shows_recurring": bool(self.second_total) and self.shows_second(look),
            "head": look.head,
            "may_drag": look.may_write and by.field.editable and not by.unit,
            "may_edit_lanes": self._may_edit_lanes(look, by),
            "count": sum(lane.group.count for lane in lanes),
        }

    def grouping(self, look: Look) -> GroupBy:
        """The first chosen grouping, else the declared lanes."""
        if look.groups:
            return look.groups[0]
        found = parse(look.type, self.lane, look.actor)
        if found is None:
            raise LookupError(f"{self.lane} cannot make lanes")
        return found

    def build(self, look: Look, by: GroupBy, only: str = "") -> list[Lane]:
        """The lanes, or a single one by its key."""
        found = self._groups(look, by)
        if only:
            found = [group for group in found if group.key == only]
        bars = self._bars(look, by, found[0] if only and found else None)
        narrowed = _segment(look.state.lane)
        # A lane that is asked for by itself is wanted open.
        open_lanes = (
            found if only else [g for g in found if not g.is_folded][:OPEN_LANES]
        )
        cards = self._cards(look, by, open_lanes, narrowed)
        lanes = []
        for group in found:
            is_folded = group not in open_lanes
            state = narrowed[1] if narrowed and narrowed[0] == group.key else ""
            figures = group
            if state:
                figures = self._narrowed(look, by, group, state)
            here = tuple(cards.get(group.key, ()))
            lanes.append(
                Lane(
                    group=figures,
                    cards=here,
                    segments=self._segments(look, group, bars.get(group.value), state),
                    more=0 if is_folded else max(0, figures.count - len(here)),
                    is_folded=is_folded,
                    shown_count=figures.count,
                )
            )
        return lanes

    def more(self, look: Look, key: str, start: int) -> dict[str, Any]:
        """The next cards of one lane."""
        by = self.grouping(look)
        group = next((g for g in self._groups(look, by) if g.key == key), None)
        if group is None:
            return {"cards": (), "more": 0}
        narrowed = _segment(look.state.lane)
        state = narrowed[1] if narrowed and narrowed[0] == key else ""
        size = settings.LANE_PAGE
        found = self._lane_rows(look, by, group, state)
        keys = list(found.values_list("pk", flat=True)[start : start + size])
        cards = self._loaded(look, keys)
        total = self._narrowed(look, by, group, state).count if state else group.count
        return {
            "cards": [cards[key] for key in keys if key in cards],
            "more": max(0, total - start - len(keys)),
            "next": start + len(keys),
            "key": key,
        }

    def heads(self, look: Look, by: GroupBy, only: str = "") -> dict[str, Any]:
        """Lanes with fresh figures but without cards, after one card moved; or the
        single one that has changed."""
        found = self._groups(look, by)
        if only:
            found = [group for group in found if group.key == only]
        bars = self._bars(look, by, found[0] if only and found else None)
        lanes = [
            Lane(
                group=group,
                cards=(),
                segments=self._segments(look, group, bars.get(group.value), ""),
                more=0,
                is_folded=group.is_folded,
                shown_count=group.count,
            )
            for group in found
        ]
        return self.context_of(look, by, lanes)

    def one(self, look: Look, pk: int) -> Any:
        """One card as it is now; None when it left what is looked at."""
        return self._loaded(look, [pk], look.selection.rows).get(pk)

    def _groups(self, look: Look, by: GroupBy) -> list[Group]:
        sums = [name for name in (self.total, self.second_total) if name]
        if by.field.name != self.lane or self.lanes is None:
            found = groups(look.selection, by, sums=sums)
            # Rows without a value stand first and folded.
            none = [replace(g, is_folded=True) for g in found if g.value is None]
            return none + [g for g in found if g.value is not None]
        figures = counted(look.selection, by, sums=sums)
        nothing: tuple[int, dict[str, int]] = (0, dict.fromkeys(sums, 0))
        lanes = [
            Group(
                key=str(record.pk),
                label=str(record),
                value=record.pk,
                condition=[[by.field.name, "=", record.pk]],
                count=figures.get(record.pk, nothing)[0],
                sums=figures.get(record.pk, nothing)[1],
                record=record,
                is_folded=bool(getattr(record, "is_folded", False)),
            )
            for record in self.lanes(look, [key for key in figures if key])
        ]
        if None in figures:
            count, totals = figures[None]
            lanes.insert(
                0,
                Group(
                    key="none",
                    label=str(_("None")),
                    value=None,
                    condition=[[by.field.name, "=", None]],
                    count=count,
                    sums=totals,
                    is_folded=True,
                ),
            )
        return lanes

    def _cards(
        self,
        look: Look,
        by: GroupBy,
        lanes: list[Group],
        narrowed: tuple[str, str] | None,
    ) -> dict[str, list[Any]]:
        """The first cards of all lanes: their numbers in one statement, then the
        rows in another."""
        if not lanes:
            return {}

        def compiled(lane: Group) -> tuple[str, tuple[Any, ...]]:
            state = narrowed[1] if narrowed and narrowed[0] == lane.key else ""
            found = self._lane_rows(look, by, lane, state).values("pk")
            sql, values = found[: settings.LANE_PAGE].query.sql_with_params()
            return sql, tuple(values)

        parts = []
        parameters: list[Any] = []
        for place, (sql, values) in enumerate(
            [compiled(lane) for lane in lanes]
            if narrowed
            else compiled_alike(lanes, compiled)
        ):
            parts.append(f"SELECT {place} AS lane, part.* FROM ({sql}) AS part")
            parameters += values
        with connection.cursor() as cursor:
            cursor.execute(" UNION ALL ".join(parts), parameters)
            placed = [(int(row[0]), int(row[1])) for row in cursor.fetchall()]
        loaded = self._loaded(look, [pk for _place, pk in placed])
        cards: dict[str, list[Any]] = {}
        for place, pk in placed:
            if pk in loaded:
                cards.setdefault(lanes[place].key, []).append(loaded[pk])
        return cards

    def _loaded(
        self, look: Look, keys: list[int], among: "QuerySet[Any] | None" = None
    ) -> dict[int, Any]:
        """Cards by number: plain rows with the columns that they show; `among` says
        which may be shown where the numbers have not been chosen by that.

        Hundreds of model instances with their linked ones would cost more than
        everything else on the page.
        """
        model = look.type.model
        names = ("pk", *self.shows)
        among = model._default_manager.all() if among is None else among
        rows = among.filter(pk__in=keys).order_by()
        cards = {
            values[0]: SimpleNamespace(**dict(zip(names, values, strict=True)))
            for values in rows.values_list(*names)
        }
        for name in self.words:
            for card in cards.values():
                setattr(card, name, [])
            for key, word, tone in linked_words(model, name, keys):
                if key in cards:
                    getattr(cards[key], name).append((word, tone))
        if self.decorate:
            self.decorate(look, list(cards.values()))
        return cards

    def _lane_rows(
        self, look: Look, by: GroupBy, lane: Group, state: str
    ) -> "QuerySet[Any]":
        found = look.selection.rows.filter(
            conditions.compile(lane.condition, look.type, look.actor)
        )
        if state and self.bar:
            found = found.filter(in_state(self.bar, state))
        return found.order_by(*look.type.order)

    def _bars(
        self, look: Look, by: GroupBy, lane: Group | None = None
    ) -> dict[Any, dict[str, int]]:
        """Rows per lane and activity state, of all lanes or one; rows without a
        state are the rest."""
        if self.bar is None or by.unit or by.field.kind == Kind.LINKS:
            return {}
        today, overdue = self.bar
        now = timezone.now()
        state = Case(
            When(**{f"{overdue}__lte": now}, then=Value("overdue")),
            When(**{f"{today}__lte": now}, then=Value("today")),
            default=Value("planned"),
        )
        found: dict[Any, dict[str, int]] = {}
        rows = look.selection.rows
        if lane is not None:
            rows = rows.filter(
                conditions.compile(lane.condition, look.type, look.actor)
            )
        counted = (
            rows.filter(**{f"{today}__isnull": False})
            .order_by()
            .annotate(bar_state=state)
            .values(by.field.column, "bar_state")
            .annotate(how_many=Count("*"))
        )
        for row in counted:
            found.setdefault(row[by.field.column], {})[row["bar_state"]] = row[
                "how_many"
            ]
        return found

    def _segments(
        self, look: Look, lane: Group, counts: dict[str, int] | None, on: str
    ) -> tuple[Segment, ...]:
        if self.bar is None or not lane.count:
            return ()
        counts = dict(counts or {})
        counts["none"] = max(0, lane.count - sum(counts.values()))
        start, found = 0, []
        for state in STATES:
            count = counts.get(state, 0)
            if not count:
                continue
            length = max(12, round(1000 * count / lane.count))
            lane_state = "" if state == on else f"{lane.key}:{state}"
            found.append(
                Segment(
                    state=state,
                    count=count,
                    start=start,
                    length=min(length, 1000 - start),
                    query=look.state.but(lane=lane_state).query(),
                    is_on=state == on,
                )
            )
            start = min(1000, start + length)
        return tuple(found)

    def _narrowed(self, look: Look, by: GroupBy, lane: Group, state: str) -> Group:
        """Figures of one segment of a lane."""
        sums = [name for name in (self.total, self.second_total) if name]
        figures = (
            self._lane_rows(look, by, lane, state)
            .order_by()
            .aggregate(how_many=Count("pk"), **{f"sum_{n}": Sum(n) for n in sums})
        )
        return replace(
            lane,
            count=figures["how_many"],
            sums={name: int(figures[f"sum_{name}"] or 0) for name in sums},
        )

    def _may_edit_lanes(self, look: Look, by: GroupBy) -> bool:
        if by.field.name != self.lane or not by.field.target:
            return False
        return rows.may(by_name(by.field.target), look.actor, "write")


def compiled_alike(
    lanes: Sequence[Group], compiled: Callable[[Group], tuple[str, tuple[Any, ...]]]
) -> list[tuple[str, tuple[Any, ...]]]:
    """The statements of lanes that differ in nothing but the lane's own value.

    Two are compiled and compared; if so, the others take the same text with their
    value in its place. Compiling takes longer than running.
    """
    found = [compiled(lane) for lane in lanes[:2]]
    rest = lanes[2:]
    if not rest:
        return found
    (sql, one), (other_sql, other) = found
    places = [
        n for n, pair in enumerate(zip(one, other, strict=False)) if len({*pair}) > 1
    ]
    first, second = lanes[0].value, lanes[1].value
    is_alike = (
        sql == other_sql
        and [(one[n], other[n]) for n in places] == [(first, second)]
        and all(isinstance(lane.value, type(first)) for lane in rest)
    )
    if not is_alike:
        return found + [compiled(lane) for lane in rest]
    place = places[0]
    return found + [
        (sql, (*one[:place], lane.value, *one[place + 1 :])) for lane in rest
    ]


def linked_words(
    model: Any, name: str, keys: list[int]
) -> "QuerySet[Any, tuple[int, str, int]]":
    """(record, name, colour) of a many-to-many link, for many records at once."""
    field = model._meta.get_field(name)
    source, target = field.m2m_field_name(), field.m2m_reverse_field_name()
    return (
        field.remote_field.through._default_manager.filter(**{f"{source}__in": keys})
        .order_by(f"{target}__name", "pk")
        .values_list(f"{source}_id", f"{target}__name", f"{target}__tone")
    )


def in_state(bar: tuple[str, str], state: str) -> Any:
    """The condition on the two instants for an activity state."""
    from django.db.models import Q

    today, overdue = bar
    now = timezone.now()
    return {
        "overdue": Q(**{f"{overdue}__lte": now}),
        "today": Q(**{f"{today}__lte": now, f"{overdue}__gt": now}),
        "planned": Q(**{f"{today}__gt": now}),
        "none": Q(**{f"{today}__isnull": True}),
    }.get(state, Q())


def _segment(text: str) -> tuple[str, str] | None:
    key, _sign, state = text.partition(":")
    return (key, state) if state in STATES else None


def preset_of(lane: Group, by: GroupBy) -> str:
    """What a new card in the lane starts with, as JSON for the quick form."""
    return json.dumps({by.field.name: lane.value})
