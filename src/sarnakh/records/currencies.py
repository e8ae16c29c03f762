"""In which currency a record's amounts are."""

from typing import Any


def currency_at(record: Any, path: str) -> str:
    """The currency at a path such as `currency` or `company.currency`; "" for none."""
    value = record
    for name in path.split(".") if path else ():
        value = getattr(value, name, None)
    return value if isinstance(value, str) else ""
