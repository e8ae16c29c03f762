"""The pages that people look at, each with its aim and its check."""

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any
from urllib.parse import urlencode

import truth
from people import Visitor
from timing import Check, Operation

ALL = "/pipeline/?view=board"
LIST = "/pipeline/?view=list"
USUAL = "priority DESC, id DESC"


def all_of(boss: Visitor, seller: Visitor) -> Iterator[Operation]:
    """Every page; aims are server milliseconds of the whole page."""
    page = partial(_page, boss)
    yield page(
        "board, manager, all records", 50, ALL, lambda: truth.board_of(truth.OPEN)
    )
    yield _page(
        seller,
        "board, salesperson's own",
        30,
        f"{ALL}&f=mine",
        lambda: truth.board_of(f"{truth.OPEN} AND salesperson_id = %s", seller.user.pk),
    )
    yield page("list, page 1", 20, LIST, lambda: truth.list_of(truth.OPEN, USUAL))
    yield page(
        "list, page 500",
        30,
        f"{LIST}&p=500",
        lambda: truth.list_of(truth.OPEN, USUAL, start=499 * 80),
    )
    yield page(
        "list sorted by revenue",
        25,
        f"{LIST}&o=-expected_revenue",
        lambda: truth.list_of(truth.OPEN, f"expected_revenue DESC, {USUAL}"),
    )
    yield page("list sorted by customer", 25, f"{LIST}&o=customer", _by_customer)
    few = _company_word()
    for title, text, aim in (
        (f"search, few hits (“{few}”)", few, 20),
        ("search, none", truth.NOBODYS_TEXT, 10),
        ("search, two letters (“ka”)", "ka", 30),
        ("search, two letters (“شر”)", "شر", 30),
    ):
        query = urlencode({"q": f"text:{text}"})
        yield page(title, aim, f"{LIST}&{query}", partial(_found, text))
    pk, contact = _talked_about()
    yield page(
        "form with conversation",
        20,
        f"/pipeline/{pk}",
        lambda: truth.holding('class="composer', contact),
    )


def _page(
    who: Visitor, name: str, aim: float, path: str, check: Callable[[], Check]
) -> Operation:
    return Operation(name, aim, lambda _run: who.get(path), check)


def _found(text: str) -> Check:
    # One or two letters are looked for where a word begins.
    begin = "% " if len(text) < 3 else "%"
    where = f"{truth.OPEN} AND search_text LIKE %s"
    return truth.list_of(where, USUAL, f"{begin}{text}%")


def _by_customer() -> Check:
    rows = truth.query(
        "SELECT l.id FROM crm_lead l LEFT JOIN contacts_contact c "
        "ON c.id = l.customer_id WHERE l.kind = 'opportunity' AND l.active "
        "ORDER BY CASE WHEN c.id IS NULL THEN 1 ELSE 0 END, c.sort_key, "
        "l.priority DESC, l.id DESC LIMIT 80"
    )
    total = truth.number(f"SELECT COUNT(*) FROM crm_lead WHERE {truth.OPEN}")
    return truth.holding(
        f'data-total="{total}"', *(f'data-pk="{row[0]}"' for row in rows)
    )


def _company_word() -> str:
    """The name of a company that few leads have."""
    rows = truth.query(
        f"SELECT company_name FROM crm_lead WHERE {truth.OPEN} "
        "AND customer_id IS NULL AND company_name LIKE %s ORDER BY id LIMIT 1",
        "A%",
    )
    words: list[Any] = rows[0][0].lower().split()
    return " ".join(words[:3])


def _talked_about() -> tuple[int, str]:
    """The open opportunity with the longest conversation, and its contact's name."""
    pk, name, _count = truth.query(
        "SELECT l.id, l.contact_name, COUNT(*) FROM crm_lead l "
        "JOIN discussion_message m ON m.record_id = l.id AND m.record_type = 'leads' "
        "WHERE l.kind = 'opportunity' AND l.active AND l.contact_name <> '' "
        "GROUP BY l.id ORDER BY 3 DESC, l.id LIMIT 1"
    )[0]
    return pk, name
