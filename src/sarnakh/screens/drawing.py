"""Inputs of a form, put together from strings.

A form has dozens of them, which as templates take longer than everything else on its
page. Every value goes through `escape` here, exactly once.
"""

from collections.abc import Callable, Iterable
from html import escape
from typing import Any

from django.utils.html import linebreaks
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from sarnakh.lib import money
from sarnakh.lib.numbers import format_number
from sarnakh.lib.profile import Profile
from sarnakh.records import rich_text
from sarnakh.records.kinds import Kind
from sarnakh.screens.inputs import Input
from sarnakh.ui.templatetags.ui import icon

TONES = 12
WITHOUT_LABEL_FOR = {"stars", "tone"}


def field(one: Input, base: str, profile: Profile) -> str:
    """An input with its label, its help and what is wrong with it."""
    described = one.field
    is_rich = described.kind == Kind.RICH_TEXT
    classes = "" if is_rich else " inline"
    classes += " invalid" if one.errors else ""
    classes += " required" if described.required else ""
    label = "" if is_rich else _label(one)
    help_text = str(described.help)
    shown_help = f'<p class="help">{escape(help_text)}</p>' if help_text else ""
    return (
        f'<div class="field{classes}">{label}<div class="control">'
        f"{control(one, base, profile)}</div>{shown_help}{errors(one)}</div>"
    )


def control(one: Input, base: str, profile: Profile) -> str:
    """The input alone."""
    described = one.field
    name = described.widget if described.widget in _BY_NAME else str(described.kind)
    return _BY_NAME.get(name, _text)(one, base, profile)


def errors(one: Input) -> str:
    """What is wrong with it, below it."""
    return "".join(
        f'<p class="error" id="{one.id}-e">{icon("alert-circle", "small")}'
        f"{escape(str(text))}</p>"
        for text in one.errors
    )


def _label(one: Input) -> str:
    text = escape(str(one.field.label))
    if one.is_read_only or one.field.widget in WITHOUT_LABEL_FOR:
        return f'<span class="label">{text}</span>'
    return f'<label for="{one.id}">{text}</label>'


def _of(one: Input) -> str:
    """The form that it belongs to, when it stands outside of it."""
    return f'form="{one.form}" ' if one.form else ""


def _alone(one: Input) -> str:
    """Its name for those who cannot see the head of its column."""
    return f' aria-label="{escape(str(one.field.label))}"' if one.form else ""


def _faults(one: Input) -> str:
    return f' aria-invalid="true" aria-describedby="{one.id}-e"' if one.errors else ""


def _shown(one: Input) -> str:
    return f'<div class="shown">{escape(one.text)}</div>'


def _text(one: Input, base: str, profile: Profile) -> str:
    text = escape(one.text)
    if one.is_read_only:
        return f'<div class="shown"><bdi>{text}</bdi></div>'
    described = one.field
    extra = ""
    if one.is_ltr:
        extra = ' dir="ltr"'
    elif described.kind == Kind.TEXT:
        extra = ' dir="auto"'
    after = ""
    if described.widget == "email":
        extra += ' inputmode="email"'
        after = _reach("mailto", one, _("Write an email"), "mail")
    elif described.widget == "phone":
        extra += ' inputmode="tel"'
        after = _reach("tel", one, _("Call"), "phone")
    elif described.kind in {Kind.INTEGER, Kind.DECIMAL}:
        extra += ' inputmode="decimal"'
    if described.widget == "percent":
        # The catalogue doubles the sign, as templates do.
        after = f'<span class="unit">{escape(_("%%") % ())}</span>'
    return (
        f'<input id="{one.id}"{_alone(one)} {_of(one)}name="{one.name}" value="{text}"{extra}{_faults(one)}>'
        f"{after}"
    )


def _reach(scheme: str, one: Input, label: str, drawing: str) -> str:
    """The way to write or call, beside an address or number that is there."""
    if not one.text:
        return ""
    return (
        '<a class="button quiet icon-only small" '
        f'href="{scheme}:{escape(str(one.value))}" aria-label="{escape(label)}">'
        f"{icon(drawing)}</a>"
    )


def _long_text(one: Input, base: str, profile: Profile) -> str:
    if one.is_read_only:
        text = linebreaks(one.text, autoescape=True)
        return f'<div class="shown prose" dir="auto">{text}</div>'
    return (
        f'<textarea id="{one.id}"{_alone(one)} {_of(one)}name="{one.name}" dir="auto" rows="3"{_faults(one)}>'
        f"{escape(one.text)}</textarea>"
    )


def _rich_text(one: Input, base: str, profile: Profile) -> str:
    # The allow-list has just passed over what is shown.
    if one.is_read_only:
        clean = rich_text.sanitized(one.value or "")
        return f'<div class="shown prose" dir="auto">{clean}</div>'
    shown = ""
    if one.text:
        clean = rich_text.sanitized(one.text)
        shown = f'<div class="prose" dir="auto" data-shown>{clean}</div>'
    return (
        f'<s-rich>{shown}<textarea id="{one.id}"{_alone(one)} {_of(one)}name="{one.name}" dir="auto" rows="5"'
        f' placeholder="{escape(_("Add a description…"))}"'
        f' aria-label="{escape(str(one.field.label))}"{_faults(one)}>'
        f"{escape(one.text)}</textarea></s-rich>"
    )


def _money(one: Input, base: str, profile: Profile) -> str:
    if one.is_read_only:
        return _shown(one)
    return (
        f'<input id="{one.id}"{_alone(one)} {_of(one)}name="{one.name}" value="{escape(one.text)}"'
        f' inputmode="decimal" data-money{_faults(one)}>'
        f'<span class="unit">{escape(unit(one.currency, profile))}</span>'
    )


def unit(currency: str, profile: Profile) -> str:
    """The word beside an amount that is being typed."""
    if profile.toman and currency == "IRR":
        return {"fa": "تومان", "ar": "تومان"}.get(get_language() or "", "Toman")
    return money.CURRENCIES[currency].symbol(profile.language)


def _boolean(one: Input, base: str, profile: Profile) -> str:
    if one.is_read_only:
        return _shown(one)
    checked = " checked" if one.value else ""
    return (
        f'<input type="hidden" {_of(one)}name="{one.name}__shown" value="1">'
        f'<input type="checkbox" role="switch" id="{one.id}"{_alone(one)} {_of(one)}name="{one.name}"'
        f' value="1"{checked}>'
    )


def _date(one: Input, base: str, profile: Profile) -> str:
    if one.is_read_only:
        return _shown(one)
    return (
        '<s-date class="date-field" data-url="/calendar">'
        f'<input id="{one.id}"{_alone(one)} {_of(one)}name="{one.name}" value="{escape(one.text)}"'
        f' autocomplete="off"{_faults(one)}><button type="button" class="date-open"'
        f' aria-label="{escape(_("Choose a date"))}">{icon("calendar")}</button>'
        "</s-date>"
    )


def _choice(one: Input, base: str, profile: Profile) -> str:
    if one.is_read_only:
        return _shown(one)
    none = "" if one.field.required else '<option value=""></option>'
    return (
        f'<select id="{one.id}"{_alone(one)} {_of(one)}name="{one.name}"{_faults(one)}>{none}'
        f"{options(one.options, one.value)}</select>"
    )


def options(choices: Iterable[tuple[Any, Any]], chosen: Any) -> str:
    """The options of a select."""
    return "".join(
        f'<option value="{escape(str(key))}"{" selected" if key == chosen else ""}>'
        f"{escape(str(label))}</option>"
        for key, label in choices
    )


def _link(one: Input, base: str, profile: Profile) -> str:
    text, address = escape(one.text), escape(one.url)
    if one.is_read_only:
        inner = (
            f'<a href="{address}" dir="auto">{text}</a>'
            if one.url
            else f"<bdi>{text}</bdi>"
        )
        return f'<div class="shown">{inner}</div>'
    number = one.value.pk if one.value else ""
    opens = ""
    if one.url:
        label = escape(_("Open %(name)s") % {"name": one.text})
        opens = (
            f'<a class="combo-open" href="{address}" aria-label="{label}">'
            f"{icon('arrow-right', 'small')}</a>"
        )
    makes = ""
    if one.may_create and one.errors:
        words = escape(_("Create “%(name)s”") % {"name": one.text})
        makes = (
            f'<label class="check"><input type="checkbox" {_of(one)}name="{one.name}__new"'
            f' value="1">{words}</label>'
        )
    return (
        f'<s-link class="combo" data-url="{escape(base)}choose/{one.name}"'
        f'{" data-creates" if one.may_create else ""}><input type="hidden"'
        f' {_of(one)}name="{one.name}" value="{number}"><input class="bare" id="{one.id}"{_alone(one)}'
        f' {_of(one)}name="{one.name}__text" value="{text}" role="combobox"'
        f' aria-expanded="false" aria-controls="{one.id}-options" autocomplete="off"'
        f' dir="auto"{_faults(one)}>{_list_box(one)}{opens}</s-link>{makes}'
    )


def _links(one: Input, base: str, profile: Profile) -> str:
    items = [
        (item.pk, escape(str(item)), getattr(item, "tone", 0) or 0, str(item))
        for item in one.items
    ]
    if one.is_read_only:
        tags = "".join(
            f'<span class="tag tone-{tone}">{text}</span>'
            for _pk, text, tone, _name in items
        )
        return f'<div class="shown">{tags}</div>'
    remove = _("Remove %(name)s")
    tags = "".join(
        f'<span class="tag tone-{tone}"><input type="hidden" {_of(one)}name="{one.name}"'
        f' value="{pk}"><bdi>{text}</bdi><button type="button" data-remove'
        f' aria-label="{escape(remove % {"name": name})}">{icon("x", "small")}'
        "</button></span>"
        for pk, text, tone, name in items
    )
    return (
        f'<s-tags class="tags-edit combo" data-url="{escape(base)}choose/{one.name}"'
        f'{" data-creates" if one.may_create else ""} data-name="{one.name}"'
        f' data-remove="{escape(_("Remove"))}"><input type="hidden"'
        f' {_of(one)}name="{one.name}__shown" value="1">{tags}<input class="bare" id="{one.id}"{_alone(one)}'
        f' {_of(one)}name="{one.name}__text" role="combobox" aria-expanded="false"'
        f' aria-controls="{one.id}-options" autocomplete="off"'
        f' value="{escape(one.text) if one.errors else ""}" dir="auto"{_faults(one)}>'
        f"{_list_box(one)}</s-tags>"
    )


def _list_box(one: Input) -> str:
    return (
        f'<ul class="options" role="listbox" id="{one.id}-options"'
        f' aria-label="{escape(str(one.field.label))}" hidden></ul>'
    )


def _stars(one: Input, base: str, profile: Profile) -> str:
    return _fieldset("stars", one, "".join(_star(one, *pair) for pair in one.options))


def _star(one: Input, key: Any, text: str) -> str:
    label = escape(text)
    hidden = "" if key else ' class="visually-hidden"'
    checked = " checked" if key == one.value else ""
    return (
        f'<label{hidden} title="{label}"><input type="radio" {_of(one)}name="{one.name}"'
        f' value="{key}" aria-label="{label}"{checked}>'
        f"{icon('star-filled') if key else label}</label>"
    )


def _tone(one: Input, base: str, profile: Profile) -> str:
    word = escape(_("Colour"))
    swatches = "".join(
        f'<label class="tone-{tone}"><input type="radio" {_of(one)}name="{one.name}"'
        f' value="{tone}"{" checked" if tone == one.value else ""}'
        f' aria-label="{word} {format_number(tone, profile)}"></label>'
        for tone in range(TONES)
    )
    return _fieldset("swatches", one, swatches)


def _fieldset(name: str, one: Input, inner: str) -> str:
    disabled = " disabled" if one.is_read_only else ""
    label = escape(str(one.field.label))
    return (
        f'<fieldset class="{name}"{disabled}><legend class="visually-hidden">{label}'
        f"</legend>{inner}</fieldset>"
    )


_BY_NAME: dict[str, Callable[[Input, str, Profile], str]] = {
    "stars": _stars,
    "tone": _tone,
    Kind.LONG_TEXT: _long_text,
    Kind.RICH_TEXT: _rich_text,
    Kind.MONEY: _money,
    Kind.BOOLEAN: _boolean,
    Kind.DATE: _date,
    Kind.DATETIME: _date,
    Kind.CHOICE: _choice,
    Kind.LINK: _link,
    Kind.LINKS: _links,
}
