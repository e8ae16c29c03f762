"""Reading stages."""

from collections.abc import Collection

from django.db.models import Q, QuerySet

from sarnakh.crm.models import Stage
from sarnakh.crm.stages.choosing import StageFacts


def facts() -> list[StageFacts]:
    """Every stage, ready for choosing."""
    return [
        StageFacts(*row)
        for row in Stage.objects.order_by("sequence", "pk").values_list(
            "pk", "sequence", "is_won", "is_folded", "team_id"
        )
    ]


def on_board(team_ids: Collection[int], holding: Collection[int]) -> "QuerySet[Stage]":
    """Columns of a board: global stages, the teams' own, and those in use."""
    return Stage.objects.filter(
        Q(team=None) | Q(team__in=team_ids) | Q(pk__in=holding)
    ).order_by("sequence", "name", "pk")
