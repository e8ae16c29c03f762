"""The table of lines as HTML, put together from strings like the form's inputs.

Every value goes through `escape` here, exactly once. The cells of a row belong to a
form of their own that stands outside of the record's form (`forms`).
"""

from collections.abc import Iterable
from html import escape

from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from sarnakh.records.kinds import Kind
from sarnakh.screens import drawing
from sarnakh.screens.inputs import Input
from sarnakh.screens.lines.table import Row, Table
from sarnakh.ui.templatetags.ui import icon

_NUMBERS = {Kind.INTEGER, Kind.DECIMAL, Kind.MONEY}


def table(one: Table, csrf: str) -> SafeString:
    """The whole: head, rows, ways to begin a line, totals."""
    rows = one.all_rows
    adds = "".join(
        f'<a class="button quiet small" href="{escape(one.base)}{one.record.pk}'
        f'?add={add.name}#{one.id}" data-add="{add.name}">{icon(add.icon, "small")}'
        f"{escape(str(add.label))}</a>"
        for add in one.adds
    )
    empty = escape(str(one.lines.empty)) if not rows and one.lines.empty else ""
    return _safe(
        f'<s-lines class="lines" id="{one.id}" data-url="{escape(one.address)}">'
        f'<div class="lines-wrap"><table><caption class="visually-hidden">'
        f"{escape(str(one.lines.label))}</caption><thead><tr>{_heads(one)}</tr></thead>"
        f"<tbody>{''.join(row(one, found) for found in rows)}</tbody></table></div>"
        f'{f"""<p class="muted lines-empty">{empty}</p>""" if empty else ""}'
        f'{f"""<div class="lines-adds">{adds}</div>""" if adds else ""}'
        f"{foot(one, csrf)}</s-lines>"
    )


def part(
    one: Table, rows: Iterable[Row], csrf: str, *, was: str = "", gone: str = ""
) -> SafeString:
    """What an answer brings: changed rows, lines that are gone, fresh totals."""
    drawn = "".join(row(one, found, was=was) for found in rows)
    return _safe(
        f'<table><tbody data-gone="{gone}">{drawn}</tbody></table>{foot(one, csrf)}'
    )


def foot(one: Table, csrf: str) -> str:
    """The totals below the table."""
    if not one.lines.foot:
        return ""
    context = {
        "record": one.record,
        "table": one,
        "actor": one.actor,
        "profile": one.actor.profile,
        "currency": one.currency,
        "base": one.base,
        "may_edit": one.may_edit,
        "csrf_token": csrf,
        **one.lines.totals(one.record, one.actor),
    }
    inner = render_to_string(one.lines.foot, context)
    return f'<div class="lines-foot" id="{one.id}-foot">{inner}</div>'


def forms(one: Table, csrf: str) -> SafeString:
    """The forms of the rows, to stand where no other form is."""
    token = f'<input type="hidden" name="csrfmiddlewaretoken" value="{csrf}">'
    return _safe(
        "".join(
            f'<form id="{found.form}" method="post" action="{escape(_url(one, found))}"'
            f">{token}</form>"
            for found in one.all_rows
        )
        if one.may_edit
        else ""
    )


def row(one: Table, found: Row, *, was: str = "") -> str:
    """One line."""
    classes = " ".join(filter(None, ("span" if found.span else "", found.tone)))
    cells = (
        _spanned(one, found)
        if found.span
        else "".join(
            _cell(one, found.cells[field.name], is_main=place == 0)
            for place, field in enumerate(one.columns)
        )
    )
    return (
        f'<tr data-key="{found.key}" data-form="{found.form}"'
        f'{f""" data-was="{was}" """ if was else ""}'
        f' class="{classes}">{_grip(one, found)}{cells}{_ends(one, found)}</tr>'
    )


def _url(one: Table, found: Row) -> str:
    return f"{one.address}/{found.line.pk}" if found.line.pk else one.address


def _heads(one: Table) -> str:
    heads = "".join(
        f'<th scope="col"{_kind(field.kind)}>{escape(str(field.label))}</th>'
        for field in one.columns
    )
    grip = '<th class="grip"></th>' if one.may_order else ""
    ends = '<th class="ends"></th>' if one.may_edit else ""
    return f"{grip}{heads}{ends}"


def _kind(kind: Kind, *, is_main: bool = False) -> str:
    words = []
    if kind in _NUMBERS:
        words.append("number")
    if kind in {Kind.LONG_TEXT, Kind.LINK, Kind.LINKS}:
        words.append("is-" + kind.value.replace("_", "-"))
    if is_main:
        words.append("main")
    return f' class="{" ".join(words)}"' if words else ""


def _cell(one: Table, cell: Input, *, is_main: bool) -> str:
    return (
        f"<td{_kind(cell.field.kind, is_main=is_main)}"
        f' data-label="{escape(str(cell.field.label))}">{_control(one, cell)}</td>'
    )


def _spanned(one: Table, found: Row) -> str:
    return (
        f'<td class="main" colspan="{len(one.columns)}">'
        f"{_control(one, found.cells[found.span])}</td>"
    )


def _control(one: Table, cell: Input) -> str:
    control = drawing.control(cell, f"{one.address}/", one.actor.profile)
    if cell.field.kind == Kind.MONEY:
        # The currency stands with the totals; a column of amounts needs it once.
        control = control.partition('<span class="unit">')[0]
    return f'<div class="control">{control}</div>{drawing.errors(cell)}'


def _grip(one: Table, found: Row) -> str:
    if not one.may_order:
        return ""
    if not found.line.pk:
        return '<td class="grip"></td>'
    label = escape(_("Move this line (arrow keys)"))
    return (
        f'<td class="grip"><button type="button" data-grip aria-label="{label}"'
        f' title="{label}">{icon("grip-vertical", "small")}</button></td>'
    )


def _ends(one: Table, found: Row) -> str:
    if not one.may_edit:
        return ""
    hidden = (
        f'<input type="hidden" name="version" form="{found.form}"'
        f' value="{found.line.version}">'
        if found.line.pk
        else f'<input type="hidden" name="add" form="{found.form}" value="{found.add}">'
    )
    save = (
        f'<noscript><button class="button small" form="{found.form}">'
        f"{escape(_('Save'))}</button></noscript>"
    )
    remove = ""
    if found.may_remove:
        label = escape(_("Remove this line"))
        address = f' formaction="{escape(_url(one, found))}/delete"'
        remove = (
            f'<button form="{found.form}"{address if found.line.pk else ""}'
            f' class="button quiet icon-only small" data-remove-line'
            f' aria-label="{label}" title="{label}">{icon("trash", "small")}</button>'
        )
    faults = "".join(
        f'<p class="error">{icon("alert-circle", "small")}{escape(str(text))}</p>'
        for text in found.errors
    )
    return f'<td class="ends">{hidden}{save}{remove}{faults}</td>'


def _safe(html: str) -> SafeString:
    return mark_safe(html)  # noqa: S308
