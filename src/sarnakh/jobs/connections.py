"""Database connections of processes that live long or fork."""

from typing import Any

from django.db import connections


def close_all() -> None:
    """Close every connection of this thread and the pools, with their threads."""
    for connection in _all():
        connection.close()
        if connection.vendor == "postgresql":
            connection.close_pool()


def drop_pools() -> None:
    """Use plain connections from now on, in this process.

    Where few are needed a pool only holds some more, and is slow to notice that a
    database which was away is back.
    """
    close_all()
    for connection in connections.all():
        if connection.vendor == "postgresql":
            connection.settings_dict["OPTIONS"]["pool"] = False


def _all() -> list[Any]:
    return list(connections.all(initialized_only=True))
