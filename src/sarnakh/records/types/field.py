"""One described field."""

from dataclasses import dataclass
from functools import cached_property

from django.utils.functional import Promise
from django.utils.translation import get_language

from sarnakh.accounts.roles import Role
from sarnakh.records.kinds import Kind

NOT_GROUPABLE = {Kind.MONEY, Kind.DECIMAL, Kind.RICH_TEXT, Kind.LONG_TEXT}


@dataclass(frozen=True, kw_only=True)
class Field:
    """A field as lists, forms, filters, imports and the API name it.

    `column` is the ORM path behind it and never comes from a request. `widget`
    refines the kind: email, phone, url, percent, stars, tone, password, price (a
    decimal in major units of the record's currency). `decimals` are the places of
    exact numbers.
    """

    name: str
    kind: Kind
    label: str | Promise
    column: str
    target: str = ""
    choices: tuple[tuple[str | int, str | Promise], ...] = ()
    required: bool = False
    editable: bool = True
    filterable: bool = True
    is_tracked: bool = False
    widget: str = ""
    decimals: int | None = None
    max_length: int | None = None
    help: str | Promise = ""
    synonyms: tuple[str, ...] = ()
    roles: frozenset[Role] = frozenset()

    @property
    def is_groupable(self) -> bool:
        """Whether rows can be put in groups by it."""
        return self.kind not in NOT_GROUPABLE and self.kind != Kind.PROPERTIES

    @property
    def is_sortable(self) -> bool:
        """Whether a list can be sorted by it."""
        return self.kind not in {Kind.LINKS, Kind.PROPERTIES, Kind.RICH_TEXT}

    def choice_label(self, value: object) -> str | Promise:
        """The label of a stored choice."""
        return next((label for key, label in self.choices if key == value), "")

    def labelled_choices(self) -> list[tuple[str | int, str]]:
        """Choices in the reader's language; found once for each, countries are many."""
        language = get_language()
        if language not in self._labelled:
            self._labelled[language] = [(key, str(text)) for key, text in self.choices]
        return self._labelled[language]

    @cached_property
    def _labelled(self) -> dict[str | None, list[tuple[str | int, str]]]:
        return {}
