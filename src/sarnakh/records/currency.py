"""Which currency the amounts of a record are in."""

from typing import Any

from sarnakh.accounts.actor import Actor
from sarnakh.records.types import RecordType


def currency_at(record: Any, path: str) -> str:
    """The currency at a path such as `currency` or `company.currency`; "" for none."""
    value = record
    for name in path.split(".") if path else ():
        value = getattr(value, name, None)
    return value if isinstance(value, str) else ""


def currency_of(record: Any, record_type: RecordType, actor: Actor) -> str:
    """The currency of a record's amounts: where its type says, else its company's,
    else that of the acting company."""
    path = record_type.currency or "company.currency"
    return currency_at(record, path) or actor.company.currency


def owner_of_currency(record_type: RecordType) -> str:
    """The path of the link that knows the currency; empty when the record does."""
    return record_type.currency.rpartition(".")[0].replace(".", "__")
