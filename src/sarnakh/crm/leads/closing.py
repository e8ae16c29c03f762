"""Winning, losing, restoring."""

from collections.abc import Sequence

from sarnakh.accounts.actor import Actor
from sarnakh.crm.leads.editing import READS, change
from sarnakh.crm.leads.errors import AlreadyClosed, NotLost, NoWonStage
from sarnakh.crm.leads.scene import Scene
from sarnakh.crm.models import Lead
from sarnakh.crm.stages import choosing
from sarnakh.records import actions as plain
from sarnakh.records import rich_text
from sarnakh.records.whole import whole


@whole
def mark_won(lead: Lead, *, by: Actor) -> Lead:
    """Close as won: the next won stage of its team, probability 100.

    A lost record comes back to life first. Refuses what is won already.
    """
    lead, scene = plain.locked(lead, *READS), Scene(by)
    if lead.active and lead.probability >= 100:
        raise AlreadyClosed(lead.name)
    present = scene.stage_by_id.get(lead.stage_id or 0)
    target = choosing.won(scene.stages, lead.team_id, present)
    if target is None:
        raise NoWonStage
    values = {"active": True, "stage": target.pk, "probability": 100}
    return change(lead, values, by=by, event="won", scene=scene, is_locked=True)


@whole
def mark_lost(
    lead: Lead, *, reason: int | None = None, note: str = "", by: Actor
) -> Lead:
    """Close as lost: archived, probability 0, with a reason and a last word.

    `note` is rich text and stands in the same history entry as the change.
    """
    lead = plain.locked(lead, *READS)
    if lead.is_lost:
        raise AlreadyClosed(lead.name)
    values = {"active": False, "lost_reason": reason, "probability": 0}
    said = rich_text.sanitized(note)
    return change(lead, values, by=by, event="lost", note=said, is_locked=True)


@whole
def restore(lead: Lead, *, by: Actor) -> Lead:
    """Bring a lost record back: active, without reason and closing date."""
    lead = plain.locked(lead, *READS)
    if not lead.is_lost:
        raise NotLost(lead.name)
    values = {"active": True, "lost_reason": None}
    return change(lead, values, by=by, event="restored", is_locked=True)


@whole
def mark_many_lost(
    leads: Sequence[Lead], *, reason: int | None = None, note: str = "", by: Actor
) -> int:
    """Lose several at once; all or none. Returns how many there were."""
    for lead in leads:
        mark_lost(lead, reason=reason, note=note, by=by)
    return len(leads)


@whole
def mark_many_won(leads: Sequence[Lead], *, by: Actor) -> int:
    """Win several at once, each in its own team's won stage."""
    for lead in leads:
        mark_won(lead, by=by)
    return len(leads)
