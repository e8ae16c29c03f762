"""What letters are for; rooms above register theirs when they start."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.functional import Promise

from sarnakh.accounts.actor import Actor
from sarnakh.accounts.models import Company

PURPOSES: dict[str, "Purpose"] = {}


@dataclass(frozen=True)
class Recipient:
    """Somebody with an address."""

    email: str
    name: str = ""


@dataclass(frozen=True)
class Attachment:
    """A file as bytes."""

    name: str
    data: bytes
    media_type: str = "application/pdf"


def _nothing(*_given: Any) -> Any:
    return ()


def _nowhere(record: Any) -> str:
    return ""


@dataclass(frozen=True, kw_only=True)
class Purpose:
    """One kind of letter about records of one type.

    `placeholders` names what `values(record, language)` gives, with words for the
    editor; `defaults` are subject and text for each language. `link` makes the
    secret address when the letter leaves, `link_label` the word on its button.
    `sent(record, by=…)` runs in the transaction that queues the letters.
    """

    code: str
    label: str | Promise
    record_type: str
    placeholders: Mapping[str, str | Promise]
    defaults: Mapping[str, tuple[str, str]]
    values: Callable[[Any, str], Mapping[str, str]]
    company: Callable[[Any], Company]
    recipients: Callable[[Any], Sequence[Recipient]]
    language: Callable[[Any], str]
    attachments: Callable[[Any, str], Sequence[Attachment]] = _nothing
    summary: Callable[[Any, str], Sequence[tuple[str, str]]] = _nothing
    link: Callable[[Any], str] = _nowhere
    link_label: Callable[[Any, str], str] = field(default=lambda record, language: "")
    sent: Callable[..., None] | None = None
    # Says no (by raising Refused) where such a letter makes no sense now.
    allowed: Callable[[Any, Actor], None] | None = None


def register(purpose: Purpose) -> None:
    """Offer a purpose under its code."""
    PURPOSES[purpose.code] = purpose
