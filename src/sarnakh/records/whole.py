"""A write is whole: all of it is kept, or nothing.

Doors call other doors. Each alone is a transaction; within another one it only
joins, because a savepoint costs two statements and whoever began undoes
everything anyway. Whoever wants to go on after a refusal of an inner door opens
a savepoint for it, with `transaction.atomic()`; Django insists on that.
"""

from collections.abc import Callable
from contextvars import ContextVar
from functools import wraps
from typing import ParamSpec, TypeVar

from django.db import transaction

Given = ParamSpec("Given")
Made = TypeVar("Made")

_is_inside = ContextVar("is_inside", default=False)


def whole(door: Callable[Given, Made]) -> Callable[Given, Made]:
    """Mark a function that writes: it is undone as a whole when it raises."""

    @wraps(door)
    def call(*args: Given.args, **kwargs: Given.kwargs) -> Made:
        if _is_inside.get():
            with transaction.atomic(savepoint=False):
                return door(*args, **kwargs)
        token = _is_inside.set(True)
        try:
            with transaction.atomic():
                return door(*args, **kwargs)
        finally:
            _is_inside.reset(token)

    return call
