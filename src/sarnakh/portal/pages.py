"""What a link shows; rooms above register their pages when they start."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest, HttpResponse

from sarnakh.accounts.actor import Actor
from sarnakh.accounts.models import Company
from sarnakh.lib.profile import Profile, speaking

PAGES: dict[str, "Page"] = {}
View = Callable[[HttpRequest, "Visit"], HttpResponse]


@dataclass(frozen=True)
class Visit:
    """One request to a page: which record, for whom, on whose behalf.

    `by` is the system: whoever has the link may do what the page offers, with this
    record and no other.
    """

    page: "Page"
    record: Any
    company: Company
    profile: Profile
    token: str
    by: Actor
    # Somebody of the house looks at what the customer sees.
    is_ours: bool = False

    @property
    def customer(self) -> str:
        """Whom actions are written down to, until they give a name."""
        return self.page.customer(self.record)


@dataclass(frozen=True, kw_only=True)
class Page:
    """A purpose of links: where its record is, when it is open, what it answers.

    `show` draws the page; `views` are further addresses below it, `acts` those
    that take POST only. `is_open` says no once the link has expired.
    """

    purpose: str
    record_type: str
    find: Callable[[int], Any]
    is_open: Callable[[Any], bool]
    company: Callable[[Any], Company]
    language: Callable[[Any], str]
    customer: Callable[[Any], str]
    show: View
    views: Mapping[str, View] = field(default_factory=dict)
    acts: Mapping[str, View] = field(default_factory=dict)
    # Who of the house hears of what customers do.
    listeners: Callable[[Any], list[int]] = lambda record: []


def register(page: Page) -> None:
    """Offer a page for its purpose."""
    PAGES[page.purpose] = page


def profile_of(page: Page, record: Any) -> Profile:
    """Language, calendar and digits of the reader of a page."""
    company = page.company(record)
    own = company.profile(toman=company.shows_toman)
    return speaking(own, page.language(record) or company.language)
