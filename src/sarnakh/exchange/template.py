"""The empty form of an import, in the person's language and with notes."""

from __future__ import annotations

import tempfile
from io import BytesIO
from pathlib import Path

from django.utils.translation import get_language_bidi
from django.utils.translation import gettext as _

from sarnakh.accounts.actor import Actor
from sarnakh.exchange.importing.fields import importable
from sarnakh.exchange.mapping import EXTERNAL_ID
from sarnakh.exchange.traits import traits_of
from sarnakh.exchange.writing.rows import Value
from sarnakh.exchange.writing.template import Note, TemplateField, write_template
from sarnakh.lib.digits import localize
from sarnakh.records import rows
from sarnakh.records.kinds import Kind
from sarnakh.records.types import Field, RecordType, by_name

_SHOWN_NAMES = 20


def template_file(record_type: RecordType, actor: Actor) -> tuple[BytesIO, str]:
    """The workbook and its name."""
    traits = traits_of(record_type)
    fields = importable(record_type, actor)
    names = [
        name for name in traits.template or fields if name in fields or name == "id"
    ]
    columns = [
        TemplateField(
            label=label_of(name, fields),
            kind=str(fields[name].kind) if name in fields else "text",
            example=_example(fields.get(name), traits.example.get(name, "")),
            choices=_choices(fields.get(name)),
        )
        for name in names
    ]
    notes = [
        Note(label_of(name, fields), _note(fields.get(name), actor)) for name in names
    ]
    notes.insert(0, Note("", _("Replace the example row. Columns may be left out.")))
    with tempfile.TemporaryDirectory(prefix="template-") as folder:
        path = Path(folder) / "template.xlsx"
        write_template(
            path,
            columns,
            notes,
            rtl=get_language_bidi(),
            sheets=(str(record_type.label_plural), _("Notes")),
        )
        content = BytesIO(path.read_bytes())
    return content, f"{record_type.label_plural}.xlsx"


def label_of(name: str, fields: dict[str, Field]) -> str:
    """The header of a column, as an import understands it again."""
    return str(fields[name].label) if name in fields else name


def _example(field: Field | None, given: str) -> Value:
    if field is None or given:
        return given or None
    if field.kind == Kind.CHOICE and field.choices:
        return str(field.choices[0][1]) if len(field.choices) < _SHOWN_NAMES else None
    if field.kind == Kind.BOOLEAN:
        return _("No")
    if field.kind == Kind.MONEY:
        return 1_000_000
    return None


def _choices(field: Field | None) -> list[str]:
    if field is None:
        return []
    if field.kind == Kind.BOOLEAN:
        return [_("Yes"), _("No")]
    if field.kind == Kind.CHOICE and len(field.choices) <= _SHOWN_NAMES:
        return [str(label) for _key, label in field.choices]
    return []


def _note(field: Field | None, actor: Actor) -> str:
    if field is None:
        return _(
            "Your own id of the record, e.g. crm.1001. A later import with the same id "
            "updates the record."
        )
    if choices := _choices(field):
        return _("One of: %(choices)s") % {"choices": "، ".join(choices)}
    if field.kind in {Kind.DATE, Kind.DATETIME}:
        profile = actor.profile
        today = profile.date_text(profile.today())
        text = _("Dates like %(example)s, in any of the three calendars.")
        return text % {"example": today}
    if field.kind == Kind.MONEY:
        number = localize("2500000", actor.profile.digits)
        return _("Numbers like %(example)s; words such as million count.") % {
            "example": number
        }
    if field.target:
        return _linked_note(field, actor)
    if field.required:
        return _("Required.")
    return str(field.help)


def _linked_note(field: Field, actor: Actor) -> str:
    target = by_name(field.target)
    text = (
        _("Several names are separated by commas.")
        if field.kind == Kind.LINKS
        else _("By name, or by external id in a column “%(name)s/%(id)s”.")
        % {"name": field.name, "id": EXTERNAL_ID}
    )
    if target.has_discussion:
        return text
    known = rows.visible(target, actor).order_by(*target.order)[:_SHOWN_NAMES]
    names = "، ".join(str(one) for one in known)
    return f"{text} {names}" if names else text
