"""JSON as programs must send it: nothing ambiguous, nothing that costs much.

Plain Python. Numbers with a point become `Decimal`, so that no amount is ever
rounded on its way in.
"""

import json
import re
from decimal import Decimal
from typing import Any, NoReturn

DEEPEST = 50
LARGEST_INTEGER = 2**63 - 1
_DECIMAL = re.compile(r"-?[0-9]{1,18}\.[0-9]{1,10}")
_SURROGATE = re.compile("[\ud800-\udfff]")


class Malformed(ValueError):
    """The text is refused; the message is an English word for why."""


def parse(source: bytes | str) -> Any:
    """The value of a JSON text; raises Malformed.

    Refused are: bytes that are not UTF-8, duplicate keys, NaN and Infinity,
    integers beyond 64 bits, exponents, more than 18 digits before or 10 after the
    point, U+0000, surrogates without their other half, nesting beyond 50.
    """
    try:
        text = source.decode("utf-8") if isinstance(source, bytes) else source
        value = _DECODER.decode(text)
    except UnicodeDecodeError:
        raise Malformed("encoding") from None
    except RecursionError:
        raise Malformed("depth") from None
    except json.JSONDecodeError:
        raise Malformed("syntax") from None
    _check(value)
    return value


def _pairs(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise Malformed("duplicate-key")
    return found


def _integer(written: str) -> int:
    # The length first: converting thousands of digits takes long.
    if len(written) > 20 or abs(int(written)) > LARGEST_INTEGER:
        raise Malformed("number")
    return int(written)


def _decimal(written: str) -> Decimal:
    if not _DECIMAL.fullmatch(written):
        raise Malformed("number")
    return Decimal(written)


def _constant(written: str) -> NoReturn:
    raise Malformed("number")


_DECODER = json.JSONDecoder(
    object_pairs_hook=_pairs,
    parse_int=_integer,
    parse_float=_decimal,
    parse_constant=_constant,
)


def _check(value: Any) -> None:
    """Look at every text and every level, without recursion of our own."""
    level, depth = [value], 0
    while level:
        below: list[Any] = []
        for one in level:
            if isinstance(one, str):
                _check_text(one)
            elif isinstance(one, list | dict):
                if depth == DEEPEST:
                    raise Malformed("depth")
                below.extend(one)
                if isinstance(one, dict):
                    below.extend(one.values())
        level, depth = below, depth + 1


def _check_text(text: str) -> None:
    if "\0" in text:
        raise Malformed("null-character")
    if _SURROGATE.search(text):
        raise Malformed("surrogate")
