"""Fields of a form as the template draws them."""

from collections.abc import Callable
from dataclasses import dataclass
from dataclasses import field as default
from typing import Any

from django.http import QueryDict

from sarnakh.accounts.actor import Actor
from sarnakh.lib.text import letters
from sarnakh.records import rows
from sarnakh.records.kinds import Kind
from sarnakh.records.types import Field, by_name
from sarnakh.screens import typed
from sarnakh.screens.shown import input_text, text_of

SMALL = 60
"""Up to so many linked records are offered as a plain list of choices."""


@dataclass
class Input:
    """One field: what stands in it, what is wrong with it."""

    field: Field
    name: str
    text: str = ""
    value: Any = None
    items: list[Any] = default(default_factory=list)
    errors: list[str] = default(default_factory=list)
    is_read_only: bool = False
    options: list[tuple[Any, str]] = default(default_factory=list)
    url: str = ""
    currency: str = ""
    may_create: bool = False
    # Cells of a table belong to the form of their row.
    form: str = ""

    @property
    def id(self) -> str:
        """Identity on the page."""
        return f"{self.form or 'f'}-{self.name}"

    @property
    def is_ltr(self) -> bool:
        """Addresses and numbers read from left to right."""
        return self.field.widget in {"email", "phone", "url"}


def inputs(
    fields: list[Field],
    record: Any,
    actor: Actor,
    currency: str,
    *,
    posted: QueryDict | None = None,
    errors: dict[str, list[str]] | None = None,
    is_read_only: bool = False,
    form: str = "",
) -> dict[str, Input]:
    """The inputs of a form: stored values, or what was typed when it failed."""
    found = {}
    for described in fields:
        value = _stored(record, described, actor)
        one = Input(
            field=described,
            name=described.name,
            value=value,
            errors=(errors or {}).get(described.name, []),
            is_read_only=is_read_only or not described.editable,
            currency=currency,
            form=form,
        )
        one.text = (
            text_of(described, value, actor.profile, currency)
            if one.is_read_only and described.kind != Kind.LINKS
            else input_text(described, value, actor.profile, currency)
        )
        _prepare(one, actor)
        if posted is not None and not one.is_read_only:
            _as_typed(one, posted, actor)
        found[described.name] = one
    return found


def _stored(record: Any, described: Field, actor: Actor) -> Any:
    """A field's value; an unsaved record has no many links yet."""
    if described.kind == Kind.LINKS:
        found = list(getattr(record, described.column).all()) if record.pk else []
        return _of_companies(found, described, actor)
    if described.kind == Kind.LINK and not getattr(record, f"{described.column}_id"):
        return None
    return getattr(record, described.column)


def _of_companies(found: list[Any], described: Field, actor: Actor) -> list[Any]:
    """Without links to records of companies that are not ticked: what one may not see
    could not be sent back either."""
    company = by_name(described.target).company
    if not found or not company or actor.is_system:
        return found
    ticked = {None, *actor.company_ids}
    return [one for one in found if getattr(one, f"{company}_id") in ticked]


def _prepare(one: Input, actor: Actor) -> None:
    described = one.field
    if described.kind == Kind.LINKS:
        one.items = one.value
        one.may_create = typed.may_create(described, actor)
    if described.kind == Kind.LINK:
        one.text = str(one.value) if one.value else ""
        one.may_create = typed.may_create(described, actor)
        if one.value is not None:
            one.url = f"/{described.target}/{one.value.pk}"
    if described.kind == Kind.CHOICE:
        one.options = described.labelled_choices()


def _as_typed(one: Input, posted: QueryDict, actor: Actor) -> None:
    """Keep what was typed, so that nothing is lost when saving failed."""
    name, described = one.name, one.field
    if described.kind == Kind.BOOLEAN:
        if f"{name}__shown" in posted:
            one.value = name in posted
    elif described.kind == Kind.LINK:
        if f"{name}__text" in posted:
            one.text = str(posted[f"{name}__text"])
            number = posted.get(name, "")
            one.value = _found(described, number, actor)
    elif described.kind == Kind.LINKS:
        if f"{name}__shown" in posted:
            linked = by_name(described.target)
            keys = [int(n) for n in posted.getlist(name) if n.isdigit()]
            one.items = list(rows.visible(linked, actor).filter(pk__in=keys))
            one.text = posted.get(f"{name}__text", "")
    elif name in posted:
        one.text = str(posted[name])
        if described.kind == Kind.CHOICE:
            one.value = next(
                (key for key, _l in described.choices if str(key) == posted[name]), None
            )


def _found(described: Field, number: str, actor: Actor) -> Any:
    if not (number.isascii() and number.isdigit()):
        return None
    return rows.visible(by_name(described.target), actor).filter(pk=int(number)).first()


def suggestions(described: Field, text: str, actor: Actor, limit: int = 8) -> list[Any]:
    """Records whose name holds the text; those that begin with it come first."""
    linked = by_name(described.target)
    return suggested(linked, text, actor, limit)


def suggested(
    linked: Any,
    text: str,
    actor: Actor,
    limit: int = 8,
    among: Callable[[Any], Any] | None = None,
) -> list[Any]:
    """The best records of a type for a typed text, archived ones left out.

    `among` narrows the rows to what fits the place that asks.
    """
    from sarnakh.records import conditions

    found = rows.visible(linked, actor)
    if among is not None:
        found = among(found)
    if linked.active:
        found = found.filter(**{linked.active: True})
    if text.strip():
        path = "search" if linked.search_column else linked.title
        operator = "search" if linked.search_column else "ilike"
        target = linked.fields.get(linked.title)
        if target is not None and target.kind == Kind.LINK:
            path, operator = linked.title, "ilike"
        needle = text.strip()
        if operator == "ilike":
            needle = conditions.literal(needle)
        found = found.filter(
            conditions.compile([[path, operator, needle]], linked, actor)
        )
    near = list(found.order_by(*linked.order)[: limit * 3])
    wanted = letters(text).casefold()
    near.sort(key=lambda record: not letters(str(record)).casefold().startswith(wanted))
    return near[:limit]
