"""The page of receivables by age, and its files."""

import datetime as dt
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language_bidi
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from sarnakh.accounts import audit
from sarnakh.accounts.actor import Actor
from sarnakh.accounts.interrupted import login_needed
from sarnakh.accounts.models import User
from sarnakh.accounts.roles import Role
from sarnakh.exchange.writing.delimited import write_csv
from sarnakh.exchange.writing.rows import Value
from sarnakh.exchange.writing.xlsx import write_xlsx
from sarnakh.invoicing.dialogs import day_of
from sarnakh.invoicing.queries import Debtor, ageing
from sarnakh.invoicing.types import INVOICES, PAYMENTS
from sarnakh.lib.money import format_money, to_major
from sarnakh.records import rows
from sarnakh.records.errors import InvalidValues
from sarnakh.teams.models import Team

SHOWN = 200


@dataclass(frozen=True)
class Question:
    """What the page is asked for."""

    on: dt.date
    basis: str
    salesperson: int | None
    team: int | None
    opened: int | None

    def query(self, **other: Any) -> str:
        """The address of the same question, or of a slightly other one."""
        given = QueryDict(mutable=True)
        values = {
            "on": self.on.isoformat(),
            "basis": self.basis,
            "salesperson": self.salesperson,
            "team": self.team,
            "open": self.opened,
            **other,
        }
        for name, value in values.items():
            if value:
                given[name] = str(value)
        return given.urlencode()


@login_needed
@require_GET
def page(request: HttpRequest) -> HttpResponse:
    """Who owes what since when."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    if not rows.may(INVOICES, actor, "read"):
        raise Http404
    try:
        asked, error = _read(request.GET, actor), ""
    except InvalidValues as refusal:
        asked, error = _read(QueryDict(), actor), refusal.message
    kind = request.GET.get("as", "")
    found = _found(asked, actor)
    if kind in {"xlsx", "csv"}:
        return _file(found, asked, kind, actor)
    details = _found(asked, actor, details_of=asked.opened) if asked.opened else []
    currency = actor.company.currency

    def text(amount: int) -> str:
        return format_money(amount, currency, actor.profile, symbol=False)

    sums = [sum(one.amounts[n] for one in found) for n in range(len(headings()))]
    context = {
        "profile": actor.profile,
        "asked": asked,
        "error": error,
        "date": actor.profile.date_text(asked.on),
        "currency": currency,
        "headings": headings(),
        "rows": [
            {
                "debtor": one,
                "amounts": [text(amount) if amount else "" for amount in one.amounts],
                "total": text(one.total),
                "is_open": one.customer_id == asked.opened,
                "open": asked.query(
                    open=None if one.customer_id == asked.opened else one.customer_id
                ),
                "invoices": _invoices_of(one.customer_id),
                "parts": [
                    {
                        "part": part,
                        "url": reverse(f"{part.slug}:record", args=[part.pk]),
                        "cells": [
                            text(part.amount) if n == part.bucket else ""
                            for n in range(len(headings()))
                        ],
                    }
                    for detail in details
                    if detail.customer_id == one.customer_id
                    for part in detail.parts
                ]
                if one.customer_id == asked.opened
                else [],
            }
            for one in found[:SHOWN]
        ],
        "more": max(0, len(found) - SHOWN),
        "sums": [text(amount) for amount in sums],
        "total": text(sum(sums)),
        "people": User.objects.filter(
            pk__in=rows.visible(INVOICES, actor)
            .exclude(salesperson=None)
            .order_by()
            .values("salesperson")
        ).order_by("name"),
        "teams": Team.objects.filter(active=True).order_by("sequence", "pk"),
        "may_export": actor.has(Role.EXPORT),
        "as_xlsx": asked.query(**{"as": "xlsx", "open": None}),
        "as_csv": asked.query(**{"as": "csv", "open": None}),
    }
    return render(request, "invoicing/ageing.html", context)


def headings() -> list[str]:
    """The columns of ages."""
    return [
        _("Not due"),
        _("1–30 days"),
        _("31–60 days"),
        _("61–90 days"),
        _("91–120 days"),
        _("Older"),
    ]


def _read(given: QueryDict, actor: Actor) -> Question:
    def number(name: str) -> int | None:
        text = given.get(name, "")
        return int(text) if text.isascii() and text.isdigit() else None

    return Question(
        on=day_of(given.get("on", ""), actor) or actor.company.profile().today(),
        basis="invoice" if given.get("basis") == "invoice" else "due",
        salesperson=number("salesperson"),
        team=number("team"),
        opened=number("open"),
    )


def _found(
    asked: Question, actor: Actor, *, details_of: int | None = None
) -> list[Debtor]:
    # Amounts of companies with different currencies cannot be added up.
    invoices = rows.visible(INVOICES, actor).filter(company=actor.company)
    payments: Any = rows.visible(PAYMENTS, actor).filter(company=actor.company)
    if asked.salesperson:
        invoices = invoices.filter(salesperson=asked.salesperson)
    if asked.team:
        invoices = invoices.filter(team=asked.team)
    sees_all = actor.has(Role.SALES_ALL) or actor.has(Role.BILLING)
    if asked.salesperson or asked.team or not sees_all:
        # Nobody has sold a payment; own sales alone say nothing about them.
        payments = None
    return ageing(
        asked.on,
        invoices=invoices,
        payments=payments,
        basis=asked.basis,
        details_of=details_of,
    )


def _invoices_of(customer_id: int) -> str:
    import json

    from sarnakh.screens.state import SearchState

    custom = json.dumps([["customer", "=", customer_id], ["residual", ">", 0]])
    state = SearchState(view="list", custom=(custom,))
    return f"{reverse('invoices:browse')}?{state.query()}"


def _file(
    found: list[Debtor], asked: Question, kind: str, actor: Actor
) -> HttpResponse:
    if not actor.has(Role.EXPORT):
        raise PermissionDenied
    currency = actor.company.currency
    names = [_("Customer"), *headings(), _("Total")]
    lines: list[list[Value]] = [
        [one.name, *(to_major(a, currency) for a in [*one.amounts, one.total])]
        for one in found
    ]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"ageing.{kind}"
        if kind == "csv":
            write_csv(path, names, lines)
        else:
            kinds = ["text", *["money"] * (len(names) - 1)]
            write_xlsx(path, names, lines, rtl=get_language_bidi(), kinds=kinds)
        content = path.read_bytes()
    audit.record(
        audit.Event.EXPORT, by=actor, subject="ageing", format=kind, rows=len(lines)
    )
    types = {
        "csv": "text/csv; charset=utf-8",
        "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    }
    name = f"ageing-{asked.on.isoformat()}.{kind}"
    return HttpResponse(
        content,
        content_type=types[kind],
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )
