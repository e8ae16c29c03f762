"""`{{ number }}` in the words of a template: plain names, no code. Plain Python."""

import html
import re
from collections.abc import Collection, Mapping

MOST = 200
# Bounded on all sides, so that it is linear.
_PLACE = re.compile(r"\{\{ {0,3}([a-z_]{1,40}) {0,3}\}\}")
_ANY = re.compile(r"\{\{([^{}]{0,80})\}\}")


def unknown(text: str, known: Collection[str]) -> str:
    """The first thing between double braces that is no known name; "" if none."""
    for count, found in enumerate(_ANY.finditer(text)):
        name = found[1].strip()
        if name not in known or count >= MOST:
            return name or "{{}}"
    return ""


def filled(text: str, values: Mapping[str, str]) -> str:
    """A subject: values as they are, line ends become spaces."""
    return " ".join(_replaced(text, values).split())


def filled_html(markup: str, values: Mapping[str, str]) -> str:
    """A text: values are escaped, unknown names stay as they were typed."""
    return _replaced(
        markup,
        {
            name: html.escape(value).replace("\n", "<br>")
            for name, value in values.items()
        },
    )


def _replaced(text: str, values: Mapping[str, str]) -> str:
    return _PLACE.sub(lambda found: values.get(found[1], found[0]), text)
