"""What pages should say, asked of the tables in plain SQL."""

import re
from collections.abc import Callable
from typing import Any

from django.db import connection

from sarnakh.lib.digits import to_latin

OPEN = "kind = 'opportunity' AND active"
# A lead found by its text: the search column holds the words, folded.
NOBODYS_TEXT = "zzqxwv"

_LANES = re.compile(
    r'id="head-(\d+)".*?<span class="count">([^<]*)</span>'
    r'|data-unfold="(\d+)"[^>]*>.*?<b>([^<]*)</b>',
    re.DOTALL,
)
_TOTAL = re.compile(r'data-total="(\d+)"')
_ROWS = re.compile(r'<tr role="row" data-pk="(\d+)"')
_CARDS = re.compile(r'id="card-(\d+)"')


def query(sql: str, *values: Any) -> list[tuple[Any, ...]]:
    """Rows of a statement."""
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return list(cursor.fetchall())


def number(sql: str, *values: Any) -> int:
    """The only value of a statement."""
    return int(query(sql, *values)[0][0] or 0)


def board_of(where: str, *values: Any) -> Callable[[Any], list[str]]:
    """A check: the lanes count what the table holds, and cards are there."""
    expected = {
        int(stage): count
        for stage, count in query(
            f"SELECT stage_id, COUNT(*) FROM crm_lead WHERE {where} GROUP BY stage_id",
            *values,
        )
    }

    def check(answer: Any) -> list[str]:
        html, faults = text_of(answer)
        shown = {int(a or b): _plain(c or d) for a, c, b, d in _LANES.findall(html)}
        if {k: v for k, v in shown.items() if v} != expected:
            faults.append(f"lanes {shown} instead of {expected}")
        if not _CARDS.search(html):
            faults.append("no card")
        return faults

    return check


def list_of(
    where: str, order: str, *values: Any, start: int = 0, limit: int = 10_001
) -> Callable[[Any], list[str]]:
    """A check: the total, and the very rows of the page, in their order."""
    total = number(f"SELECT COUNT(*) FROM crm_lead WHERE {where}", *values)
    rows = query(
        f"SELECT id FROM crm_lead WHERE {where} ORDER BY {order} "
        f"LIMIT 80 OFFSET {start}",
        *values,
    )
    expected = [str(row[0]) for row in rows]

    def check(answer: Any) -> list[str]:
        html, faults = text_of(answer)
        found = _TOTAL.search(html)
        shown = int(found[1]) if found else -1
        # A count that the kept sums cannot answer stops at ten thousand.
        if shown != total and not (total >= limit and shown == limit - 1):
            faults.append(f"total {shown} instead of {total}")
        if _ROWS.findall(html) != expected:
            faults.append("other rows")
        return faults

    return check


def holding(*texts: str) -> Callable[[Any], list[str]]:
    """A check: the answer holds these texts."""

    def check(answer: Any) -> list[str]:
        html, faults = text_of(answer)
        return faults + [f"no “{text}”" for text in texts if text not in html]

    return check


def leads_to(part: str) -> Callable[[Any], list[str]]:
    """A check: the answer sends the browser on to such an address."""

    def check(answer: Any) -> list[str]:
        place = answer.headers.get("Location", "")
        return [] if part in place else [f"status {answer.status_code}, {place!r}"]

    return check


def text_of(answer: Any) -> tuple[str, list[str]]:
    """The body, and a fault unless the answer is 200."""
    fault = [] if answer.status_code == 200 else [f"status {answer.status_code}"]
    return answer.content.decode(), fault


def _plain(figure: str) -> int:
    return int(re.sub(r"[^0-9]", "", to_latin(figure)) or 0)
