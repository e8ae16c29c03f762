"""Dynamic values follow the calendar and the zone of whoever uses them."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest

from sarnakh.accounts.actor import Actor, system_actor
from sarnakh.records import conditions
from sarnakh.records.conditions import tokens

from .conftest import actor
from .rows_to_ask import NOON
from .sample.models import Deal
from .sample.types import DEALS


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("@today", date(2025, 7, 3)),
        ("@week_start", date(2025, 6, 28)),
        ("@month_start", date(2025, 6, 22)),
        ("@quarter_start", date(2025, 6, 22)),
        ("@year_start", date(2025, 3, 21)),
        ("@month_start+1m-1d", date(2025, 7, 22)),
        ("@today-2w", date(2025, 6, 19)),
        ("@year_start+1y", date(2026, 3, 21)),
        ("@quarter_start+1q", date(2025, 9, 23)),
        # 31 Mordad and one month is 31 Shahrivar, and two months 30 Mehr.
        ("@year_start+5m-1d+2m", date(2025, 10, 22)),
    ],
)
def test_days_move_in_the_jalali_calendar(
    world: SimpleNamespace, written: str, expected: date
) -> None:
    assert tokens.value(tokens.read(written), world.actor, NOON) == expected


def test_days_move_in_the_gregorian_calendar_of_a_gregorian_user(
    world: SimpleNamespace,
) -> None:
    world.me.calendar = "gregorian"
    world.me.week_start = 0
    me = actor(world)

    assert tokens.value(tokens.read("@month_start"), me, NOON) == date(2025, 7, 1)
    assert tokens.value(tokens.read("@week_start"), me, NOON) == date(2025, 6, 30)


def test_today_is_the_day_of_the_users_zone(world: SimpleNamespace) -> None:
    late = datetime(2025, 7, 3, 20, 30, tzinfo=UTC)

    assert tokens.value(tokens.read("@today"), world.actor, late) == date(2025, 7, 4)


def test_now_moves_by_the_clock_and_by_the_calendar(world: SimpleNamespace) -> None:
    hour_later = tokens.value(tokens.read("@now+1h-30min"), world.actor, NOON)
    month_later = tokens.value(tokens.read("@now+1m"), world.actor, NOON)

    assert hour_later == NOON + timedelta(minutes=30)
    # 12 Tir noon becomes 12 Mordad noon.
    assert month_later == NOON + timedelta(days=31)


def test_a_token_reads_back_as_it_was_written() -> None:
    assert str(tokens.read("@month_start+1m-1d")) == "@month_start+1m-1d"


@pytest.mark.parametrize("operator", ["=", "!="])
@pytest.mark.parametrize("token", ["@me", "@my_contact", "@my_team"])
def test_the_system_is_nobody_even_in_a_negative_question(
    world: SimpleNamespace, operator: str, token: str
) -> None:
    system = system_actor(world.company)

    assert how_many([["owner", operator, token]], system) == 0
    assert how_many(["!", ["owner", operator, token]], system) == 4
    assert how_many([["owner", "not in", [token, 1]]], system) == 0


def test_teams_are_lists_and_the_main_team_comes_first(world: SimpleNamespace) -> None:
    iran, centre = world.areas.iran.pk, world.areas.centre.pk
    member = actor(world, teams=(centre, iran))

    assert how_many([["area", "in", "@my_teams"]], member) == 2
    assert how_many([["area", "=", "@my_teams"]], member) == 2
    assert how_many([["area", "in", ["@my_teams", None]]], member) == 3
    assert how_many([["area", "=", "@my_team"]], member) == 1


def test_whoever_has_no_team_finds_nothing_and_excludes_nothing(
    world: SimpleNamespace,
) -> None:
    loner = actor(world, teams=())

    assert how_many([["area", "in", "@my_teams"]], loner) == 0
    assert how_many([["area", "not in", "@my_teams"]], loner) == 4
    assert how_many([["area", "!=", "@my_team"]], loner) == 0


def test_companies_are_those_ticked(world: SimpleNamespace) -> None:
    ticked = replace(world.actor, company_ids=(world.company.pk, 99))
    rule: list[Any] = [["company", "in", "@companies"]]

    asked = conditions.compile_trusted(rule, DEALS, ticked)

    assert Deal.objects.filter(asked).count() == 4


def how_many(condition: list[Any], looker: Actor) -> int:
    asked = conditions.compile(condition, DEALS, looker, NOON)
    return Deal.objects.filter(asked).count()
