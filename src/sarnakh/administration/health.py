"""Is it alive, is it ready: two answers for machines, without reasons."""

import shutil
from collections.abc import Callable

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.db.utils import InterfaceError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import path
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from sarnakh.jobs import queries as jobs
from sarnakh.jobs.limits import LATE

FREE_SPACE = 500 * 1024 * 1024


@require_safe
@never_cache
@login_not_required
def healthz(request: HttpRequest) -> HttpResponse:
    """The process answers; nothing else is touched."""
    return HttpResponse("ok\n", content_type="text/plain")


@require_safe
@never_cache
@login_not_required
def readyz(request: HttpRequest) -> JsonResponse:
    """200 when work can be taken, else 503; names of what fails, no reasons."""
    failing = [name for name, is_fine in PARTS.items() if not _answer(is_fine)]
    # Without its database nothing below can be known.
    failing = ["database"] if "database" in failing else failing
    return JsonResponse(
        {"ready": not failing, "failing": failing}, status=503 if failing else 200
    )


def database_answers() -> bool:
    """Whether a query is answered."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return True


def migrations_are_applied() -> bool:
    """Whether the database has the shape this code expects; remembered once true."""
    global _is_migrated  # noqa: PLW0603, RUF100
    if not _is_migrated:
        executor = MigrationExecutor(connection)
        _is_migrated = not executor.migration_plan(executor.loader.graph.leaf_nodes())
    return _is_migrated


def disk_has_room() -> bool:
    """Whether the data folder may still grow by half a gigabyte."""
    return shutil.disk_usage(settings.DATA).free >= FREE_SPACE


def queue_moves() -> bool:
    """Whether a worker takes what is due."""
    return jobs.lag() < LATE


_is_migrated = False
PARTS: dict[str, Callable[[], bool]] = {
    "database": database_answers,
    "migrations": migrations_are_applied,
    "disk": disk_has_room,
    "queue": queue_moves,
}


def _answer(is_fine: Callable[[], bool]) -> bool:
    try:
        return is_fine()
    except (DatabaseError, InterfaceError, OSError):
        return False


urlpatterns = [
    path("healthz", healthz, name="healthz"),
    path("readyz", readyz, name="readyz"),
]
