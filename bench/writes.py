"""The clicks that write. They change the data a little, as real ones do."""

from collections.abc import Callable, Iterator
from functools import cache
from typing import Any

import truth
from people import Visitor
from timing import WARM, Check, Operation

PART = {"HX-Request": "true", "HX-Target": "results"}


def all_of(boss: Visitor, seller: Visitor, runs: int) -> Iterator[Operation]:
    """Every click; aims are server milliseconds of its answer."""
    stages = [
        row[0]
        for row in truth.query(
            "SELECT id FROM crm_stage WHERE NOT is_won ORDER BY sequence"
        )
    ]
    needed = WARM + 1 + runs
    yield Operation(
        "quick create: whole click",
        25,
        lambda run: boss.post(
            "/pipeline/quick?view=board",
            {
                "lane": stages[0],
                "name": f"Measured {run}",
                "email": f"measured{run}@example.com",
                "phone": "+98 912 123 4567",
                "expected_revenue": "1200",
                "priority": "1",
            },
            **PART,
        ),
        lambda: truth.holding("data-added", f"Measured {WARM}"),
    )
    # Earlier runs may have emptied the first column: then back from the second.
    first, second = stages[:2]
    own = _open(first, needed, seller.user.pk)
    if len(own()) < needed:
        first, second = second, first
        own = _open(first, needed, seller.user.pk)
    yield Operation(
        "move a card: whole drag",
        20,
        lambda run: seller.post(
            f"/pipeline/{own()[run]}/move?view=board&f=mine",
            {"to": second},
            Accept="text/html+lanes",
        ),
        lambda: truth.holding(f'id="head-{second}"', f'id="card-{own()[WARM]}"'),
    )
    yield _press("won", "mark-won", boss, _open(stages[2], needed), {})
    reason = truth.number("SELECT MIN(id) FROM crm_lostreason")
    lost = {"reason": str(reason), "note": "Too late."}
    yield _press("lost", "mark-lost", boss, _open(stages[3], needed), lost)


def _press(
    name: str,
    command: str,
    who: Visitor,
    leads: Callable[[], list[int]],
    data: dict[str, Any],
) -> Operation:
    def once(run: int) -> Any:
        return who.post(f"/pipeline/{leads()[run]}/press/{command}", data)

    return Operation(name, 15, once, lambda: _closed(leads()[WARM], name == "won"))


def _closed(pk: int, is_won: bool) -> Check:
    goes_on = truth.leads_to(f"/pipeline/{pk}")

    def check(answer: Any) -> list[str]:
        row = truth.query("SELECT active, is_won FROM crm_lead WHERE id = %s", pk)[0]
        is_so = tuple(map(bool, row)) == (is_won, is_won)
        return goes_on(answer) + ([] if is_so else ["not stored"])

    return check


def _open(stage: int, count: int, user: int = 0) -> Callable[[], list[int]]:
    """Open opportunities of a stage, of one salesperson if given: one for each click."""
    where = f"{truth.OPEN} AND stage_id = %s AND (salesperson_id = %s OR %s = 0)"

    @cache
    def found() -> list[int]:
        rows = truth.query(
            f"SELECT id FROM crm_lead WHERE {where} "
            f"ORDER BY priority DESC, id DESC LIMIT {count}",
            stage,
            user,
            user,
        )
        return [row[0] for row in rows]

    return found
