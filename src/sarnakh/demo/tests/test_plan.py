"""Histories are drawn by lot, and still make sense."""

import datetime as dt
import re

import pytest

from sarnakh.demo.drawing import WON, draw
from sarnakh.demo.plan import Kind
from sarnakh.demo.script import Script
from sarnakh.demo.scripts import SCRIPTS

NOON = dt.datetime(2026, 3, 21, 9, 30, tzinfo=dt.UTC)
NIGHT = dt.datetime(2025, 12, 31, 23, 59, tzinfo=dt.UTC)


@pytest.fixture(params=list(SCRIPTS))
def script(request: pytest.FixtureRequest) -> Script:
    return SCRIPTS[request.param]


def test_the_same_moment_gives_the_same_plan(script: Script) -> None:
    assert draw(script, NOON) == draw(script, NOON)


@pytest.mark.parametrize("now", [NOON, NIGHT])
def test_acts_stand_in_order_between_the_first_day_and_now(
    script: Script, now: dt.datetime
) -> None:
    for deal in draw(script, now).deals:
        times = [deal.created, *(step.at for step in deal.steps)]
        assert times == sorted(times), deal.title
        assert times[-1] <= now


def test_stages_only_go_forward_and_closing_is_the_last_move(script: Script) -> None:
    for deal in draw(script, NOON).deals:
        moves = [step.stage for step in deal.steps if step.kind == Kind.MOVE]
        assert moves == sorted(set(moves))
        assert all(0 < stage < WON for stage in moves)
        ends = [s for s in deal.steps if s.kind in (Kind.WIN, Kind.LOSE)]
        assert len(ends) <= 1
        if ends:
            assert deal.steps[-1] == ends[0]


def test_the_plan_has_the_size_of_the_script(script: Script) -> None:
    plan = draw(script, NOON)
    assert len(plan.deals) == script.sizes.opportunities
    assert len({human.name for human in plan.people}) == script.sizes.people
    mails = [human.email for human in plan.people]
    assert len(set(mails)) == len(mails)
    main = [d for d in plan.deals if d.salesperson == script.main]
    assert len(main) >= sum(script.sizes.open_main)


def test_customers_buy_what_fits_them(script: Script) -> None:
    plan = draw(script, NOON)
    special = {
        max(re.split(r"\{\w+\}", offer.title), key=len): offer.only_for
        for offer in script.offers
        if offer.only_for
    }
    bought = [
        (plan.places[deal.customer].name, words)
        for deal in plan.deals
        for piece, words in special.items()
        if piece in deal.title
    ]
    assert bool(bought) == bool(special)
    for name, words in bought:
        assert any(word in name for word in words), name


def test_every_word_of_a_script_is_filled_in(script: Script) -> None:
    for deal in draw(script, NOON).deals:
        for text in (deal.title, deal.description, *(s.text for s in deal.steps)):
            assert "{" not in text
            assert "}" not in text
