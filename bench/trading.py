"""Quotations, orders, invoices and the teams' dashboard, each with its aim."""

from collections.abc import Callable, Iterator
from functools import cache, partial
from typing import Any

import truth
from people import Visitor
from sarnakh.accounts.actor import actor_for
from sarnakh.accounts.roles import Role
from sarnakh.catalog.models import Product
from sarnakh.sales.models import Order
from sarnakh.sales.orders import actions as orders
from timing import WARM, Check, Operation

LINES = 10
MANY_LINES = 30
PART = {"HX-Request": "true"}


def all_of(boss: Visitor, seller: Visitor, runs: int) -> Iterator[Operation]:
    """Pages first; then a quotation's way to a posted invoice, step by step."""
    # Posting is the right of people who write invoices.
    boss.user.roles = [*boss.user.roles, Role.BILLING]
    boss.user.save(update_fields=["roles"])
    yield Operation(
        "teams dashboard, manager", 40, lambda _run: boss.get("/dashboard/"), _cards
    )
    yield Operation(
        "teams dashboard, salesperson",
        40,
        lambda _run: seller.get("/dashboard/"),
        _cards,
    )
    yield Operation(
        "orders with totals row",
        25,
        lambda _run: boss.get("/orders/?view=list"),
        partial(_holding, "<tfoot"),
    )
    yield Operation(
        "my quotations",
        25,
        lambda _run: seller.get("/quotations/?view=list"),
        partial(_holding, "data-total"),
    )
    long = cache(lambda: _quotation(boss, MANY_LINES))
    yield Operation(
        "order form, 30 lines",
        50,
        lambda _run: boss.get(f"/quotations/{long().pk}"),
        partial(_holding, 'class="lines"'),
    )
    yield Operation(
        "change a line of 30 and see the totals",
        30,
        lambda run: _change(boss, long(), run),
        partial(_holding, 'id="lines-lines-foot"'),
    )
    yield from _way(boss, WARM + 1 + runs)


def _way(boss: Visitor, needed: int) -> Iterator[Operation]:
    made: list[Order] = []

    def create(_run: int) -> Any:
        made.append(_quotation(boss, LINES))
        return made[-1]

    yield Operation("quotation of 10 lines: create", 25, create, _anything)
    while len(made) < needed:
        made.append(_quotation(boss, LINES))
    yield Operation(
        "… confirm (click)",
        25,
        lambda run: boss.post(f"/quotations/{made[run].pk}/press/confirm", {}),
        _anything,
    )
    yield Operation(
        "… make the invoice (click)",
        25,
        lambda run: boss.post(
            f"/orders/{made[run].pk}/press/create-invoice", {"how": "regular"}
        ),
        _anything,
    )
    drafts = cache(
        lambda: [
            row[0]
            for row in truth.query(
                "SELECT id FROM invoicing_invoice WHERE state = 'draft' "
                "ORDER BY id DESC LIMIT %s",
                needed,
            )
        ]
    )
    yield Operation(
        "… post it (click)",
        25,
        lambda run: boss.post(f"/invoices/{drafts()[run]}/press/post", {}),
        _anything,
    )


def _quotation(boss: Visitor, count: int) -> Order:
    by = actor_for(boss.user)
    customer = truth.number("SELECT MIN(id) FROM contacts_contact WHERE is_company")
    products = _products()
    lines = [
        {"product": products[place % len(products)], "quantity": place + 1}
        for place in range(count)
    ]
    return orders.create_with_lines({"customer": customer}, lines, by=by)


@cache
def _products() -> list[int]:
    return list(Product.objects.order_by("pk").values_list("pk", flat=True)[:20])


def _change(boss: Visitor, order: Order, run: int) -> Any:
    line = order.lines.order_by("sequence", "pk").first()
    return boss.post(
        f"/quotations/{order.pk}/lines/lines/{line.pk}",
        {"quantity": str(run + 2), "version": str(line.version)},
        **PART,
    )


def _cards() -> Check:
    return truth.holding('class="team-card')


def _holding(text: str) -> Check:
    return truth.holding(text)


def _anything() -> Callable[[Any], list[str]]:
    """Clicks lead on to another page; their outcome is checked by the next step."""

    def check(answer: Any) -> list[str]:
        status = getattr(answer, "status_code", 302)
        return [] if status in {200, 302} else [f"answered {status}"]

    return check
