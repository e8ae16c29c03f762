"""XML parts read as a stream: no document types, no entities, only start tags."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from xml.parsers import expat

from sarnakh.exchange.errors import ReadError

Attributes = dict[str, str]
OnStart = Callable[[str, Attributes], None]
OnEnd = Callable[[str], None]


def scan(
    chunks: Iterable[bytes],
    on_start: OnStart | None = None,
    on_end: OnEnd | None = None,
    *,
    strict: bool = True,
) -> None:
    """Feed XML to the two callbacks and refuse document types and entities.

    With ``strict`` off, a part that is not well-formed is let through: nobody will
    read it, it only had to be inflated and searched.
    """
    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = _refuse_doctype
    parser.EntityDeclHandler = _refuse_doctype
    if on_start:
        parser.StartElementHandler = on_start
    if on_end:
        parser.EndElementHandler = on_end
    broken = False
    for chunk in chunks:
        if broken:
            continue
        try:
            parser.Parse(chunk, False)
        except expat.ExpatError as error:
            if strict:
                raise ReadError("damaged") from error
            broken = True
    if strict:
        try:
            parser.Parse(b"", True)
        except expat.ExpatError as error:
            raise ReadError("damaged") from error


def _refuse_doctype(*_declaration: object) -> None:
    raise ReadError("entities")


def local(name: str) -> str:
    """The name without its prefix."""
    return name.rpartition(":")[2]


def attribute(attributes: Attributes, name: str) -> str:
    """The value of an attribute whatever its prefix; empty when absent."""
    for key, value in attributes.items():
        if local(key) == name:
            return value
    return ""
