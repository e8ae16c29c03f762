"""Packagings of products."""

from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from sarnakh.catalog.models import Packaging
from sarnakh.records import actions as plain
from sarnakh.records.errors import InvalidValues


def _check(packaging: Any, changed: set[str]) -> None:
    if Decimal(str(packaging.quantity)) <= 0:
        raise InvalidValues({"quantity": _("This must be more than zero.")})


_WRITERS = plain.plain_writers(Packaging, _check)
create, change = _WRITERS.create, _WRITERS.change
