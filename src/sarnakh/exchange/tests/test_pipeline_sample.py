"""A real pipeline comes in through the import, with every figure right."""

from __future__ import annotations

from django.core.management import call_command
from django.db.models import Sum
from django.http import QueryDict
from django.test import Client

from sarnakh.accounts.actor import Actor
from sarnakh.accounts.models import User
from sarnakh.api.keys import create as create_key
from sarnakh.contacts.models import Contact
from sarnakh.crm.models import Lead
from sarnakh.crm.screens import PIPELINE
from sarnakh.crm.types import LEADS
from sarnakh.exchange.tests.samples import samples
from sarnakh.screens import state as states
from sarnakh.screens.groups import groups, parse
from sarnakh.screens.selection import Selection
from sarnakh.sources.models import Tag
from sarnakh.teams.models import Member, Team

FIGURES = {"Won": 4238, "Lost": 2473, "Engaging": 1589, "Prospecting": 500}
WON_VALUE = 10_005_534


def take_in(boss: Actor) -> None:
    """As docs/guide tells it."""
    folder = samples("crm/maven")
    assert boss.user is not None
    who = f"--as={boss.user.email}"
    call_command(
        "add_salespeople",
        str(folder / "sales_teams.csv"),
        "--name-column=sales_agent",
        "--team-column=regional_office",
        "--leader-column=manager",
    )
    call_command(
        "import_file", "teams", str(folder / "sales_teams.csv"), who,
        "--only-mapped", "--map=regional_office=name", "--map=manager=leader",
        "--match-by=name",
    )  # fmt: skip
    call_command(
        "import_file", "tags", str(folder / "products.csv"), who,
        "--only-mapped", "--map=product=name",
    )  # fmt: skip
    call_command(
        "import_file", "contacts", str(folder / "accounts.csv"), who,
        "--only-mapped", "--map=account=name", "--map=sector=tags",
        "--map=office_location=country", "--map=subsidiary_of=parent",
        "--value=office_location:Philipines=PH", "--value=office_location:Korea=KR",
        "--set=is_company=yes", "--create-missing",
    )  # fmt: skip
    call_command(
        "import_file", "leads", str(folder / "sales_pipeline.csv"), who,
        "--only-mapped", "--map=opportunity_id=id", "--map=sales_agent=salesperson",
        "--map=product=tags,name", "--map=account=customer,name",
        "--map=deal_stage=stage", "--map=engage_date=created_at",
        "--map=close_date=date_closed", "--map=close_value=expected_revenue",
        "--value=deal_stage:Won=won", "--value=deal_stage:Lost=lost",
        "--set=kind=opportunity", "--create-missing", "--calendar=gregorian",
    )  # fmt: skip


def test_a_real_pipeline_comes_in_with_every_figure(boss: Actor) -> None:
    take_in(boss)
    _records_are_right()
    _teams_are_offices()
    _screens_show_the_same(boss)
    _the_interface_tells_the_same(boss)


def _records_are_right() -> None:
    assert Lead.objects.count() == 8800
    assert Lead.objects.won().count() == FIGURES["Won"]
    assert Lead.objects.lost().count() == FIGURES["Lost"]
    won = Lead.objects.won().aggregate(total=Sum("expected_revenue"))["total"]
    assert won == WON_VALUE * 100
    assert Lead.objects.filter(customer=None).count() == 1425
    assert Contact.objects.count() == 85
    assert Contact.objects.filter(parent__isnull=False).count() == 15
    assert Tag.objects.count() == 7
    assert not Tag.objects.filter(name="GTXPro").exists()
    assert Tag.objects.get(name="GTX Pro").leads.count() == 1480
    closed = Lead.objects.get(name="GTX Plus Basic Cancity", expected_revenue=105400)
    assert closed.date_closed is not None
    assert closed.date_closed.date().isoformat() == "2017-03-01"
    assert closed.created_at.date().isoformat() == "2016-10-20"
    assert closed.salesperson is not None
    assert closed.team is not None
    assert (closed.salesperson.name, closed.team.name) == ("Moses Frase", "Central")


def _teams_are_offices() -> None:
    assert sorted(Team.objects.values_list("name", flat=True)) == [
        "Central",
        "East",
        "West",
    ]
    assert Member.objects.filter(active=True).count() == 35
    agent = User.objects.get(name="Anna Snelling")
    assert not agent.has_usable_password()


def _screens_show_the_same(boss: Actor) -> None:
    everything = Selection(PIPELINE, states.read(QueryDict("view=board")), boss)
    by_stage = parse(LEADS, "stage", boss)
    assert by_stage is not None
    lanes = {
        found.label: (found.count, found.sums["expected_revenue"])
        for found in groups(everything, by_stage, sums=["expected_revenue"])
    }
    assert lanes["Won"] == (FIGURES["Won"], WON_VALUE * 100)
    assert lanes["Engaging"][0] == FIGURES["Engaging"]
    assert lanes["Prospecting"][0] == FIGURES["Prospecting"]
    for name, count in (("won", FIGURES["Won"]), ("lost", FIGURES["Lost"])):
        listed = Selection(
            PIPELINE, states.read(QueryDict(f"view=list&f={name}")), boss
        )
        assert listed.rows.count() == count


def _the_interface_tells_the_same(boss: Actor) -> None:
    _key, written = create_key("figures", by=boss)
    client = Client(headers={"authorization": f"Bearer {written}"})
    told = client.get(
        "/api/v1/leads/groups?by=stage&measures=expected_revenue:sum"
    ).json()["groups"]
    lanes = {one["by"]["stage"]["name"]: one for one in told}
    for name in ("Won", "Engaging", "Prospecting"):
        assert lanes[name]["count"] == FIGURES[name]
    (won,) = lanes["Won"]["measures"]["expected_revenue:sum"]
    assert int(won["amount"].partition(".")[0]) == WON_VALUE
    lost = '[["active","=",false]]'
    answer = client.get(
        "/api/v1/leads", {"domain": lost, "limit": "1", "total": "true"}
    ).json()
    assert answer["total"] == FIGURES["Lost"]
