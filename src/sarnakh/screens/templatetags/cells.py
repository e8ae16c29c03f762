"""Values in lists and small things on forms."""

from collections.abc import Callable, Iterable
from html import escape
from typing import Any

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from sarnakh.lib import money
from sarnakh.records.currency import currency_at
from sarnakh.records.kinds import Kind
from sarnakh.records.types import Field
from sarnakh.screens import drawing, lane_heads
from sarnakh.screens.inputs import Input
from sarnakh.screens.shown import text_of
from sarnakh.ui.templatetags.ui import avatar, icon

register = template.Library()


@register.simple_tag(takes_context=True)
def cards(context: Any, board: Any, look: Any, base: str, records: Any) -> SafeString:
    """Cards of a board, drawn by its room; one writer serves the whole page."""
    key = "cards of the board"
    if key not in context.render_context:
        context.render_context[key] = board.card(look, base)
    write = context.render_context[key]
    found = records if isinstance(records, (list, tuple)) else [records]
    return mark_safe("".join(write(record) for record in found))  # noqa: S308


@register.simple_tag(takes_context=True)
def lane_head(context: Any, lane: Any) -> SafeString:
    """The head of a lane."""
    return mark_safe(lane_heads.head(lane, context))  # noqa: S308 - escaped there


@register.simple_tag(takes_context=True)
def lane_more(context: Any, lane: Any) -> SafeString:
    """The link to the next cards of a lane, where there are more."""
    return mark_safe(lane_heads.more(lane, context))  # noqa: S308 - escaped there


@register.simple_tag(takes_context=True)
def rows(context: Any, records: Iterable[Any]) -> SafeString:
    """Rows of a list, put together from strings: as templates they would take longer
    than everything else on the page. Every value is escaped here or by its cell."""
    fields: list[Field] = context["fields"]
    columns = [
        (
            f'</td><td role="cell" class="{_classes(place, field)}">',
            _cell(context, field),
        )
        for place, field in enumerate(fields)
    ]
    address, carried = escape(context["base"]), escape(context["look"].carried)
    select = _("Select %(name)s")
    found = []
    for record in records:
        key = record.pk
        link, end = f'<a href="{address}{key}{carried}">', "</a>"
        cells = ""
        for start, draw in columns:
            cells += f"{start}{link}{draw(record)}{end}"
            # Only the first column leads to the record.
            link = end = ""
        muted = ' class="muted"' if getattr(record, "is_lost", False) else ""
        label = escape(select % {"name": record})
        found.append(
            f'<tr role="row" data-pk="{key}"{muted}><td role="cell" class="pick">'
            f'<input type="checkbox" form="selection" name="pk" value="{key}" '
            f'aria-label="{label}">{cells}</td><td role="cell" class="extra"></td></tr>'
        )
    return mark_safe("".join(found))  # noqa: S308


@register.simple_tag(takes_context=True)
def sums(context: Any, totals: dict[str, int], usual: str) -> SafeString:
    """The foot of a column: one sum, or one for each currency with its name."""
    mixed = set(totals) != {usual}
    return format_html_join(
        mark_safe("<br>"),
        '<bdi class="money">{}</bdi>',
        (
            (money.format_money(minor, currency, context["profile"], symbol=mixed),)
            for currency, minor in sorted(totals.items())
        ),
    )


@register.simple_tag
def options(choices: Iterable[tuple[Any, Any]], chosen: Any) -> SafeString:
    """The options of a select; countries and people are hundreds."""
    return mark_safe(drawing.options(choices, chosen))  # noqa: S308 - escaped there


@register.simple_tag(takes_context=True, name="input")
def input_field(context: Any, one: Input) -> SafeString:
    """An input of a form with its label, its help and what is wrong with it."""
    drawn = drawing.field(one, context.get("base", ""), context["profile"])
    return mark_safe(drawn)  # noqa: S308 - escaped there


@register.simple_tag(takes_context=True)
def control(context: Any, one: Input) -> SafeString:
    """An input alone."""
    drawn = drawing.control(one, context.get("base", ""), context["profile"])
    return mark_safe(drawn)  # noqa: S308 - escaped there


@register.simple_tag
def faults(one: Input) -> SafeString:
    """What is wrong with an input."""
    return mark_safe(drawing.errors(one))  # noqa: S308 - escaped there


@register.simple_tag
def ticks(entries: Iterable[Any], base: str) -> SafeString:
    """Lines of a menu that can be ticked; some open lines of their own.

    Every page has a hundred of them, which takes a while as templates.
    """
    return mark_safe("".join(_tick(entry, base) for entry in entries))  # noqa: S308


@register.simple_tag(takes_context=True)
def unit(context: Any, currency: str) -> str:
    """The word beside an amount that is being typed."""
    return drawing.unit(currency, context["profile"])


@register.simple_tag
def link_of(button: Any, record: Any) -> str:
    """Where a smart button leads."""
    return str(button.url(record))


@register.filter
def label_of(field: Field | None) -> str:
    """The label of a described field."""
    return str(field.label) if field else ""


def _cell(context: Any, field: Field) -> Callable[[Any], str]:
    """What draws a field of a row; decided once for a column, not for each cell."""
    draw = _value(context, field)
    column = field.column

    def drawn(record: Any) -> str:
        value = getattr(record, column)
        return "" if value is None or value == "" else draw(record, value)

    return drawn


def _value(context: Any, field: Field) -> Callable[[Any, Any], str]:
    profile = context["profile"]
    if field.kind == Kind.LINKS:
        return lambda record, value: "".join(map(_tag, value.all()))
    if field.widget == "stars":
        return lambda record, value: _stars(field, value)
    if field.widget == "tone":
        return lambda record, value: f'<span class="badge tone-{value}">{value}</span>'
    if field.target == "users":
        people: dict[int, str] = {}
        return lambda record, value: (
            people.get(value.pk) or people.setdefault(value.pk, _person(value))
        )
    if field.kind == Kind.BOOLEAN:
        return lambda record, value: icon("check") if value else ""
    if field.widget in {"email", "phone", "url"}:
        return lambda record, value: (
            f'<bdi class="latin" dir="ltr">{escape(str(value))}</bdi>'
        )
    if field.kind == Kind.MONEY:
        return _money(context)
    sign = ""
    if field.widget == "percent":
        sign = "٪" if profile.digits == "fa" else "%"

    def text(record: Any, value: Any) -> str:
        shown = escape(f"{text_of(field, value, profile, '')}{sign}")
        return f'<bdi title="{shown}">{shown}</bdi>'

    return text


def _money(context: Any) -> Callable[[Any, Any], str]:
    profile, own = context["profile"], context["actor"].company.currency

    def amount(record: Any, value: int) -> str:
        currency = _currency(record, context)
        shown = money.format_money(value, currency, profile, symbol=currency != own)
        return f'<bdi class="money">{escape(shown)}</bdi>'

    return amount


def _tag(tag: Any) -> str:
    tone = getattr(tag, "tone", 0)
    return f'<span class="dot-tag tone-{tone}">{escape(str(tag))}</span>'


def _person(user: Any) -> str:
    name = escape(user.name)
    return f'<span class="row">{avatar(user)}<span dir="auto">{name}</span></span>'


def _classes(place: int, field: Field) -> str:
    names = ["main", "second"][place : place + 1]
    if field.kind in {Kind.INTEGER, Kind.DECIMAL, Kind.MONEY}:
        names.append("number")
    if field.kind == Kind.MONEY:
        names.append("main-number")
    return " ".join(names)


def _stars(field: Field, value: int) -> SafeString:
    label = field.choice_label(value)
    drawn = format_html_join(
        "",
        "{}",
        ((icon("star-filled", "on" if place <= value else ""),) for place in (1, 2, 3)),
    )
    return format_html(
        '<span class="stars shown" role="img" aria-label="{}">{}</span>', label, drawn
    )


def _currency(record: Any, context: Any) -> str:
    look = context.get("look")
    path = look.type.currency if look is not None else ""
    found = currency_at(record, path or "company.currency")
    return found or context["actor"].company.currency


def _tick(entry: Any, base: str) -> str:
    line = "<hr>" if entry.is_first_of_block else ""
    label = escape(entry.label)
    if entry.entries:
        inner = "".join(_tick(one, base) for one in entry.entries)
        opened = " open" if entry.is_on else ""
        return (
            f'{line}<details class="menu-sub"{opened}>'
            f'<summary class="menu-item">{label}</summary>{inner}</details>'
        )
    return (
        f'{line}<a class="menu-item ticked" href="{escape(base)}?{escape(entry.query)}"'
        f' aria-current="{"true" if entry.is_on else "false"}">{label}</a>'
    )
