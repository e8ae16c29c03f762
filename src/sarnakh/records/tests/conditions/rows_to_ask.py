"""The records that the tests ask about."""

from datetime import UTC, date, datetime
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

from sarnakh.lib import text

from .sample.models import Area, Deal, Label, Line, Person

NOON = datetime(2025, 7, 3, 8, 30, tzinfo=UTC)
"""12:00 of 12 Tir 1404 in Tehran; the moment at which the tests ask."""


def fill(world: SimpleNamespace) -> None:
    """Areas, people, labels and deals; each deal stands for one peculiarity."""
    iran = Area.objects.create(name="ایران")
    tehran = Area.objects.create(name="تهران", parent=iran)
    centre = Area.objects.create(name="مرکز", parent=tehran)
    abroad = Area.objects.create(name="Abroad")
    world.areas = SimpleNamespace(
        iran=iran, tehran=tehran, centre=centre, abroad=abroad
    )
    ali = Person.objects.create(name="علی", city="قم", owner=world.me, area=centre)
    zoe = Person.objects.create(name="Zoë", owner=world.other, secret="gold")
    gone = Person.objects.create(name="Gone", city="Qom", active=False)
    world.people = SimpleNamespace(ali=ali, zoe=zoe, gone=gone)
    red = Label.objects.create(name="Red")
    blue = Label.objects.create(name="Blue")
    old = Label.objects.create(name="Old", active=False)
    world.labels = SimpleNamespace(red=red, blue=blue, old=old)
    world.deals = SimpleNamespace()

    def deal(
        name: str, title: str, labels: tuple[Label, ...] = (), **values: Any
    ) -> Deal:
        values["search_text"] = text.search_text(
            title, values.get("nickname") or "", values.get("note", "")
        )
        made = Deal.objects.create(name=title, company=world.company, **values)
        made.labels.set(labels)
        setattr(world.deals, name, made)
        return made

    deal("bare", "Bare")
    full = deal(
        "full",
        "علي 50% off_now",
        (red, blue),
        nickname="مي‌نويسم",
        note="Zoë * [x] ?",
        rank=3,
        score=Decimal("2.50"),
        ratio=0.5,
        amount=1050,
        is_hot=True,
        state="won",
        day=date(2025, 7, 3),
        moment=NOON,
        person=ali,
        area=centre,
        owner=world.me,
        phone="+98 (912) 345-6789",
        phone_e164="+989123456789",
        properties={
            "word": "علي",
            "tags": ["a", "b"],
            "number": 5,
            "yes": True,
            "day": "2025-07-03",
            "moment": "2025-07-03T08:30:00Z",
        },
    )
    Line.objects.create(deal=full, name="apple", count=1)
    Line.objects.create(deal=full, name="pear", count=5)
    half = deal(
        "half",
        "می نویسم",
        (red, old),
        nickname="",
        rank=-2,
        score=Decimal("-2.25"),
        amount=0,
        is_hot=False,
        state="new",
        day=date(2025, 7, 2),
        # The last second of 12 Tir and the first instant of 13 Tir in Tehran.
        moment=datetime(2025, 7, 3, 20, 29, 59, tzinfo=UTC),
        person=zoe,
        area=abroad,
        owner=world.other,
        phone="۰۹۱۲ ۱۱۱ ۲۲۳۳",
        properties={"word": "", "tags": [], "number": 5.5, "yes": False, "day": None},
    )
    Line.objects.create(deal=half, name="apple", count=9, active=False)
    deal(
        "late",
        "رؤيا",
        (old,),
        rank=10,
        moment=datetime(2025, 7, 3, 20, 30, tzinfo=UTC),
        day=date(2025, 7, 4),
        person=gone,
        area=iran,
        phone="009821 8877",
        properties={"number": "5", "tags": "a", "day": "2025-07-04"},
    )
