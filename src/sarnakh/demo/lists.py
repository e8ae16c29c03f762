"""Stages and lost reasons that the demo has besides those of every installation."""

from collections.abc import Mapping
from typing import TypeVar

from sarnakh.accounts.actor import Actor
from sarnakh.accounts.models import Company
from sarnakh.activities import seed as activities
from sarnakh.crm import seed as crm
from sarnakh.crm import shipped
from sarnakh.crm.models import LostReason, Stage
from sarnakh.crm.stages import actions as stages
from sarnakh.crm.types import LOST_REASONS
from sarnakh.lib.shipped import Name
from sarnakh.mail import seed as mail
from sarnakh.recurring import seed as recurring
from sarnakh.sources import seed as sources

OPEN_STAGES = (
    shipped.NEW,
    shipped.QUALIFIED,
    shipped.SOLUTIONS,
    shipped.PROPOSITION,
    shipped.FOLLOW_UP,
)
REASONS = (
    shipped.TOO_EXPENSIVE,
    shipped.NO_SKILLS,
    shipped.NO_STOCK,
    shipped.COMPETITOR,
    shipped.NO_BUDGET,
    shipped.POSTPONED,
)
STALE_AFTER = 45
Found = TypeVar("Found")


def prepare(company: Company, requirements: Mapping[str, str], *, by: Actor) -> None:
    """Reference data in the company's language, then the demo's own on top.

    The teams are those of the script, so the usual ones are not made.
    """
    activities.seed()
    sources.seed(company)
    crm.seed(company)
    mail.seed()
    recurring.seed(company)
    language = company.language
    present = {stage.name: stage for stage in Stage.objects.all()}
    for place, name in enumerate(OPEN_STAGES, start=1):
        text = name.in_language(language)
        values = {
            "sequence": place,
            "requirements": requirements.get(name.en, ""),
            "stale_after_days": STALE_AFTER if place > 1 else 0,
        }
        if text in present:
            stages.change(present[text], values, by=by)
        else:
            stages.create([{"name": text, **values}], by=by)
    known = set(LostReason.objects.values_list("name", flat=True))
    for name in REASONS:
        if (text := name.in_language(language)) not in known:
            LOST_REASONS.writers.create([{"name": text}], by=by)


def stages_in_order() -> list[Stage]:
    """The stages of an open opportunity and, last, the won one."""
    by_text = {stage.name: stage for stage in Stage.objects.filter(team=None)}
    return [_named(by_text, name) for name in (*OPEN_STAGES, shipped.WON)]


def reasons() -> list[LostReason]:
    """In the order of `REASONS`."""
    by_text = {reason.name: reason for reason in LostReason.objects.all()}
    return [_named(by_text, name) for name in REASONS]


def _named(by_text: Mapping[str, Found], name: Name) -> Found:
    texts = (name.fa, name.ar, name.en)
    return next(by_text[text] for text in texts if text in by_text)
