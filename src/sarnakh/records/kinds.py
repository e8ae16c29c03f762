"""Kinds of fields, as the outside sees them."""

from enum import StrEnum


class Kind(StrEnum):
    """What a field holds; decides its filter operators, cell, input and import."""

    TEXT = "text"
    LONG_TEXT = "long_text"
    RICH_TEXT = "rich_text"
    INTEGER = "integer"
    DECIMAL = "decimal"
    MONEY = "money"
    BOOLEAN = "boolean"
    DATE = "date"
    DATETIME = "datetime"
    CHOICE = "choice"
    LINK = "link"
    LINKS = "links"
    PROPERTIES = "properties"

    @property
    def is_text(self) -> bool:
        """Text of any length."""
        return self in {Kind.TEXT, Kind.LONG_TEXT, Kind.RICH_TEXT}

    @property
    def is_number(self) -> bool:
        """Things that can be summed and compared."""
        return self in {Kind.INTEGER, Kind.DECIMAL, Kind.MONEY}

    @property
    def is_time(self) -> bool:
        """Days and instants."""
        return self in {Kind.DATE, Kind.DATETIME}

    @property
    def is_link(self) -> bool:
        """One linked record or many."""
        return self in {Kind.LINK, Kind.LINKS}
