"""The list: columns, sorting, groups with subtotals, totals, selection."""

from dataclasses import dataclass, replace
from typing import Any

from django.conf import settings
from django.db.models import QuerySet, prefetch_related_objects
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from sarnakh.records import naming
from sarnakh.records.currency import currency_at
from sarnakh.records.types import Field
from sarnakh.screens import columns as shown_columns
from sarnakh.screens.groups import Group, groups
from sarnakh.screens.look import Look
from sarnakh.screens.pages.sorting import counted_keys, page_keys


@dataclass(frozen=True)
class Header:
    """A column head: what it shows and how a click sorts."""

    field: Field
    sort: str = ""
    direction: str = ""


@dataclass(frozen=True)
class GroupRow:
    """A group of the list: closed, or open with its rows."""

    group: Group
    key: str
    is_open: bool
    depth: int
    rows: tuple[Any, ...] = ()
    children: "tuple[GroupRow, ...]" = ()
    more: int = 0
    open_query: str = ""
    closed_query: str = ""


@dataclass(frozen=True, kw_only=True)
class List:
    """Rows under columns. `optional` columns are off until somebody shows them;
    `needs` are fields that rows take besides those shown."""

    columns: tuple[str, ...]
    optional: tuple[str, ...] = ()
    name: str = "list"
    label: str | Promise = _("List")
    icon: str = "list"
    template: str = "screens/list.html"
    needs: tuple[str, ...] = ()

    def context(self, look: Look) -> dict[str, Any]:
        """Everything the list shows, in a fixed number of statements."""
        fields = shown_columns.shown(look, self)
        found: dict[str, Any] = {
            "headers": headers(look, fields),
            "fields": fields,
            "choices": shown_columns.choices(look, self, fields),
            "sums": [f.name for f in fields if f.name in look.type.sums],
            "bulk": [
                bulk
                for bulk in look.screen.bulk
                if bulk.role is None or look.actor.has(bulk.role)
            ],
        }
        if look.groups:
            return found | self._grouped(look, fields)
        return found | self._flat(look, fields)

    def _flat(self, look: Look, fields: list[Field]) -> dict[str, Any]:
        size = settings.LIST_PAGE
        count, keys = counted_keys(look, (look.state.page - 1) * size, size)
        pages = max(1, -(-count.value // size))
        number = look.state.page if count.is_more else min(look.state.page, pages)
        first = (number - 1) * size
        if keys is None or number != look.state.page:
            rows = look.selection.walked if count.is_more else look.selection.rows
            keys = page_keys(look, rows, first, size)
        records = read(look, self, fields, keys)
        pager = Pager(
            first=first + 1 if records else 0,
            last=first + len(records),
            total=count.value,
            is_more=count.is_more,
            number=number,
            pages=pages,
        )
        return {
            "records": records,
            "totals": totals(look, fields, records),
            "pager": pager,
            "previous_page": look.state.but(page=pager.previous).query(),
            "next_page": look.state.but(page=pager.next).query(),
            "count": count,
        }

    def _grouped(self, look: Look, fields: list[Field]) -> dict[str, Any]:
        sums = [name for name in look.type.sums if name in look.fields]
        by = look.groups[0]
        found = groups(look.selection, by, sums=sums)
        opened = look.state.lane.split("|") if look.state.lane else []
        rows = tuple(
            self._group_row(look, fields, group, [group.key], opened, sums)
            for group in found[: settings.LIST_PAGE]
        )
        total = {
            name: {look.currency: sum(g.sums[name] for g in found)} for name in sums
        }
        return {
            "group_rows": rows,
            "totals": total,
            "count": look.selection.count(),
            "group_columns": len(fields),
        }

    def _group_row(
        self,
        look: Look,
        fields: list[Field],
        group: Group,
        path: list[str],
        opened: list[str],
        sums: list[str],
        rows: "QuerySet[Any] | None" = None,
    ) -> GroupRow:
        is_open = opened[: len(path)] == path
        row = GroupRow(
            group=group,
            key="|".join(path),
            is_open=is_open,
            depth=len(path) - 1,
            open_query=look.state.but(lane="|".join(path)).query(),
            closed_query=look.state.but(lane="|".join(path[:-1])).query(),
        )
        if not is_open:
            return row
        inside = (look.selection.rows if rows is None else rows).filter(
            shown_columns.group_filter(look, group)
        )
        if len(look.groups) > len(path):
            children = tuple(
                self._group_row(
                    look, fields, child, [*path, child.key], opened, sums, inside
                )
                for child in groups(
                    look.selection, look.groups[len(path)], rows=inside, sums=sums
                )
            )
            return replace(row, children=children)
        size = settings.LIST_PAGE
        records = page_of(look, self, fields, inside, 0, size)
        return replace(
            row, rows=tuple(records), more=max(0, group.count - len(records))
        )


@dataclass(frozen=True)
class Pager:
    """Where we are in the rows."""

    first: int
    last: int
    total: int
    is_more: bool
    number: int
    pages: int

    @property
    def next(self) -> int:
        """The next page; after the last comes the first."""
        return self.number + 1 if self.is_more or self.number < self.pages else 1

    @property
    def previous(self) -> int:
        """The page before; before the first comes the last."""
        return self.number - 1 if self.number > 1 else self.pages


def page_of(
    look: Look,
    page: List,
    fields: list[Field],
    rows: "QuerySet[Any]",
    first: int,
    size: int,
) -> list[Any]:
    """Some rows in order. Their numbers come first, mostly from an index alone; what
    is shown of them is fetched for the page only."""
    return read(look, page, fields, page_keys(look, rows, first, size))


def read(look: Look, page: List, fields: list[Field], keys: list[int]) -> list[Any]:
    """The records of some numbers, in that order, with what is shown of them."""
    found = naming.brief(look.type, keys, fields, page.needs)
    if found is None:
        linked = look.related(fields)
        found = look.type.model._default_manager.select_related(*linked).in_bulk(keys)
    records = [found[key] for key in keys if key in found]
    prefetch_related_objects(records, *look.prefetched(fields))
    return records


def headers(look: Look, fields: list[Field]) -> list[Header]:
    """Column heads; a click sorts up, a second one down."""
    found = []
    for field in fields:
        if not field.is_sortable:
            found.append(Header(field))
            continue
        now = look.state.order
        direction = {field.name: "up", f"-{field.name}": "down"}.get(now, "")
        following = f"-{field.name}" if direction == "up" else field.name
        found.append(
            Header(field, look.state.but(order=following, page=1).query(), direction)
        )
    return found


def totals(
    look: Look, fields: list[Field], records: list[Any]
) -> dict[str, dict[str, int]]:
    """Sums of the shown rows, each for every currency that is there."""
    path = look.type.currency or "company.currency"
    found: dict[str, dict[str, int]] = {}
    for field in fields:
        if field.name not in look.type.sums:
            continue
        sums: dict[str, int] = {}
        for record in records:
            currency = currency_at(record, path) or look.currency
            sums[currency] = sums.get(currency, 0) + (
                getattr(record, field.column) or 0
            )
        found[field.name] = sums or {look.currency: 0}
    return found
