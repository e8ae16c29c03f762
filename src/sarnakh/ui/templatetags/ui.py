"""How values reach the page: digits, dates, money, icons, avatars."""

import datetime as dt
from collections.abc import Iterable
from functools import cache
from html import escape
from typing import Any

from django import template
from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from sarnakh.lib import money, numbers, relative
from sarnakh.lib.digits import localize
from sarnakh.lib.profile import Profile

register = template.Library()

# These drawings point somewhere and turn round with the page.
MIRRORED = {
    "arrow-left", "arrow-right", "chevron-left", "chevron-right", "logout",
    "arrow-back-up",
}  # fmt: skip


@register.simple_tag
@cache
def icon(name: str, classes: str = "") -> SafeString:
    """A drawing from the sprite; directional ones mirror in right-to-left."""
    url = staticfiles_storage.url("icons.svg")
    mirror = " mirror" if name in MIRRORED else ""
    extra = f" {classes}" if classes else ""
    return format_html(
        '<svg class="icon{}{}" aria-hidden="true"><use href="{}#{}"></use></svg>',
        mirror,
        extra,
        url,
        name,
    )


@register.simple_tag
def fixed(name: str) -> SafeString:
    """A template that shows the same to everybody who reads its language."""
    drawn = _fixed.__wrapped__ if settings.DEBUG else _fixed
    return drawn(name, get_language())


@cache
def _fixed(name: str, _language: str | None) -> SafeString:
    return render_to_string(name)


@register.simple_tag
def menu_items(entries: Iterable[Any]) -> SafeString:
    """Links of a drop-down: thirty on every page, so without a template."""
    return mark_safe("".join(_menu_item(entry) for entry in entries))  # noqa: S308


def _menu_item(entry: Any) -> str:
    title = f'<h3 class="menu-title">{escape(entry.title)}</h3>' if entry.title else ""
    current = ' aria-current="page"' if entry.is_current else ""
    go, keys = "", ""
    if entry.keys:
        go = f' data-go="{escape(entry.keys.lower()[-1:])}"'
        keys = f"<kbd>{escape(entry.keys)}</kbd>"
    return (
        f'{title}<a class="menu-item" href="{escape(entry.url)}"{current}{go}>'
        f"{icon(entry.icon)}<span>{escape(entry.label)}</span>{keys}</a>"
    )


@register.simple_tag
def avatar(user: Any, classes: str = "small") -> SafeString:
    """A person's initials on their colour."""
    if user is None:
        return mark_safe("")
    name, tone = escape(user.name), user.pk % 11 + 1
    # A page shows hundreds; every value is escaped here.
    return mark_safe(  # noqa: S308
        f'<span class="avatar {escape(classes)} tone-{tone}" title="{name}" role="img"'
        f' aria-label="{name}">{escape(user.initials)}</span>'
    )


@register.filter
def number_in(value: Any, profile: Profile) -> str:
    """A number in the reader's digits."""
    return "" if value in (None, "") else numbers.format_number(value, profile)


@register.filter
def digits_in(value: Any, profile: Profile) -> str:
    """Digits of any text in the reader's style, without grouping."""
    return localize(str(value), profile.digits)


@register.filter
def percent_in(value: Any, profile: Profile) -> str:
    """A percentage from 0 to 100."""
    return "" if value is None else numbers.format_percent(value, profile)


@register.filter
def date_in(value: dt.date | dt.datetime | None, profile: Profile) -> str:
    """A day in the reader's calendar, short."""
    if value is None:
        return ""
    if isinstance(value, dt.datetime):
        value = value.astimezone(profile.tz).date()
    return profile.cal.format(value, "short", profile.language, profile.digits)


@register.filter
def long_date_in(value: dt.date | dt.datetime | None, profile: Profile) -> str:
    """A day in the reader's calendar with names."""
    if value is None:
        return ""
    if isinstance(value, dt.datetime):
        value = value.astimezone(profile.tz).date()
    return profile.cal.format(value, "long", profile.language, profile.digits)


@register.filter
def instant_in(value: dt.datetime | None, profile: Profile) -> str:
    """Day and time of an instant in the reader's calendar and zone."""
    if value is None:
        return ""
    local = value.astimezone(profile.tz)
    clock = localize(local.strftime("%H:%M"), profile.digits)
    return f"{date_in(local, profile)} {clock}"


@register.filter
def moment_in(value: dt.datetime | None, profile: Profile) -> SafeString | str:
    """How long ago; the exact instant stands behind it."""
    if value is None:
        return ""
    return format_html(
        '<time datetime="{}" title="{}">{}</time>',
        value.isoformat(),
        instant_in(value, profile),
        relative.relative_time(value, timezone.now(), profile),
    )


@register.filter
def due_in(value: dt.date | None, profile: Profile) -> str:
    """A deadline in words: three days late, today, in five days."""
    return "" if value is None else relative.due_text(value, profile.today(), profile)


@register.simple_tag(takes_context=True)
def amount(
    context: Any, minor: int | None, currency: str, compact: bool = False
) -> Any:
    """An amount; a compact one keeps the exact figure behind it."""
    profile: Profile = context["profile"]
    if minor is None:
        return ""
    exact = money.format_money(minor, currency, profile)
    if not compact:
        return format_html('<bdi class="money">{}</bdi>', exact)
    return format_html(
        '<data class="money" value="{}" title="{}">{}</data>',
        minor,
        exact,
        money.format_money(minor, currency, profile, compact=True),
    )


@register.simple_tag(takes_context=True)
def figure(context: Any, minor: int | None, currency: str) -> Any:
    """An amount without its currency, which stands in the head of the column."""
    if minor is None:
        return ""
    profile: Profile = context["profile"]
    text = money.format_money(minor, currency, profile, symbol=False)
    return format_html('<bdi class="money">{}</bdi>', text)


@register.filter
def money_in(minor: int | None, currency: str) -> str:
    """An amount in Latin digits for machines."""
    return "" if minor is None else money.decimal_text(minor, currency)


@register.filter
def get(mapping: Any, key: Any) -> Any:
    """A value by a key that is known only on the page."""
    return mapping.get(key) if hasattr(mapping, "get") else None
