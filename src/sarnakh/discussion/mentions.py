"""Who is meant by the `@names` in a text. Plain Python."""

import re
from collections.abc import Iterable, Mapping

from sarnakh.lib.text import searchable

MOST = 50
LONGEST_NAME = 200
# Inside a word it is an e-mail address.
_AT = re.compile(r"(?<!\w)@(?=\w)")


def named(text: str, names: Mapping[int, str], chosen: Iterable[int] = ()) -> list[int]:
    """Ids whose name follows an at-sign, in the order of the text.

    The longest name wins (`@Sara Karimi` is not `@Sara`). Where people share a
    name, those `chosen` from the suggestions are meant; nobody is guessed.
    """
    picked = set(chosen)
    owners: dict[str, list[int]] = {}
    for key, name in names.items():
        if folded := searchable(name):
            owners.setdefault(folded, []).append(key)
    longest_first = sorted(owners, key=len, reverse=True)
    found: dict[int, None] = {}
    for part in _AT.split(text, MOST)[1:]:
        start = searchable(part[:LONGEST_NAME])
        name = next((one for one in longest_first if _begins(start, one)), "")
        same = owners.get(name, [])
        for key in same if len(same) == 1 else [one for one in same if one in picked]:
            found[key] = None
    return list(found)


def _begins(text: str, name: str) -> bool:
    """Whether the text begins with the name and the word ends there."""
    return text.startswith(name) and not text[len(name) : len(name) + 1].isalnum()
