"""Which stage comes first, next, last: plain arithmetic on stages."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class StageFacts:
    """What choosing needs to know of a stage."""

    pk: int
    sequence: int
    is_won: bool
    is_folded: bool
    team_id: int | None


def of_team(stages: Iterable[StageFacts], team_id: int | None) -> list[StageFacts]:
    """Stages that records of the team may be in: global ones and its own."""
    fitting = [s for s in stages if s.team_id is None or s.team_id == team_id]
    return sorted(fitting, key=lambda stage: (stage.sequence, stage.pk))


def first(stages: Sequence[StageFacts], team_id: int | None) -> StageFacts | None:
    """Where a new record starts: the first stage that is not folded."""
    fitting = of_team(stages, team_id)
    return next((s for s in fitting if not s.is_folded), None)


def won(
    stages: Sequence[StageFacts], team_id: int | None, present: StageFacts | None
) -> StageFacts | None:
    """Where a won record goes: the next won stage, else the last one before."""
    candidates = [s for s in of_team(stages, team_id) if s.is_won]
    if not candidates:
        return None
    here = present.sequence if present else -1
    later = [s for s in candidates if s.sequence > here]
    return later[0] if later else candidates[-1]


def after_team_change(
    stages: Sequence[StageFacts],
    team_id: int | None,
    present: StageFacts | None,
    *,
    is_won: bool,
) -> StageFacts | None:
    """The stage in the new team: the same if it has it, else its first (won) one."""
    fitting = of_team(stages, team_id)
    if present in fitting:
        return present
    if is_won:
        return next((s for s in fitting if s.is_won), first(stages, team_id))
    return first(stages, team_id)
