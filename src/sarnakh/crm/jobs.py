"""What the pipeline does by itself."""

from django_tasks import task

from sarnakh.crm.tally import actions, queries


@task()
def fold_tally() -> None:
    """Fold the kept sums when enough has been appended."""
    if queries.needs_folding():
        actions.fold()
