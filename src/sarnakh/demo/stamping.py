"""Moving the stamps of documents to when things are said to have happened."""

import datetime as dt
from collections import defaultdict
from typing import Any

from django.db import models

from sarnakh.delivery.models import Delivery
from sarnakh.discussion.models import Message
from sarnakh.invoicing.models import Invoice
from sarnakh.records.models import Change
from sarnakh.records.types import by_model
from sarnakh.sales.models import Order, OrderLine

BATCH = 300
# What says when an event happened, besides the history: columns by its name.
COLUMNS: dict[tuple[type[models.Model], str], tuple[str, ...]] = {
    (Order, "confirmed"): ("ordered_at",),
    (Delivery, "delivered"): ("done_at",),
    (Invoice, "posted"): ("posted_at",),
}


class Stamps:
    """Notes records with their beginning and their events; writes all in the end."""

    def __init__(self, now: dt.datetime) -> None:
        self.now = now
        self.records: dict[type[models.Model], dict[int, Any]] = defaultdict(dict)
        self.born: dict[tuple[type[models.Model], int], dt.datetime] = {}
        self.makers: dict[tuple[type[models.Model], int], int] = {}
        self.events: dict[tuple[type[models.Model], int, str], dt.datetime] = {}
        self.last: dict[tuple[type[models.Model], int], dt.datetime] = {}

    def add(self, record: Any, at: dt.datetime, *, maker: int | None = None) -> None:
        """A record was made then, by somebody else than who wrote it perhaps."""
        key = (type(record), record.pk)
        self.records[key[0]][key[1]] = record
        self.born[key] = self.last[key] = at
        if maker:
            self.makers[key] = maker

    def event(self, record: Any, name: str, at: dt.datetime) -> None:
        """Something happened to it."""
        key = (type(record), record.pk)
        at = min(max(at, self.last[key]), self.now)
        self.events[(*key, name)] = self.last[key] = at

    def write(self) -> None:
        """Move everything."""
        for model, known in self.records.items():
            self._move(model, list(known))
            self._history(model, list(known))

    def _move(self, model: type[models.Model], keys: list[int]) -> None:
        columns = {"created_at", "updated_at"}
        rows: list[Any] = []
        for keys_of in _chunks(keys):
            rows += model._default_manager.filter(pk__in=keys_of)
        for row in rows:
            key = (model, row.pk)
            row.created_at, row.updated_at = self.born[key], self.last[key]
            if maker := self.makers.get(key):
                row.created_by_id = maker
                columns.add("created_by")
            for (of, event), names in COLUMNS.items():
                if of is model and (at := self.events.get((model, row.pk, event))):
                    for name in names:
                        setattr(row, name, at)
                    columns.update(names)
            if model is Order and row.state != Order.State.SALE:
                row.ordered_at = self.born[key]
                columns.add("ordered_at")
            if model is Delivery:
                soon = self.born[key] + dt.timedelta(days=2)
                row.scheduled_at = row.done_at or soon
                columns.add("scheduled_at")
        model._default_manager.bulk_update(rows, sorted(columns), batch_size=BATCH)
        if model is Order:
            lines = list(OrderLine.objects.filter(order__in=keys))
            for line in lines:
                line.created_at = line.updated_at = self.born[Order, line.order_id]
            OrderLine.objects.bulk_update(
                lines, ["created_at", "updated_at"], batch_size=BATCH
            )

    def _history(self, model: type[models.Model], keys: list[int]) -> None:
        name = by_model(model).name
        entries = list(Change.objects.filter(record_type=name, record_id__in=keys))
        for entry in entries:
            key = (model, entry.record_id)
            found = self.events.get((*key, entry.event))
            entry.at = found or (
                self.born[key] if entry.event == "created" else self.last[key]
            )
            if entry.event == "created" and (maker := self.makers.get(key)):
                entry.by_id = maker
        Change.objects.bulk_update(entries, ["at", "by"], batch_size=BATCH)
        messages = list(Message.objects.filter(record_type=name, record_id__in=keys))
        for message in messages:
            message.at = self.last[model, message.record_id]
        Message.objects.bulk_update(messages, ["at"], batch_size=BATCH)


def _chunks(keys: list[int]) -> list[list[int]]:
    return [keys[start : start + BATCH] for start in range(0, len(keys), BATCH)]
