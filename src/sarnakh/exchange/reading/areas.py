"""The used area of a sheet, measured from its cells before any grid is built."""

from __future__ import annotations

from sarnakh.exchange.cells import column_letters
from sarnakh.exchange.errors import Param, ReadError
from sarnakh.exchange.reading import limits
from sarnakh.exchange.reading.markup import Attributes, local

_DIGITS = "0123456789"


class Area:
    """Grows with each filled cell and refuses what no grid should be built for."""

    def __init__(self, filled: int = 0) -> None:
        self.filled = filled
        self._top = self._left = limits.ROWS * 2
        self._bottom = self._right = -1

    def add(self, row: int, column: int, cells: int = 1) -> None:
        """Count filled cells that end at this place (both from 0)."""
        self.filled += cells
        is_inside = (
            self._top <= row <= self._bottom and self._left <= column <= self._right
        )
        if not is_inside:
            self._grow(row, column)
        if self.filled > limits.FILLED_CELLS:
            raise ReadError("too_many_cells", {"limit": limits.FILLED_CELLS})

    def _grow(self, row: int, column: int) -> None:
        if column >= limits.COLUMNS:
            params = {"columns": column + 1, "limit": limits.COLUMNS}
            raise ReadError("too_many_columns", params)
        if row >= limits.ROWS:
            raise ReadError("too_many_rows", {"limit": limits.ROWS})
        self._top, self._bottom = min(self._top, row), max(self._bottom, row)
        self._left, self._right = min(self._left, column), max(self._right, column)

    def check(self) -> None:
        """Refuse a rectangle that is far larger than the cells in it."""
        rows = self._bottom - self._top + 1
        columns = self._right - self._left + 1
        if self._bottom >= 0 and rows * columns > limits.RECTANGLE:
            raise ReadError("too_spread", {"rows": rows, "columns": columns})


class XlsxSheet:
    """Measures one worksheet part; an error cell ends it with its place.

    This sees every tag of a sheet, so it does as little as it can for each.
    """

    def __init__(self) -> None:
        self.area = Area()
        self._row = -1
        self._row_text = ""
        self._column = -1
        self._error = False
        self._local: dict[str, str] = {}
        self._columns: dict[str, int] = {}

    def on_start(self, name: str, attributes: Attributes) -> None:
        """Take a start tag."""
        if name not in self._local:
            self._local[name] = local(name)
        name = self._local[name]
        if name == "c":
            place = attributes.get("r")
            if place:
                self._go_to(place)
            else:
                self._column += 1
            self._error = attributes.get("t") == "e"
        elif name in ("v", "is"):
            if self._error:
                raise _error_cell(self._row, self._column)
            self.area.add(self._row, self._column)
        elif name == "row":
            number = attributes.get("r")
            self._go_to_row(number or str(self._row + 2))
            self._column = -1

    def _go_to(self, place: str) -> None:
        letters = place.rstrip(_DIGITS)
        column = self._columns.get(letters)
        if column is None:
            column = self._columns[letters] = _column_index(letters)
        self._column = column
        number = place[len(letters) :]
        if number and number != self._row_text:
            self._go_to_row(number)

    def _go_to_row(self, number: str) -> None:
        self._row = _number(number) - 1
        self._row_text = number


class OdsSheets:
    """Measures all tables of an ODS: its parser builds every one of them."""

    def __init__(self, chosen: str | None) -> None:
        self.names: list[str] = []
        self._chosen = chosen
        self._area = Area()
        self._row = 0
        self._row_times = 1
        self._column = 0
        self._times = 1
        self._is_counted = False
        # Filled cells of the current row: how many, the first and the last column.
        self._filled = 0
        self._first = self._last = 0

    def on_start(self, name: str, attributes: Attributes) -> None:
        """Take a start tag."""
        if name in ("table:table-cell", "table:covered-table-cell"):
            self._times = _repeated(attributes, "number-columns-repeated")
            self._column += self._times
            self._is_counted = False
            if attributes.get("calcext:value-type") == "error":
                self._refuse_error()
            if attributes.get("office:value-type"):
                self._count()
        elif name == "text:p":
            self._count()
        elif name == "table:table-row":
            self._row_times = _repeated(attributes, "number-rows-repeated")
            self._column = self._filled = 0
        elif name == "table:table":
            self.names.append(attributes.get("table:name", ""))
            self._row = 0

    def on_end(self, name: str) -> None:
        """Take an end tag."""
        if name == "table:table-row":
            if self._filled:
                self._area.add(self._row, self._first, 0)
                bottom = self._row + self._row_times - 1
                self._area.add(bottom, self._last, self._filled * self._row_times)
            self._row += self._row_times
        elif name == "table:table":
            self._area.check()
            self._area = Area(self._area.filled)

    def _count(self) -> None:
        if self._is_counted:
            return
        self._is_counted = True
        self._last = self._column - 1
        if not self._filled:
            self._first = self._column - self._times
        self._filled += self._times

    def _refuse_error(self) -> None:
        chosen = self._chosen or self.names[0]
        if self.names[-1] == chosen:
            raise _error_cell(self._row, self._column - self._times)


def _error_cell(row: int, column: int) -> ReadError:
    params: dict[str, Param] = {"row": row + 1, "column": column_letters(column)}
    return ReadError("error_cell", params)


def _number(text: str) -> int:
    if not text.isdecimal() or len(text) > 9 or int(text) < 1:
        raise ReadError("damaged")
    return int(text)


def _column_index(letters: str) -> int:
    if not (letters.isascii() and letters.isalpha() and len(letters) <= 4):
        raise ReadError("damaged")
    index = 0
    for letter in letters.upper():
        index = index * 26 + ord(letter) - 64
    return index - 1


def _repeated(attributes: Attributes, name: str) -> int:
    text = attributes.get(f"table:{name}", "")
    return _number(text) if text else 1
