"""Drawing the history of a demo company by lot, the same every time. Plain Python."""

import datetime as dt
import random
from collections.abc import Sequence
from zoneinfo import ZoneInfo

from sarnakh.demo.plan import Deal, Human, Kind, Place, Plan, Step
from sarnakh.demo.script import Offer, Script, TeamPlan
from sarnakh.lib import calendars
from sarnakh.lib.digits import localize

# Probability in percent of the five open stages.
CHANCES = (10, 25, 45, 65, 80)
WON = len(CHANCES)
STARS = (0,) * 9 + (1,) * 6 + (2,) * 4 + (3,) * 2
# Of open records: how old (days) they may be in each stage.
AGES = ((0, 45), (5, 75), (14, 100), (21, 130), (30, 170))
# Of open records: days from today to the expected closing.
CLOSINGS = ((25, 80), (15, 65), (8, 45), (-6, 32), (-12, 18))


def draw(script: Script, now: dt.datetime) -> Plan:
    """The plan of a demo company; `now` decides the dates, nothing else."""
    return _Lot(script, now).draw()


class _Lot:
    def __init__(self, script: Script, now: dt.datetime) -> None:
        self.script = script
        self.random = random.Random(f"sarnakh {script.language}")  # noqa: S311
        self.zone = ZoneInfo(str(script.company["timezone"]))
        self.now = now.astimezone(self.zone)
        calendar = calendars.get(str(script.company["calendar"]))
        first = calendar.add_months(self.now.date(), -script.sizes.months)
        self.days = (self.now.date() - first).days
        self.titles: set[str] = set()
        self.decks: dict[int, list[str]] = {}

    def draw(self) -> Plan:
        places = self._places()
        people = self._people(places)
        self.plan = Plan(places, people, [])
        self._open_deals()
        self._closed_deals()
        self._questions()
        self.plan.deals.sort(key=lambda deal: deal.created)
        return self.plan

    # --- customers ----------------------------------------------------------------

    def _places(self) -> list[Place]:
        script, cities = self.script, self.script.cities
        chosen = script.companies[: script.sizes.companies]
        found = []
        for name, slug in chosen:
            city = self.random.choices(
                range(len(cities)), [one.weight for one in cities]
            )[0]
            number = localize(str(self.random.randint(3, 268)), script.digits)  # type: ignore[arg-type]
            street = self.random.choice(cities[city].streets)
            found.append(
                Place(
                    name=name,
                    domain=f"{slug}.example",
                    city=city,
                    address=script.address.format(street=street, number=number),
                    phone=self._filled(cities[city].phone),
                    zip=str(self.random.randint(1_100_000_000, 9_900_000_000)),
                    since=self._at(self.random.randint(self.days, self.days + 200)),
                )
            )
        return found

    def _people(self, places: list[Place]) -> list[Human]:
        script = self.script
        names = [
            (given, surname)
            for given in script.given_names
            for surname in script.surnames
        ]
        found = []
        addresses: set[str] = set()
        for number, (given, (surname, latin)) in enumerate(
            self.random.sample(names, script.sizes.people)
        ):
            # Everybody has a colleague before anybody has three.
            company = number % len(places)
            title = given.title
            if self.random.random() < 0.14:
                title = self.random.choice(("dr", "engineer"))
            domain = places[company].domain
            email = f"{given.latin[0]}.{latin}@{domain}"
            if email in addresses:
                email = f"{given.latin}.{latin}@{domain}"
            addresses.add(email)
            found.append(
                Human(
                    name=f"{given.name} {surname}",
                    address=f"{script.honours.get(title, '')} {surname}".strip(),
                    title=title,
                    job=self.random.choice(script.jobs),
                    email=email,
                    mobile=self._filled(self.random.choice(script.mobiles)),
                    company=company,
                )
            )
        return found

    def _filled(self, pattern: str) -> str:
        """A made-up number: a digit for every #."""
        return "".join(
            self.random.choice("0123456789") if char == "#" else char
            for char in pattern
        )

    # --- deals --------------------------------------------------------------------

    def _open_deals(self) -> None:
        sizes = self.script.sizes
        for stage, number in enumerate(sizes.open_main):
            for _n in range(number):
                self._open(stage, self.script.main)
        left = sizes.unassigned
        for stage, number in enumerate(sizes.open_others):
            for _n in range(number):
                is_free = stage == 0 and left > 0
                left -= is_free
                self._open(stage, None if is_free else self._seller(others=True))

    def _open(self, stage: int, seller: str | None) -> None:
        low, high = AGES[stage]
        # Most of what is young is very young.
        age = low + (high - low) * self.random.random() ** 1.4
        deal = self._deal(seller, self._at(age))
        last = self._later(deal.created, self.now, 0.45, 0.97)
        self._walk(deal, stage, last)
        self._talk(deal, last, closed="")
        start, end = CLOSINGS[stage]
        deal.expected = self.now.date() + dt.timedelta(self.random.randint(start, end))
        if seller and self.random.random() < 0.62:
            due = self._due()
            deal.planned = (due, self.random.randrange(len(self.script.works)))

    def _due(self) -> int:
        """Days from today: late, today, or planned."""
        lot = self.random.random()
        if lot < 0.2:
            return -self.random.choice((1, 1, 2, 3, 5, 8))
        if lot < 0.4:
            return 0
        return self.random.choice((1, 1, 2, 3, 4, 6, 7, 9, 12, 16, 21))

    def _closed_deals(self) -> None:
        sizes = self.script.sizes
        for number in range(sizes.won + sizes.lost):
            seller = self._seller(others=number % 6 != 0)
            took = self.random.randint(9, 105)
            # More and more business: the square root favours what is recent.
            ago = (self.days - took) * (1 - self.random.random() ** 0.8)
            end = self._at(max(ago, 0.6))
            deal = self._deal(seller, self._at(ago + took))
            is_won = number < sizes.won
            stage = 4 if is_won else self.random.choice((0, 1, 2, 3, 3, 3, 4, 4))
            last = self._later(deal.created, end, 0.7, 0.92)
            self._walk(deal, stage, last)
            self._talk(deal, end, closed="won" if is_won else "lost")
            kind = Kind.WIN if is_won else Kind.LOSE
            deal.steps.append(Step(end, kind, seller))
            deal.steps.sort(key=lambda step: step.at)
            deal.expected = end.date() + dt.timedelta(self.random.randint(-12, 20))
            if not is_won:
                deal.reason = self.random.randrange(6)

    def _deal(self, seller: str | None, created: dt.datetime) -> Deal:
        script = self.script
        team = self._team_of(seller)
        customer = self._customer(script.teams[team])
        place = self.plan.places[customer]
        offer, title, amount = self._offer(place)
        people = [
            number
            for number, human in enumerate(self.plan.people)
            if human.company == customer
        ]
        tags = list(offer.tags)
        if script.urgent not in tags and self.random.random() < 0.08:
            tags.append(script.urgent)
        deal = Deal(
            title=title,
            tags=tuple(tags),
            amount=amount,
            customer=customer,
            contact=self.random.choice(people) if people else None,
            team=team,
            salesperson=seller,
            created=created,
            priority=self.random.choice(STARS),
            expected=created.date(),
            medium=self.random.choice((None, 0, 0, 1, 1, 2, 3, 5)),
            source=self.random.choice((None, None, 0, 2, 3, 4, 6, 7)),
            description=(
                self.random.choice(script.descriptions)
                if self.random.random() < 0.35
                else ""
            ),
            is_personal=self.random.random() < 0.2,
            tone=self.random.choice((0,) * 9 + (1, 2, 4, 5, 7, 10)),
        )
        self.plan.deals.append(deal)
        return deal

    def _offer(self, customer: Place) -> tuple[Offer, str, int]:
        """An offer whose title nobody has yet and whose amount is plausible."""
        script = self.script
        city = script.cities[customer.city].name
        fitting = [
            offer
            for offer in script.offers
            if not offer.only_for
            or any(word in customer.name for word in offer.only_for)
        ]
        # What only this kind of customer buys comes up more often.
        weights = [4 if offer.only_for else 1 for offer in fitting]
        while True:
            offer = self.random.choices(fitting, weights)[0]
            number = self.random.randint(offer.low, offer.high)
            title = offer.title.format(
                n=localize(str(number), script.digits),  # type: ignore[arg-type]
                place=self.random.choice(script.places),
                building=self.random.choice(script.buildings),
                city=city,
            )
            amount = _round(offer.price * number * self.random.uniform(0.86, 1.17))
            is_new = title not in self.titles or self.random.random() < 0.02
            if is_new and script.smallest <= amount <= script.largest:
                self.titles.add(title)
                return offer, title, amount * script.minor

    def _seller(self, *, others: bool) -> str:
        if not others:
            return self.script.main
        members = [
            login
            for team in self.script.teams
            for login in team.members
            if login != self.script.main
        ]
        return self.random.choice(members)

    def _team_of(self, seller: str | None) -> int:
        teams = self.script.teams
        fitting = [n for n, team in enumerate(teams) if seller in team.members]
        return fitting[0] if fitting else self.random.randrange(len(teams))

    def _customer(self, team: TeamPlan) -> int:
        near = [
            number
            for number, place in enumerate(self.plan.places)
            if self.script.cities[place.city].name in team.cities
        ]
        return self.random.choice(near or range(len(self.plan.places)))

    # --- histories ----------------------------------------------------------------

    def _walk(self, deal: Deal, stage: int, last: dt.datetime) -> None:
        """Moves from the first stage to the given one, the last of them at `last`."""
        by = deal.salesperson or self.script.main
        # Some skip a stage, as people do.
        is_old = last < self.now - dt.timedelta(days=150)
        skipped = 0.7 if is_old else 0.33
        path = [one for one in range(1, stage) if self.random.random() > skipped]
        path += [stage] if stage else []
        times = sorted(
            self._between(deal.created, last, number / len(path))
            for number in range(1, len(path))
        )
        times += [last] if path else []
        for at, target in zip(times, path, strict=True):
            revised = target == 3 and self.random.random() < 0.4
            amount = None
            if revised:
                factor = self.random.choice((0.85, 0.92, 0.95, 1.1, 1.2))
                minor, script = self.script.minor, self.script
                new = _round(deal.amount / minor * factor)
                if script.smallest <= new <= script.largest:
                    amount = new * minor
            deal.steps.append(Step(at, Kind.MOVE, by, target, amount=amount))

    def _talk(self, deal: Deal, end: dt.datetime, *, closed: str) -> None:
        """Notes, messages and done activities between the first day and the end."""
        script = self.script
        owner = deal.salesperson
        if owner is None:
            return
        stages = {step.stage for step in deal.steps} | {0}
        words = [script.early_notes]
        if max(stages) >= 2:
            words.append(script.middle_notes)
        if max(stages) >= 3:
            words.append(script.late_notes)
        kept = [deck for deck in words if self.random.random() < 0.27]
        for number, deck in enumerate(kept, start=1):
            share = number / (len(kept) + 1)
            at = self._between(deal.created, end, share)
            by = owner if self.random.random() < 0.8 else self._colleague(deal)
            self._say(deal, at, Kind.NOTE, by, deck)
        if self.random.random() < 0.12 and deal.steps:
            at = self._between(deal.created, end, 0.8)
            self._say(deal, at, Kind.MESSAGE, owner, script.messages)
        if self.random.random() < 0.28:
            for _n in range(self.random.choice((1, 1, 2))):
                at = self._between(deal.created, end, self.random.uniform(0.2, 0.95))
                work = self.random.randrange(len(script.works))
                deal.steps.append(Step(at, Kind.DONE, owner, work=work))
        if closed and self.random.random() < 0.4:
            deck = script.won_notes if closed == "won" else script.lost_notes
            self._say(deal, end - dt.timedelta(minutes=7), Kind.NOTE, owner, deck)
        deal.steps.sort(key=lambda step: step.at)

    def _questions(self) -> None:
        """What colleagues have asked the main log-in in the last days."""
        script = self.script
        main = script.main
        asked = [
            deal
            for deal in self.plan.deals
            if deal.salesperson not in (None, main)
            and deal.reason is None
            and deal.steps
            and deal.steps[-1].kind != Kind.WIN
            and deal.created < self.now - dt.timedelta(days=4)
        ]
        chosen = self.random.sample(asked, min(len(asked), len(script.questions)))
        for number, deal in enumerate(chosen):
            at = _daytime(self.now - dt.timedelta(minutes=23 + number * 223))
            by = deal.salesperson or main
            deal.steps.append(
                Step(at, Kind.QUESTION, by, text=self.text(deal, script.questions))
            )
            deal.steps.sort(key=lambda step: step.at)

    def _say(
        self, deal: Deal, at: dt.datetime, kind: Kind, by: str, deck: Sequence[str]
    ) -> None:
        deal.steps.append(Step(at, kind, by, text=self.text(deal, deck)))

    def text(self, deal: Deal, deck: Sequence[str]) -> str:
        """The next sentence of a shuffled deck, filled in; all come before any twice."""
        script = self.script
        left = self.decks.setdefault(id(deck), [])
        if not left:
            left += self.random.sample(deck, len(deck))
        place = self.plan.places[deal.customer]
        human = self.plan.people[deal.contact] if deal.contact is not None else None
        number = localize(str(self.random.randint(3, 12)), script.digits)  # type: ignore[arg-type]
        main = next(one.name for one in script.workers if one.login == script.main)
        return left.pop().format(
            person=human.address if human else place.name,
            customer=place.name,
            city=script.cities[place.city].name,
            n=number,
            main=main,
        )

    def _colleague(self, deal: Deal) -> str:
        return self.script.teams[deal.team].leader

    # --- time ---------------------------------------------------------------------

    def _at(self, days_ago: float) -> dt.datetime:
        """A working hour about so many days ago, never after now."""
        day = self.now - dt.timedelta(days=days_ago)
        moment = day.replace(
            hour=self.random.randint(8, 16),
            minute=self.random.randint(0, 59),
            second=self.random.randint(0, 59),
            microsecond=0,
        )
        while moment.weekday() in self.script.weekend or moment > self.now:
            moment -= dt.timedelta(days=1)
        return moment

    def _later(
        self, start: dt.datetime, end: dt.datetime, low: float, high: float
    ) -> dt.datetime:
        return self._between(start, end, self.random.uniform(low, high))

    def _between(
        self, start: dt.datetime, end: dt.datetime, share: float
    ) -> dt.datetime:
        """A share of the way, in the daytime when that still lies between the two."""
        moment = start + (end - start) * share
        daytime = moment.replace(
            hour=self.random.randint(8, 17), minute=self.random.randint(0, 59)
        )
        chosen = daytime if start < daytime < end else moment
        return chosen.replace(microsecond=0)


def _daytime(moment: dt.datetime) -> dt.datetime:
    """The same hour if people are at work then, else the evening before."""
    if moment.hour < 8:
        moment -= dt.timedelta(hours=moment.hour + 6)
    return moment if moment.hour < 20 else moment.replace(hour=18)


def _round(amount: float) -> int:
    """To two or three digits that count, as prices are quoted."""
    size = 10 ** max(0, len(str(int(amount))) - 2)
    step = max(1, size // 2)
    return int(round(amount / step) * step)
